"""Events as rows for people: when, how sure, what, who to whom, where, who says so, and the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siaga.base.document import Reading
from siaga.base.event import Status
from siaga.base.record import Record
from siaga.report.catalogue import Catalogue, catalogue
from siaga.report.facts import Cited, Fact, cited, day_of, facts, known_names, names_of
from siaga.report.wording import parties, place_name

__all__ = ["Row", "event_rows", "fact_rows", "headings", "rows"]


class Row(Record):
    """An event in words of one language; `evidence` is the sentence as written."""

    event: str
    """Id of the event."""
    day: str
    """`YYYY-MM-DD`: the day it is told for, else that of publication; empty where neither is known."""
    status: str
    status_code: Status
    """The status as in the contract, `status` being its word."""
    type: str
    parties: str
    place: str
    source: str
    """Who reports it and, of an event that was corrected, who corrected it."""
    evidence: str


def rows(readings: Iterable[Reading], language: str = "en", *, sure: float = 0.0) -> tuple[Row, ...]:
    """The events of these articles as rows, in order of their days.

    Args:
        readings: articles as read.
        language: of status, type and names; sentences stay as they were written.
        sure: confidence (0 to 1) from which an event is shown.

    """
    read, words = tuple(readings), catalogue(language)
    names = names_of(read, language)
    return tuple(_row(one, dict(names), words) for one in sorted(cited(read, sure=sure), key=_in_order))


def fact_rows(readings: Iterable[Reading], language: str = "en", *, most: int) -> tuple[Row, ...]:
    """The acts that most sources report, `most` of them at the most, in order of their days.

    Each is a row as its surest article tells it; after the name of that source stands how many more report it.
    """
    read, words = tuple(readings), catalogue(language)
    names, told = names_of(read, language), facts(cited(read))[:most]
    return tuple(_fact_row(fact, dict(names), words) for fact in sorted(told, key=lambda fact: _in_order(fact.said[0])))


def event_rows(said: Iterable[Cited], language: str = "en") -> tuple[Row, ...]:
    """These events as rows, in the order in which they come."""
    words, names = catalogue(language), dict(known_names(language))
    return tuple(_row(one, names, words) for one in said)


def headings(language: str = "en") -> tuple[str, ...]:
    """What stands above the columns date, status, type, parties, place, source, sentence."""
    return tuple(_heading(catalogue(language)))


def _heading(words: Catalogue) -> Iterator[str]:
    for key in ("date", "status", "type", "parties", "place", "source", "sentence"):
        yield words.say(f"table.{key}")


def _in_order(one: Cited) -> tuple[str, str, int, str]:
    return day_of(one), one.article.published or "", one.event.evidence.start, one.event.id


def _fact_row(fact: Fact, names: dict[str, str], words: Catalogue) -> Row:
    row, others = _row(fact.said[0], names, words), len(fact.sources) - 1
    return row.replace(source=words.say("demo.sources", first=row.source, count=others)) if others else row


def _row(one: Cited, names: dict[str, str], words: Catalogue) -> Row:
    event = one.event
    sides = [parties(side, names, words) for side in (event.actors, event.recipients)]
    return Row(
        event=event.id,
        day=day_of(one),
        status_code=event.status,
        status=words.say(f"status.{event.status}"),
        type=words.say(f"type.{event.type}"),
        parties=" → ".join(side or "?" for side in sides) if any(sides) else "",
        place=place_name([event], names),
        source=" ".join(filter(None, (one.article.source, f"✎ {event.corrected.by}" if event.corrected else None))),
        evidence=event.evidence.text,
    )
