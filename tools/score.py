"""The reader on hand-coded sentences: every figure of `score.py`, a language at a time.

    python -m tools.score SHARED [--part dev|train] [--json] [--misses N]

Reads `SHARED/gold/*.articles.jsonl` as a user would and scores what comes out with `SHARED/score/score.py`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

SETS = ("id_{part}", "en_{part}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--part", default="dev", choices=("dev", "train"))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--misses", default="0")
    args = parser.parse_args()
    for name in (pattern.format(part=args.part) for pattern in SETS):
        print(f"== {name}", flush=True)
        options = ["--misses", args.misses, *(["--json"] if args.json else [])]
        print(scored(args.shared, f"{name}.gold.json", f"{name}.articles.jsonl", *options))
    if args.part == "dev":
        print("== status_dev")
        print(scored(args.shared, "status_dev.json", "status_dev.articles.jsonl", *options))
    return 0


def scored(shared: Path, gold: str, articles: str, *options: str) -> str:
    """What `score.py` prints for one set."""
    command = [sys.executable, str(shared / "score" / "score.py"), str(shared / "gold" / gold), "/dev/stdin", *options]
    return subprocess.run(command, check=True, capture_output=True, input=coded(shared, articles)).stdout.decode()


@cache
def coded(shared: Path, articles: str) -> bytes:
    """What the reader makes of the articles of a set, one a line; read once a run."""
    command = [sys.executable, "-m", "siaga", "read", str(shared / "gold" / articles), "--format", "jsonl"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def report(shared: Path, gold: str, articles: str) -> dict[str, Any]:
    """The whole report of one set, as `score.py --json` gives it."""
    result: dict[str, Any] = json.loads(scored(shared, gold, articles, "--json"))
    return result


if __name__ == "__main__":
    raise SystemExit(main())
