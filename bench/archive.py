"""The fast lane for archives beside resiliparse and trafilatura alone, in the same run: pages a second, and quality.

    python -m bench.archive PAGES [--rounds 3]

PAGES is a folder as in scrapinghub's article-extraction-benchmark (see `bench.content`, whose measure is used).
resiliparse (from text known to be UTF-8, and from bytes as its manual shows) and trafilatura give the text alone; ours
gives an article from bytes: text without junk, each dropped block with its reason, title, outlet, authors and day.
Of each, the fastest of some rounds counts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding
from resiliparse.parse.html import HTMLTree

from bench.content import by_siaga, by_trafilatura, scores
from siaga.base.article import Page
from siaga.base.errors import RejectError
from siaga.collect.article import quick_page

LEAST_SHARE = 0.6
"""Of resiliparse's pages a second that ours must reach."""


def main() -> None:
    """Print precision, recall, F1, pages a second and their share of resiliparse's, for each."""
    arguments = _arguments()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    truth = json.loads((arguments.pages / "ground-truth.json").read_text("utf-8"))
    pages = {name: gzip.decompress((arguments.pages / "html" / f"{name}.html.gz").read_bytes()) for name in truth}
    gold = {name: page["articleBody"] for name, page in truth.items()}
    tools = {
        "resiliparse": by_resiliparse, "resiliparse, bytes": by_resiliparse_from_bytes,
        "siaga --lane archive": by_lane, "trafilatura": by_trafilatura, "siaga": by_siaga,
    }  # fmt: skip
    speeds = {
        name: _speed(tool, pages, arguments.rounds if "trafil" not in name else 1) for name, tool in tools.items()
    }
    for name, tool in tools.items():
        precision, recall = scores({page: tool(body) for page, body in pages.items()}, gold)
        f1, share = 2 * precision * recall / (precision + recall), speeds[name] / speeds["resiliparse"]
        quality = f"precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}"
        print(f"{name:22} {quality} {speeds[name]:6.0f} pages/s {share:.2f}")
    for name in ("resiliparse", "resiliparse, bytes"):
        reached = speeds["siaga --lane archive"] / speeds[name]
        print(f"share of the speed of {name}: {reached:.2f}, expected at least {LEAST_SHARE}")


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


def by_lane(body: bytes) -> str:
    """The text of our article by the fast lane; nothing where the page is rejected."""
    try:
        return quick_page(Page(name="page", body=body, kind="html")).text
    except RejectError:
        return ""


def _speed(tool: Callable[[bytes], str], pages: Mapping[str, bytes], rounds: int) -> float:
    """Pages a second of processor time in the fastest round."""
    return max(_round(tool, pages) for _ in range(rounds))


def _round(tool: Callable[[bytes], str], pages: Mapping[str, bytes]) -> float:
    begun = time.process_time()
    for body in pages.values():
        tool(body)
    return len(pages) / (time.process_time() - begun)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
