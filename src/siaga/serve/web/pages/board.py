"""The board: what is above normal on a day, the gravest and most surprising first."""

from __future__ import annotations

import math

from siaga.base.record import Record
from siaga.base.warning import LEVELS, Card
from siaga.report.warning import headline, told, unit_name
from siaga.report.warning_page import as_markdown
from siaga.serve.claimed import claims_by
from siaga.serve.warned import Wanted, Warned, warned
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.view import Entry, Rows, View
from siaga.store.database import reading_from

__all__ = ["ROUTES", "surprise"]

MOST = 40
"""Cards on the board at the most."""
COLUMNS = (
    "unit", "kind", "as_of", "level", "surprise", "acts", "force", "articles", "texts", "independent_sources",
    "probability", "confirmed",
)  # fmt: skip


class Board(Record):
    """What the board shows."""

    as_of: str | None
    units: int
    """That were judged."""
    more: int
    silent: bool
    cards: tuple[Card, ...]


def show(asking: Asking) -> View:
    """The board of a day."""
    board = _board(asking)
    words = asking.words
    return View(
        title=words.say("web_board.title"),
        template="board.html",
        shown=board,
        rows=Rows(columns=COLUMNS, lines=tuple(map(_line, board.cards))),
        entries=tuple(_entry(card, asking) for card in board.cards),
        markdown=as_markdown([told(card, words) for card in board.cards]),
    )


def surprise(card: Card) -> float:
    """How unlikely the least likely of its series is if all is as usual, in bits."""
    chances = [one.chance for one in card.series if one.chance is not None]
    return -math.log2(max(min(chances, default=1.0), 1e-300))


def _board(asking: Asking) -> Board:
    with reading_from(asking.workspace) as connection:
        as_of = asking.as_of(connection)
    if as_of is None:
        return Board(as_of=None, units=0, more=0, silent=False, cards=())
    day = as_of.isoformat()
    found: Warned = asking.kept.get(
        asking.workspace,
        ("warned", day),
        lambda: warned(asking.workspace, as_of, Wanted(most=MOST), claims_by(asking.workspace, day)),
    )
    cards = tuple(sorted(found.cards, key=lambda card: (-_grave(card), -surprise(card))))
    return Board(as_of=day, units=found.units, more=found.more, silent=found.silent, cards=cards)


def _grave(card: Card) -> int:
    return LEVELS.index(card.level) if card.level else 0


def _line(card: Card) -> tuple[str | int | float | bool | None, ...]:
    sources = card.sources
    return (
        card.unit, card.unit_kind, card.as_of, card.level, round(surprise(card), 2), card.signals.acts,
        card.signals.force, sources.articles, sources.texts, sources.independent, card.odds.probability, card.confirmed,
    )  # fmt: skip


def _entry(card: Card, asking: Asking) -> Entry:
    return Entry(
        id=f"warning/{card.unit}/{card.as_of}",
        title=headline(card, asking.words),
        path=f"/{card.unit_kind}/{card.unit}",
        updated=card.as_of,
        summary=card.notes[0].sentence if card.notes else unit_name(card.unit, asking.words),
    )


ROUTES = (Page(path="/board", show=show, nav="web.nav.board"),)
