"""The board: what is above normal on a day, the gravest and most surprising first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime

from siaga.base.record import Record
from siaga.base.warning import LEVELS, Card, Footnote, Level
from siaga.monitor.rule import warning_rule
from siaga.report.warning import headline, told, unit_name
from siaga.report.warning_page import as_markdown
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.outlook import Outlook
from siaga.serve.web.view import Cell, Cookie, Entry, Rows, View
from siaga.serve.web.visits import COOKIE, News, Visit, news_of, remembered, visit_of

__all__ = ["ROUTES", "surprise"]

ALARMS_A_UNIT_YEAR = 1.0
"""The budget that backtests are judged by: as many warnings stand open at the top as it lets arise in the days in which
an act counts; more of them nobody would read."""
LEAST_TOP = 5
YEAR_DAYS = 365
YEAR_SECONDS = 31_536_000
COLUMNS = (
    "unit", "kind", "as_of", "level", "surprise_bits", "acts", "force", "articles", "texts", "independent_sources",
    "probability", "horizon_weeks", "confirmed", "news",
)  # fmt: skip


class Row(Record):
    """A warning on the board."""

    card: Card
    name: str
    surprise: float
    """How unlikely its least likely series is if all is as usual, in bits."""
    why: tuple[str, ...]
    latest: Footnote | None
    """The newest sentence that it stands on."""
    news: News | None
    """Since the last visit; null without one."""


class Folded(Record):
    """Warnings of a level that stand below."""

    level: Level | None
    rows: tuple[Row, ...]


class Board(Record):
    """What the board shows."""

    as_of: str | None
    """Null in an empty store."""
    reckoned: str | None
    """When, RFC 3339 in UTC; null while it is under way for the first time."""
    units: int
    """That were judged."""
    more: int
    """Warnings that are left out."""
    silent: bool
    since: str | None
    """The last visit, or the day that is compared with."""
    gone: tuple[str, ...]
    """Units that had a warning then and have none now."""
    gone_names: tuple[str, ...]
    top: tuple[Row, ...]
    folded: tuple[Folded, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them, the gravest first."""
        return (*self.top, *(row for one in self.folded for row in one.rows))


def show(asking: Asking) -> View:
    """The board of a day."""
    before = _before(asking)
    outlook = asking.outlook()
    board = _board(outlook, before, asking) if outlook else _none_yet(asking)
    cards = [row.card for row in board.rows]
    return View(
        title=asking.words.say("web_board.title"),
        template="board.html",
        shown=board,
        rows=Rows(columns=COLUMNS, lines=tuple(map(_line, board.rows))),
        entries=tuple(_entry(card, asking) for card in cards),
        markdown=as_markdown([told(card, asking.words) for card in cards]) if cards else "",
        cookies=_cookies(asking, cards),
    )


def surprise(card: Card) -> float:
    """How unlikely the least likely of its series is if all is as usual, in bits."""
    chances = [one.chance for one in card.series if one.chance is not None]
    return abs(math.log2(max(min(chances, default=1.0), 1e-300)))


def top_most(units: int, days: int) -> int:
    """How many warnings stand open at the top.

    >>> top_most(units=224, days=30)
    18
    """
    return max(LEAST_TOP, round(ALARMS_A_UNIT_YEAR * units * days / YEAR_DAYS))


def _before(asking: Asking) -> Visit | None:
    """What is compared with: the board of the day `since`, else that of the last visit."""
    since = asking.day("since")
    if since is None:
        return None if asking.one("as_of") else visit_of(asking.cookies.get(COOKIE, ""))
    then = asking.outlook_on(since)
    if then is None:
        return None
    found = tuple((one.unit, _grave(one), one.signals.acts) for one in then.cards)
    return Visit(moment=since.isoformat(), warnings=found)


def _board(outlook: Outlook, before: Visit | None, asking: Asking) -> Board:
    found = outlook.reckoned
    cards = sorted(outlook.cards, key=lambda card: (-_grave(card), -surprise(card), card.unit))
    seen = None if before is None else {unit: (level, acts) for unit, level, acts in before.warnings}
    gone = tuple(sorted({*(seen or ())} - {card.unit for card in cards}))
    rows = tuple(_row(card, seen, asking) for card in cards)
    most = top_most(found.units, warning_rule().counting.recent_days)
    return Board(
        as_of=found.as_of, reckoned=found.moment, units=found.units, more=found.more,
        silent=found.silent, since=before.moment if before else None,
        gone=gone, gone_names=tuple(unit_name(unit, asking.words) for unit in gone),
        top=rows[:most], folded=tuple(_folded(rows[most:])),
    )  # fmt: skip


def _none_yet(asking: Asking) -> Board:
    """Of an empty store, or of one whose first reckoning is under way."""
    day = asking.day_asked()
    return Board(
        as_of=day.isoformat() if day else None, reckoned=None, units=0, more=0, silent=False, since=None, gone=(),
        gone_names=(), top=(), folded=(),
    )  # fmt: skip


def _folded(rows: Sequence[Row]) -> list[Folded]:
    levels = dict.fromkeys(row.card.level for row in rows)
    return [Folded(level=level, rows=tuple(row for row in rows if row.card.level == level)) for level in levels]


def _row(card: Card, seen: dict[str, tuple[int, int]] | None, asking: Asking) -> Row:
    return Row(
        card=card,
        name=unit_name(card.unit, asking.words),
        surprise=round(surprise(card), 2),
        why=tuple(line.text for line in told(card, asking.words).why),
        latest=max(_driving(card), key=lambda note: (note.published or "", -note.number), default=None),
        news=None if seen is None else news_of(card, seen),
    )


def _driving(card: Card) -> list[Footnote]:
    numbers = {number for driver in card.drivers for number in driver.notes}
    return [note for note in card.notes if note.number in numbers]


def _cookies(asking: Asking, cards: Sequence[Card]) -> tuple[Cookie, ...]:
    if asking.one("as_of") or asking.one("since"):
        return ()
    value = remembered(visit_of(asking.cookies.get(COOKIE, "")), cards, datetime.now(UTC))
    return (Cookie(name=COOKIE, value=value, seconds=YEAR_SECONDS),) if value else ()


def _grave(card: Card) -> int:
    return LEVELS.index(card.level) if card.level else 0


def _line(row: Row) -> tuple[Cell, ...]:
    card, sources = row.card, row.card.sources
    return (
        card.unit, card.unit_kind, card.as_of, card.level, row.surprise, card.signals.acts, card.signals.force,
        sources.articles, sources.texts, sources.independent, card.odds.probability, card.odds.horizon_weeks,
        card.confirmed, row.news,
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
