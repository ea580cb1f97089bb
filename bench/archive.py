"""The fast lane for archives beside resiliparse and trafilatura alone, in the same run: pages a second, and quality.

    python -m bench.archive PAGES [--rounds 9]

PAGES is a folder as in scrapinghub's article-extraction-benchmark (see `bench.content`, whose measure is used).
resiliparse (from text known to be UTF-8, and from bytes as its manual shows) and trafilatura give the text alone; ours
gives an article from bytes: text without junk, each dropped block with its reason, title, outlet, authors and day.
Each round measures all of them, one after the other; what counts is the median of the rounds, of speeds and of shares.
The lane as `siaga read --lane archive --untrusted` runs it, in a child with limits, is measured by the clock.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding
from resiliparse.parse.html import HTMLTree

from bench.content import by_siaga, by_trafilatura, scores
from siaga.base.article import Article, Page
from siaga.collect.apart import Apart
from siaga.collect.article import quick_articles

Tool = Callable[[Iterable[bytes]], Iterator[str]]
"""From pages to the texts of their articles."""
LEAST_SHARE = 0.6
"""Of resiliparse's pages a second that ours must reach."""


def main() -> None:
    """Print precision, recall, F1, pages a second and their share of resiliparse's, for each."""
    arguments = _arguments()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    truth = json.loads((arguments.pages / "ground-truth.json").read_text("utf-8"))
    pages = {name: gzip.decompress((arguments.pages / "html" / f"{name}.html.gz").read_bytes()) for name in truth}
    gold = {name: page["articleBody"] for name, page in truth.items()}
    fast: dict[str, Tool] = {
        "resiliparse": _each(by_resiliparse), "resiliparse, bytes": _each(by_resiliparse_from_bytes),
        "siaga --lane archive": by_lane,
    }  # fmt: skip
    slow: dict[str, Tool] = {"trafilatura": _each(by_trafilatura), "siaga": _each(by_siaga)}
    rounds = _rounds(fast, pages.values(), arguments.rounds)
    rounds |= _rounds(slow, pages.values(), 1)
    for name, tool in (fast | slow).items():
        precision, recall = scores(dict(zip(pages, tool(pages.values()), strict=True)), gold)
        f1, share = 2 * precision * recall / (precision + recall), _share(rounds[name], rounds["resiliparse"])
        quality = f"precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}"
        print(f"{name:22} {quality} {median(rounds[name]):6.0f} pages/s {share:.2f}")
    for name in ("resiliparse", "resiliparse, bytes"):
        reached = _share(rounds["siaga --lane archive"], rounds[name])
        fastest = max(rounds["siaga --lane archive"]) / max(rounds[name])
        print(f"share of the speed of {name}: {reached:.2f} (fastest rounds {fastest:.2f}), asked {LEAST_SHARE}")
    print(f"--untrusted, in a child, by the clock: {_apart(pages.values()):.0f} pages/s")


def by_resiliparse(body: bytes) -> str:
    """The main text as resiliparse gives it at its best: without comments and data about the post."""
    markup = body.decode("utf-8", "replace")
    return extract_plain_text(
        markup, preserve_formatting=True, main_content=True, list_bullets=False, alt_texts=False, comments=False,
        post_meta=False,
    )  # fmt: skip


def by_resiliparse_from_bytes(body: bytes) -> str:
    """The same from bytes of a charset that is not known, as its manual shows it."""
    tree = HTMLTree.parse_from_bytes(body, detect_encoding(body) or "utf-8")
    return extract_plain_text(
        tree, preserve_formatting=True, main_content=True, list_bullets=False, alt_texts=False, comments=False,
        post_meta=False,
    )  # fmt: skip


def by_lane(bodies: Iterable[bytes]) -> Iterator[str]:
    """The text of our article by the fast lane; nothing where the page is rejected."""
    for found in quick_articles(Page(name="page", body=body, kind="html") for body in bodies):
        yield found.text if isinstance(found, Article) else ""


def _each(read: Callable[[bytes], str]) -> Tool:
    return partial(map, read)


def _rounds(tools: Mapping[str, Tool], pages: Collection[bytes], rounds: int) -> dict[str, list[float]]:
    """Pages a second of processor time, of each in each round, after one in which what they need is loaded."""
    for tool in tools.values():
        _round(tool, pages)
    speeds = [{name: _round(tool, pages) for name, tool in tools.items()} for _ in range(rounds)]
    return {name: [one[name] for one in speeds] for name in tools}


def _round(tool: Tool, pages: Collection[bytes]) -> float:
    begun = time.process_time()
    for _ in tool(pages):
        pass
    return len(pages) / (time.process_time() - begun)


def _share(speeds: Sequence[float], peer: Sequence[float]) -> float:
    return median(ours / theirs for ours, theirs in zip(speeds, peer[: len(speeds)], strict=True))


def _apart(pages: Collection[bytes]) -> float:
    """Pages a second by the clock where each is parsed in a child with limits, once that is started."""
    given = [Page(name="page", body=body, kind="html") for body in pages]
    with Apart(quick=True) as apart:
        tuple(apart(given[:1]))
        begun = time.perf_counter()
        tuple(apart(given))
        return len(given) / (time.perf_counter() - begun)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    return parser.parse_args()


if __name__ == "__main__":
    main()
