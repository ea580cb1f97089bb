"""Our own hand-coded sentences, stand-off: article id and offsets, never a text.

`<language>.jsonl` holds an article a line: `article` (its id in `SHARED/data/news`), `sentences` with `start`, `end`
(code points of the clean text that `collect` makes of the article), `hash` of the sentence, `events` with `trigger`
as offsets in the sentence, and `unsure`. Coded by the rules of `SHARED/gold/GUIDELINES.md`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from siaga.base.article import Article, Page
from siaga.base.ids import content_id
from siaga.collect.article import articles

__all__ = ["labelled"]

HERE = Path(__file__).parent


def labelled(shared: Path, language: str) -> Iterator[tuple[Article, dict[str, Any]]]:
    """Each labelled article with its hand-coded sentences, in the shape of the files in `SHARED/gold`.

    A sentence whose text is no longer the one that was coded (`collect` now cleans the article otherwise) is left out.
    """
    rows = [json.loads(line) for line in (HERE / f"{language}.jsonl").read_text("utf-8").splitlines()]
    news = _news(shared, language, {row["article"] for row in rows})
    for row in rows:
        article = next(iter(articles([news[row["article"]]])))
        if isinstance(article, Article):
            yield article, {"doc": article.id, "sentences": list(_sentences(article.text, row["sentences"]))}


def _sentences(text: str, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows):
        sentence = text[row["start"] : row["end"]]
        if content_id("sentence", sentence) == row["hash"]:
            events = [event | {"trigger": sentence[slice(*event["trigger"])]} for event in row["events"]]
            yield row | {"n": number, "text": sentence, "events": events}


def _news(shared: Path, language: str, wanted: set[str]) -> dict[str, Page]:
    """The wanted articles of the training news, as pages of one line of JSON."""
    with gzip.open(shared / "data" / "news" / f"{language}_train.jsonl.gz", "rb") as lines:
        pages = (Page(name=json.loads(line)["id"], body=line, kind="jsonl") for line in lines)
        return {page.name: page for page in pages if page.name in wanted}
