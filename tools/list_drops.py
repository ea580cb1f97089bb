"""Every block that the rules drop from articles of the training news, to be read by a person: what was it, why?

    python -m tools.list_drops SHARED [--articles 400] [--seed 11] [--skip 0] [--left]

One block a line: language, reason, article, block. The articles are drawn anew with each seed. `--left` lists the
short lines that stay instead: where junk that no rule knows would be found.
"""

from __future__ import annotations

import argparse
import gzip
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec

from siaga.base.article import Article, Page
from siaga.base.errors import RejectError
from siaga.collect.article import read_page

SHORT = 140
"""Characters of a line that is listed with `--left`."""


def main() -> None:
    """Print the blocks, and how many there are."""
    arguments = _arguments()
    count = blocks = 0
    for language in ("id", "en"):
        for article in _articles(arguments.shared / f"data/news/{language}_train.jsonl.gz", arguments):
            count += 1
            for reason, text in _left(article) if arguments.left else _dropped(article):
                blocks += 1
                print(f"{language} {reason:14} {article.id} {text}")
    print(f"{blocks} blocks of {count} articles")


def _articles(path: Path, arguments: argparse.Namespace) -> Iterator[Article]:
    lines = gzip.decompress(path.read_bytes()).splitlines()
    dice = random.Random(arguments.seed)
    for line in dice.sample(lines, arguments.articles // 2):
        fields = msgspec.json.decode(line)
        try:
            yield read_page(Page(name=fields["id"], body=line, kind="jsonl"))
        except RejectError as error:
            print(f"rejected {fields['id']}: {error}")


def _dropped(article: Article) -> Iterator[tuple[str, str]]:
    for block in article.dropped:
        yield block.reason, block.text


def _left(article: Article) -> Iterator[tuple[str, str]]:
    for line in article.text.split("\n"):
        if len(line) <= SHORT:
            yield "left", line


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--left", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
