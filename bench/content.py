"""Main text of article pages: ours beside trafilatura alone, in the same run.

    python bench/content.py PAGES

PAGES is a folder as in scrapinghub's article-extraction-benchmark: `ground-truth.json` and `html/<id>.html.gz`.
The measure is that project's: multisets of 4-token shingles; precision and recall of each page are averaged,
F1 is that of the averages.
"""

from __future__ import annotations

import gzip
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import trafilatura

from siaga.base.article import Page
from siaga.base.errors import RejectError
from siaga.collect.article import read_page

SHINGLE = 4
_TOKEN = re.compile(r"\w+", re.UNICODE)


def main(folder: Path) -> None:
    """Print precision, recall, F1 and pages a second of both."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    pages = {name: gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()) for name in truth}
    for name, extract in {"trafilatura": by_trafilatura, "siaga": by_siaga}.items():
        begun = time.process_time()
        texts = {page: extract(body) for page, body in pages.items()}
        seconds = time.process_time() - begun
        precision, recall = scores(texts, {page: gold["articleBody"] for page, gold in truth.items()})
        f1 = 2 * precision * recall / (precision + recall)
        print(
            f"{name:12} precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}  {len(pages) / seconds:.0f} pages/s"
        )


def by_trafilatura(body: bytes) -> str:
    """The main text as trafilatura gives it."""
    return trafilatura.extract(body, include_comments=False) or ""


def by_siaga(body: bytes) -> str:
    """The text of our article; nothing where the page is rejected."""
    try:
        return read_page(Page(name="page", body=body, kind="html")).text
    except RejectError:
        return ""


def scores(texts: Mapping[str, str], truth: Mapping[str, str]) -> tuple[float, float]:
    """Precision and recall of the shingles, averaged over the pages where they are defined."""
    found = [_page_scores(shingles(texts[page]), shingles(gold)) for page, gold in truth.items()]
    precisions = [precision for precision, _ in found if precision is not None]
    recalls = [recall for _, recall in found if recall is not None]
    return sum(precisions) / len(precisions), sum(recalls) / len(recalls)


def _page_scores(found: Counter[tuple[str, ...]], gold: Counter[tuple[str, ...]]) -> tuple[float | None, float | None]:
    hits = (found & gold).total()
    return (hits / found.total() if found else None), (hits / gold.total() if gold else None)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four tokens, one shorter run for a text of fewer."""
    tokens = _TOKEN.findall(text)
    starts = range(max(1, len(tokens) - SHINGLE + 1))
    return Counter(tuple(tokens[start : start + SHINGLE]) for start in starts if tokens)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
