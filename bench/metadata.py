"""What our articles say of pages beside what the pages state, in machine-readable marks, and, on some, to the eye.

    python -m bench.metadata PAGES

PAGES is a folder as in scrapinghub's article-extraction-benchmark. The marks are read here a second time, plainly:
every JSON-LD node, meta element, and `h1`. Of each field: on how many pages it is stated, on how many of those we
have it, and on how many of these it is what the page states. Bylines and days that a reader sees are those of
tests/quality/visible_bylines.csv.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

from siaga.base.article import Article, Page
from siaga.base.errors import RejectError
from siaga.collect.article import read_page

_DAY = re.compile(r"\s*(?:19|20)\d\d-\d\d-\d\d")
"""A day as ISO 8601 writes it; what is written otherwise is not compared here."""
VISIBLE = Path(__file__).parents[1] / "tests" / "quality" / "visible_bylines.csv"


class Share(NamedTuple):
    """Pages that state a field, those of them on which we have it, and those of these on which ours is right."""

    stated: int
    had: int
    right: int

    @property
    def found(self) -> float:
        return self.had / max(1, self.stated)

    @property
    def accuracy(self) -> float:
        return self.right / max(1, self.had)


class Marks(NamedTuple):
    """What a page states, each in every way that it does."""

    titles: frozenset[str]
    authors: frozenset[str]
    moments: tuple[str, ...]
    sections: frozenset[str]
    language: str | None


def main(folder: Path) -> None:
    """Print the shares."""
    for name, share in shares(folder).items():
        print(f"{name:18} stated {share.stated:4} found {share.found:.3f} of those right {share.accuracy:.3f}")


def shares(folder: Path, read: Callable[[Page], Article] = read_page) -> Mapping[str, Share]:
    """The share of each field; `visible …` against what was read by hand."""
    pages = {path.name.removesuffix(".html.gz"): gzip.decompress(path.read_bytes()) for path in _files(folder)}
    found = {name: (_article(body, read), marks(body)) for name, body in pages.items()}
    both = [(article, stated) for article, stated in found.values() if article is not None]
    known = [
        (article, row) for row in visible() for name, (article, _) in found.items() if name.startswith(row["page"])
    ]
    seen = [(article, row) for article, row in known if article is not None]
    return {
        "title": _share((one.title, key(one.title) in it.titles) for one, it in both if it.titles),
        "authors": _share((one.about.authors, _all_in(one, it)) for one, it in both if it.authors),
        "day": _share((one.published, _same_day(one, it)) for one, it in both if it.moments),
        "moment": _share(
            (one.published and "T" in one.published, _same_moment(one, it))
            for one, it in both
            if any(map(zoned, it.moments))
        ),
        "section": _share(
            (one.about.section, key(one.about.section) in it.sections) for one, it in both if it.sections
        ),
        "language": _share((one.language, one.language == it.language) for one, it in both if it.language),
        "visible authors": _share((one.about.authors, _as_seen(one, row)) for one, row in seen if row["authors"]),
        "visible day": _share((one.published, _on_day(one, row["day"])) for one, row in seen if row["day"]),
        "no author is seen": _share((True, not one.about.authors) for one, row in seen if not row["authors"]),
    }


def marks(body: bytes) -> Marks:
    """The machine-readable marks of a page."""
    tree = html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    nodes = [node for script in tree.iterfind(".//script[@type='application/ld+json']") for node in _nodes(script.text)]
    articles = [node for node in nodes if re.search(r"(Article|Posting|Report)\b", str(node.get("@type")))]
    meta = [
        ((one.get("property") or one.get("name") or "").lower(), one.get("content") or "") for one in tree.iter("meta")
    ]
    headings = ["".join(one.itertext()) for one in tree.iter("h1")]
    titles = [
        *_texts(articles, "headline"),
        *_named(meta, "og:title"),
        *headings,
        *filter(None, [tree.findtext(".//title")]),
    ]
    return Marks(
        titles=frozenset(key(title) for title in titles) - {""},
        authors=frozenset(
            key(name)
            for name in [*_texts(articles, "author"), *_named(meta, "author", "article:author")]
            if "://" not in name
        )
        - {""},
        moments=tuple(
            filter(_DAY.match, [*_texts(articles, "datePublished"), *_named(meta, "article:published_time")])
        ),
        sections=frozenset(
            key(name) for name in [*_texts(articles, "articleSection"), *_named(meta, "article:section")]
        )
        - {""},
        language=_language(tree.get("lang") or ""),
    )


@cache
def visible() -> tuple[Mapping[str, str], ...]:
    """What was read by hand."""
    lines = (line for line in VISIBLE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return tuple(csv.DictReader(lines))


def key(text: str | None) -> str:
    """Text as far as it tells names apart."""
    return "".join(filter(str.isalnum, html_text(text or "").casefold()))


@cache
def html_text(text: str) -> str:
    """Text without entities and tags."""
    return str(html.fromstring(f"<p>{text}</p>").text_content()) if text.strip() else ""


def zoned(moment: str) -> datetime | None:
    """A moment that states its zone."""
    try:
        found = datetime.fromisoformat(moment.strip())
    except ValueError:
        return None
    return found if found.tzinfo else None


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "html").glob("*.html.gz"))


def _article(body: bytes, read: Callable[[Page], Article]) -> Article | None:
    try:
        return read(Page(name="page", body=body, kind="html"))
    except RejectError:
        return None


def _share(pages: Iterator[tuple[object, bool]]) -> Share:
    found = list(pages)
    had = [right for value, right in found if value]
    return Share(len(found), len(had), sum(had))


def _all_in(article: Article, stated: Marks) -> bool:
    """Whether each of our names stands in what the page states: whole, or within a list of names."""
    return all(any(key(name) in one for one in stated.authors) for name in article.about.authors)


def _same_day(article: Article, stated: Marks) -> bool:
    return any(moment.strip()[:10] == (article.published or "")[:10] for moment in stated.moments)


def _same_moment(article: Article, stated: Marks) -> bool:
    ours = zoned(article.published or "")
    return ours is not None and any(
        ours == found.replace(microsecond=0) for one in stated.moments if (found := zoned(one))
    )


def _on_day(article: Article, day: str) -> bool:
    """Whether an article is of a day as it is called where its outlet is: a moment is of two days somewhere."""
    ours = zoned(article.published or "")
    if ours is None:
        return (article.published or "")[:10] == day
    return day in {(ours.astimezone(UTC) + timedelta(hours=hours)).date().isoformat() for hours in (-8, 0, 9)}


def _as_seen(article: Article, row: Mapping[str, str]) -> bool:
    return {key(name) for name in article.about.authors} == {key(name) for name in row["authors"].split("|")}


def _nodes(script: str | None) -> Iterator[dict[str, Any]]:
    try:
        yield from _within(json.loads(script or ""))
    except (ValueError, RecursionError):
        return


def _within(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON of any shape
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _within(one)
    if isinstance(value, dict):
        yield value


def _texts(nodes: list[dict[str, Any]], name: str) -> Iterator[str]:
    for node in nodes:
        value = node.get(name)
        for one in value if isinstance(value, list) else [value]:
            text = one.get("name") if isinstance(one, dict) else one
            yield from [text] if isinstance(text, str) else []


def _named(meta: list[tuple[str, str]], *names: str) -> Iterator[str]:
    return (content for name, content in meta if name in names and content.strip())


def _language(written: str) -> str | None:
    match = re.match(r"[a-zA-Z]{2,3}(?=[-_]|$)", written)
    return match.group().lower() if match else None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
