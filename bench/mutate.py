"""Real pages, changed at random, through both lanes and the reader: does any crash it, or keep it too long?

    python -m bench.mutate SHARED [--pages 1000] [--read 5]

Pages of SHARED/data/pages are cut, doubled, shuffled and sprinkled with what has broken parsers; each variant goes
through the careful and the quick lane, and what is an article of every fifth on through the reader. A page may take
`MOST_SECONDS` of processor time, and may be rejected with a reason; anything else is told, and ends the run with 1.
"""

from __future__ import annotations

import argparse
import gzip
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from types import FrameType
from typing import Final

from siaga.base.article import Article, Page
from siaga.base.errors import RejectError
from siaga.collect.article import quick_page, whole_page
from siaga.flow import read_article
from tests.properties.parsers import TOKENS

MOST_SECONDS: Final = 10.0
"""Of processor time; the child that parses for `siaga watch` has as many."""
SEED: Final = 20211130
HALF: Final = 0.5
URL: Final = "https://example.org/berita/satu-dua-tiga"


class TooLongError(Exception):
    """A page took longer than it may."""


def pages(folder: Path) -> list[bytes]:
    """The bodies of all pages below a folder."""
    found = sorted(path for path in folder.rglob("*") if path.name.endswith((".html", ".html.gz")))
    return [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in found]


def variants(bodies: Sequence[bytes], count: int) -> Iterator[bytes]:
    """So many changed pages, always the same ones."""
    dice = Random(SEED)  # noqa: S311 - dice, not secrets
    for number in range(count):
        body = bodies[number % len(bodies)]
        for _ in range(dice.randrange(1, 6)):
            body = dice.choice(CHANGES)(body, dice)
        yield body


def _cut(body: bytes, dice: Random) -> bytes:
    start, end = _stretch(body, dice)
    return body[:start] + body[end:]


def _end(body: bytes, dice: Random) -> bytes:
    return body[: dice.randrange(len(body) + 1)]


def _double(body: bytes, dice: Random) -> bytes:
    start, end = _stretch(body, dice)
    return body[:end] + body[start:end] * dice.randrange(1, 4) + body[end:]


def _sprinkle(body: bytes, dice: Random) -> bytes:
    for _ in range(dice.randrange(1, 40)):
        at = dice.randrange(len(body) + 1)
        body = body[:at] + dice.choice(TOKENS) + body[at:]
    return body


def _flip(body: bytes, dice: Random) -> bytes:
    changed = bytearray(body)
    for _ in range(min(len(changed), dice.randrange(1, 300))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _tags(body: bytes, dice: Random) -> bytes:
    """Without some of its closing tags, or with its tags in another order."""
    parts = body.split(b"<")
    if dice.random() < HALF:
        return b"<".join(part for part in parts if not part.startswith(b"/") or dice.random() < HALF)
    start, end = sorted((dice.randrange(len(parts)), dice.randrange(len(parts))))
    middle = parts[start:end]
    dice.shuffle(middle)
    return b"<".join((*parts[:start], *middle, *parts[end:]))


def _recode(body: bytes, dice: Random) -> bytes:
    return body.decode("utf-8", "replace").encode(dice.choice(("utf-16", "cp1252", "shift_jis", "utf-7")), "replace")


def _stretch(body: bytes, dice: Random) -> tuple[int, int]:
    start = dice.randrange(len(body) + 1)
    return start, min(len(body), start + dice.randrange(1, 20_000))


CHANGES: Final[tuple[Callable[[bytes, Random], bytes], ...]] = (
    _cut, _end, _double, _sprinkle, _flip, _tags, _recode,
)  # fmt: skip


def outcome(read: Callable[[], object]) -> str:
    """What became of it: `read`, the code of its reject, or what went wrong."""
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        read()
    except RejectError as error:
        return f"rejected {error.code}"
    except TooLongError:
        return "CRASH too long"
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        return f"CRASH {type(error).__name__}: {str(error)[:100]}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return "read"


def _keep(read: Callable[[Page], Article], page: Page, found: list[Article]) -> None:
    found.append(read(page))


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooLongError


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--read", type=int, default=5, help="every so-many-th goes on through the reader")
    given = parser.parse_args()
    signal.signal(signal.SIGPROF, _stop)
    bodies = pages(given.shared / "data" / "pages")
    counts: dict[str, Counter[str]] = {"careful": Counter(), "quick": Counter(), "reader": Counter()}
    slowest = 0.0
    for number, body in enumerate(variants(bodies, given.pages)):
        page, begun, found = (
            Page(name=str(number), body=body, url=URL, kind="html"),
            time.process_time(),
            list[Article](),
        )
        counts["careful"][outcome(partial(_keep, whole_page, page, found))] += 1
        counts["quick"][outcome(partial(quick_page, page))] += 1
        if number % given.read == 0 and found:
            counts["reader"][outcome(partial(read_article, found[0]))] += 1
        slowest = max(slowest, time.process_time() - begun)
    print(f"{len(bodies)} pages, {given.pages} variants; slowest {slowest:.1f} s of processor time")
    for name, of_lane in counts.items():
        print(f"{name}: " + ", ".join(f"{what} {number}" for what, number in of_lane.most_common()))
    raise SystemExit(any(what.startswith("CRASH") for of_lane in counts.values() for what in of_lane))


if __name__ == "__main__":
    main()
