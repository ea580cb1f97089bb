"""Two articles side by side, with the sentences that match and the words they share marked."""

from __future__ import annotations

from siaga.base.article import Article
from siaga.base.errors import AbsentError, GivenError
from siaga.base.lineage import Pair
from siaga.base.record import Record
from siaga.report.catalogue import Catalogue
from siaga.report.compared import Compared, Piece, by_match, pieces, verdict
from siaga.report.markdown import escaped
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.pages.article import called
from siaga.serve.web.view import Rows, View
from siaga.store.connection import Connection
from siaga.store.database import reading_from
from siaga.store.lineages import load_pairs
from siaga.store.load import load_reading

__all__ = ["ROUTES"]

COLUMNS = ("number", "likeness", "a_start", "a_end", "a_sentence", "b_start", "b_end", "b_sentence")


class Side(Record):
    """One of the two."""

    article: Article
    runs: tuple[tuple[Piece, ...], ...]
    """Its text: pieces that stand in one match, or outside of every one."""


class ComparedShown(Record):
    """What the page shows."""

    pair: Pair
    verdict: tuple[str, ...]
    sides: tuple[Side, Side]


def show(asking: Asking) -> View:
    """The page of two articles, `a` and `b` of the query."""
    a, b = asking.one("a"), asking.one("b")
    if not a or not b or a == b:
        raise GivenError("a and b: expected the ids of two articles")
    with reading_from(asking.workspace) as connection:
        one, other = _article(connection, a), _article(connection, b)
        stored = next((pair for pair in load_pairs(connection, (a,)) if {pair.a, pair.b} == {a, b}), None)
    pair = stored or asking.kept.get(asking.workspace, ("pair", *sorted((a, b))), lambda: _compared(one, other))
    lines = tuple(verdict(_in_names(Compared(a=one, b=other, pair=pair, one_story=None), asking.words), asking.words))
    return View(
        title=asking.words.say("web_compare.title"),
        template="compare.html",
        shown=ComparedShown(pair=pair, verdict=lines, sides=(_side(one, pair), _side(other, pair))),
        rows=_rows(pair),
        markdown="\n".join((f"# {escaped(asking.words.say('compare.title', a=a, b=b))}\n", *map(escaped, lines), "")),
    )


def _article(connection: Connection, id_: str) -> Article:
    reading = load_reading(connection, id_)
    if reading is None:
        raise AbsentError(f"no article {id_!r} is stored")
    return reading.article


def _compared(one: Article, other: Article) -> Pair:
    from siaga.flow import compared_texts  # noqa: PLC0415 - only for articles that were not found to be copies

    return compared_texts(one, other)


def _in_names(compared: Compared, words: Catalogue) -> Compared:
    """The two by outlet and title in place of their ids, for people."""
    names = {one.id: f"{one.source or '?'}: {called(one, words)}" for one in (compared.a, compared.b)}
    pair = compared.pair
    named = {"a": names[pair.a], "b": names[pair.b], "copy": names.get(pair.copy or "")}
    return compared.replace(pair=pair.replace(**named))


def _side(article: Article, pair: Pair) -> Side:
    cut = pieces(article, pair.matches, first=article.id == pair.a)
    return Side(article=article, runs=tuple(tuple(run) for run in by_match(cut)))


def _rows(pair: Pair) -> Rows:
    lines = tuple(
        (number, one.likeness, one.a.start, one.a.end, one.a.text, one.b.start, one.b.end, one.b.text)
        for number, one in enumerate(pair.matches, 1)
    )
    return Rows(columns=COLUMNS, lines=lines)


ROUTES = (Page(path="/compare", show=show),)
