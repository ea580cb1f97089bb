"""A pair, or a country: its level and what it stands on, its weeks, how likely force is, and how past warnings did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from siaga.base.errors import AbsentError, GivenError
from siaga.base.record import Record
from siaga.base.warning import Card, Level, SeriesTold, UnitKind
from siaga.base.watchlist import pair_name
from siaga.monitor.track import PastAlarm
from siaga.monitor.warning import SeriesName
from siaga.monitor.weeks import Reliability, WeekSeen
from siaga.report.catalogue import Catalogue
from siaga.report.facts import known_names
from siaga.report.warning import ToldCard, headline, told, unit_name
from siaga.report.warning_page import as_markdown
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.outlook import Outlook
from siaga.serve.web.view import Entry, Rows, View

__all__ = ["ROUTES", "code_given"]

NAMES: tuple[SeriesName, ...] = ("signals", "conflict")
Count = Literal["acts", "articles"]
COUNTS: tuple[Count, ...] = ("acts", "articles")
MOST_CODE = 12
"""Letters of a code, at most."""
COLUMNS = (
    "unit", "series", "first", "last", "acts", "expected", "unusual_from", "unusual", "articles", "all_articles",
    "failed",
)  # fmt: skip


class Near(Record):
    """Another unit that has to do with this one, and its level."""

    kind: UnitKind
    unit: str
    name: str
    level: Level | None


class UnitShown(Record):
    """What the page shows."""

    unit: str
    kind: UnitKind
    name: str
    as_of: str | None
    reckoned: str | None
    card: Card | None
    """Null for a unit that was not judged, since nothing was told of it lately, nor much before; and where so little is
    told of it, beside others, that only the level was kept."""
    judged: bool
    """It was judged."""
    level: Level | None
    """Whose condition it meets."""
    told: ToldCard | None
    series: SeriesName
    count: Count
    drawn: SeriesTold | None
    weeks: tuple[WeekSeen, ...]
    alarms: tuple[PastAlarm, ...]
    reliability: Reliability | None
    near: tuple[Near, ...]
    codes: tuple[tuple[str, str], ...]
    """Of its sides, with their names."""


def pair(asking: Asking) -> View:
    """The page of two countries or bodies."""
    codes = asking.names["unit"].split("-")
    if len(codes) != 2 or codes[0] == codes[1]:  # noqa: PLR2004 - a pair is two
        raise AbsentError("a pair is two codes with a dash between them")
    return _shown(asking, "pair", pair_name(*map(code_given, codes)))


def country(asking: Asking) -> View:
    """The page of a country or body."""
    return _shown(asking, "country", code_given(asking.names["unit"]))


def code_given(written: str) -> str:
    """A code as it stands in an address.

    Raises:
        AbsentError: it can be none.

    """
    if not 0 < len(written) <= MOST_CODE or not written.replace("_", "").isalnum() or not written.isascii():
        raise AbsentError("no such country or body")
    return written.upper()


def _shown(asking: Asking, kind: UnitKind, unit: str) -> View:
    series, count = _series(asking), _count(asking)
    shown = _unit(asking, asking.outlook(), (kind, unit), (series, count))
    words, card = asking.words, shown.card
    return View(
        title=shown.name,
        template="unit.html",
        shown=shown,
        rows=Rows(columns=COLUMNS, lines=tuple(_lines(shown))),
        entries=(_entry(card, words),) if card else (),
        markdown=as_markdown([shown.told]) if shown.told else "",
    )


def _series(asking: Asking) -> SeriesName:
    asked = asking.one("series", NAMES[0])
    for name in NAMES:
        if name == asked:
            return name
    raise GivenError(f"series: expected one of {', '.join(NAMES)}")


def _count(asking: Asking) -> Count:
    asked = asking.one("count", COUNTS[0])
    for name in COUNTS:
        if name == asked:
            return name
    raise GivenError(f"count: expected one of {', '.join(COUNTS)}")


def _unit(
    asking: Asking, outlook: Outlook | None, what: tuple[UnitKind, str], how: tuple[SeriesName, Count]
) -> UnitShown:
    (kind, unit), (series, count) = what, how
    names, found = known_names(asking.language), outlook.of(kind, unit) if outlook else None
    card = found.card if found else None
    return UnitShown(
        unit=unit,
        kind=kind,
        name=unit_name(unit, asking.words),
        as_of=outlook.reckoned.as_of if outlook else _written(asking.day_asked()),
        reckoned=outlook.reckoned.moment if outlook else None,
        card=card,
        judged=card is not None or (outlook is not None and what in outlook.others),
        level=card.level if card else outlook.others.get(what) if outlook else None,
        told=told(card, asking.words) if card else None,
        series=series,
        count=count,
        drawn=next((one for one in card.series if one.name == series), None) if card else None,
        weeks=(found.signals if series == "signals" else found.conflict) if found else (),
        alarms=found.alarms if found else (),
        reliability=outlook.reliability(kind) if outlook and found else None,
        near=tuple(_near(outlook, unit, asking.words)) if outlook else (),
        codes=tuple((code, names.get(code, code)) for code in unit.split("-")),
    )


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _near(outlook: Outlook, unit: str, words: Catalogue) -> Iterator[Near]:
    """The warnings on the board that share a side with this unit."""
    sides = set(unit.split("-"))
    for one in outlook.cards:
        if one.unit != unit and sides & set(one.unit.split("-")):
            yield Near(kind=one.unit_kind, unit=one.unit, name=unit_name(one.unit, words), level=one.level)


def _lines(shown: UnitShown) -> Iterator[tuple[str | float | bool | None, ...]]:
    for one in shown.weeks:
        yield (
            shown.unit, shown.series, one.first, one.last, one.count, one.expected, one.bound, one.unusual,
            one.articles, one.all_articles, ", ".join(one.failed),
        )  # fmt: skip


def _entry(card: Card, words: Catalogue) -> Entry:
    """The level: an entry that changes its name when it changes."""
    return Entry(
        id=f"warning/{card.unit}/{card.level or 'unknown'}/{card.as_of}",
        title=headline(card, words),
        path=f"/{card.unit_kind}/{card.unit}",
        updated=card.as_of,
        summary=card.notes[0].sentence if card.notes else "",
    )


ROUTES = (Page(path="/pair/{unit}", show=pair), Page(path="/country/{unit}", show=country))
