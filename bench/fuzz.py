"""Every parser of what comes from outside on many changed examples: how many it took or refused; any other error.

    python -m bench.fuzz [--examples 2000] [--only NAME]

What is met is shrunk by Hypothesis and shown with the body that brings it about.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings

from tests.properties.parsers import PARSERS, changed, parse


def tried(name: str, examples: int) -> Counter[bool]:
    """How many examples of a parser were taken, and how many refused.

    Raises:
        Exception: whatever the parser met that is not its own; Hypothesis notes the body.

    """
    counts: Counter[bool] = Counter()

    @settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        phases=(Phase.generate, Phase.shrink), derandomize=False,
    )  # fmt: skip
    @given(changed(name))
    def once(body: bytes) -> None:
        counts[parse(name, body)] += 1

    once()
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--examples", type=int, default=2000)
    parser.add_argument("--only", choices=sorted(PARSERS), action="append")
    given_ = parser.parse_args()
    met = []
    for name in given_.only or PARSERS:
        begun = time.process_time()
        try:
            counts = tried(name, given_.examples)
        except Exception as error:  # noqa: BLE001 - told, and the others are tried too
            met.append(name)
            notes = "\n    ".join(getattr(error, "__notes__", []))
            print(f"{name}: {type(error).__name__}: {str(error)[:300]}\n    {notes[:2000]}", flush=True)
            continue
        seconds = time.process_time() - begun
        print(f"{name}: {counts[True]} taken, {counts[False]} refused, {seconds:.0f} s", flush=True)
    raise SystemExit(f"met errors in: {', '.join(met)}" if met else 0)


if __name__ == "__main__":
    main()
