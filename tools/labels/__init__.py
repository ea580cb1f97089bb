"""Our own hand-coded sentences, stand-off: article id and offsets, never a text.

`<language>.jsonl` holds an article a line: `article` (its id in `SHARED/data/news`), `sentences` with `start`, `end`
(code points of the clean text that `collect` makes of the article), `hash` of the sentence, `events` with `trigger`
as offsets in the sentence, and `unsure`; events that were coded without the whole article, of sentences that the
reader was least sure of, have no `earliest`. `demo-<language>.jsonl` holds the same for pages of the demo archive,
named by `page`. `written-<language>.jsonl` holds articles that were written for training, text and all: invented
news on what the labelled news is poor in (conflict abroad in Indonesian, acts that never happened, figures of speech).
Coded by the rules of `SHARED/gold/GUIDELINES.md`. What analysts corrected in a workspace comes in the same shape
(`siaga corrections --format labels`), and is put together with the texts that lie there.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from siaga.base.article import Article, Page
from siaga.base.ids import content_id
from siaga.base.pack import asset
from siaga.collect.article import articles
from siaga.collect.load import load
from siaga.report.labels import labels_of
from siaga.store.corrections import all_corrections
from siaga.store.database import reading_from
from siaga.store.workspace import find_workspace

__all__ = ["corrected", "labelled"]

HERE = Path(__file__).parent


def labelled(shared: Path, language: str) -> Iterator[tuple[Article, dict[str, Any]]]:
    """Each labelled article with its hand-coded sentences, in the shape of the files in `SHARED/gold`.

    A sentence whose text is no longer the one that was coded (`collect` now cleans the article otherwise) is left out.
    """
    rows = _rows(f"{language}.jsonl")
    news = _news(shared, language, {row["article"] for row in rows})
    pages = [(row, news[row["article"]]) for row in rows]
    pages += [(row, _demo_page(row["page"])) for row in _rows(f"demo-{language}.jsonl")]
    for row, page in pages:
        article = next(iter(articles([page])))
        if isinstance(article, Article):
            yield _with_labels(article, row)
    for row in _rows(f"written-{language}.jsonl"):
        known = {name: row[name] for name in ("id", "title", "published", "text")}
        yield _with_labels(Article(language=language, published_basis="metadata", **known), row)


def corrected(folder: Path, language: str) -> Iterator[tuple[Article, dict[str, Any]]]:
    """The same of each article of a workspace that has corrected sentences."""
    with reading_from(find_workspace(str(folder), {}, folder)) as connection:
        for reading, kept in all_corrections(connection):
            labels = labels_of(reading, (one.correction for one in kept if one.state != "undone"))
            if labels is not None and labels.language == language:
                yield _with_labels(reading.article, json.loads(labels.to_json()))


def _with_labels(article: Article, row: dict[str, Any]) -> tuple[Article, dict[str, Any]]:
    return article, {"doc": article.id, "sentences": list(_sentences(article.text, row["sentences"]))}


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def _demo_page(name: str) -> Page:
    [page] = load([str(asset("demo", "pages", name))])
    if not isinstance(page, Page):
        raise FileNotFoundError(name)
    return page


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
