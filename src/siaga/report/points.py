"""What a line of a brief says and the sentences it stands on, before its notes are numbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from siaga.base.article import Article
from siaga.base.event import Evidence
from siaga.base.record import Record
from siaga.report.catalogue import Catalogue
from siaga.report.facts import Cited, Fact
from siaga.report.wording import act, attributed

__all__ = ["MOST_NOTES", "Chapter", "Point", "Tongue", "act_point", "evidence_of", "ids_of", "noted", "status_point"]

MOST_NOTES = 4
"""Sentences noted for a line: one of each source before a second of any."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a brief speaks: the messages of a language, and the name to show for each code."""

    words: Catalogue
    names: Mapping[str, str]


class Point(Record):
    """A line and what it stands on."""

    text: str
    said: tuple[tuple[Article, Evidence], ...]
    events: tuple[str, ...] = ()
    """Ids of all events it tells of, those that have no note of their own, too."""
    query: str | None = None
    """The command that gives the events it counts."""


class Chapter(Record):
    """Points under a heading."""

    key: str
    """Of the heading, in the catalogue `brief.<key>`."""
    points: tuple[Point, ...]
    more: int = 0
    """Points left out."""
    said: str | None = None
    """What is to be known of all of them."""


def act_point(fact: Fact, tongue: Tongue, frame: str | None = None) -> Point:
    """The act with its sources; `frame` names a message that says something of it."""
    said = noted(fact)
    text = attributed(act(said, tongue.names, tongue.words), said, tongue.names, tongue.words)
    if len(fact.sources) > 1:
        text = tongue.words.say("line.sources", line=text, count=len(fact.sources))
    text = tongue.words.say(frame, act=text) if frame else text
    return Point(text=text, said=evidence_of(said), events=ids_of(fact.said))


def status_point(fact: Fact, tongue: Tongue) -> Point:
    """The act, with its status in front unless it has happened."""
    status = fact.event.status
    return act_point(fact, tongue, None if status == "happened" else f"as.{status}")


def noted(fact: Fact) -> list[Cited]:
    """The mentions that are noted: the surest of each source, then others; verbatim repeats once."""
    return _one_a_source(fact.own_words)[:MOST_NOTES]


def evidence_of(said: Iterable[Cited]) -> tuple[tuple[Article, Evidence], ...]:
    """The sentences of these mentions, with their articles."""
    return tuple((one.article, one.event.evidence) for one in said)


def ids_of(said: Iterable[Cited]) -> tuple[str, ...]:
    """The ids of these events, each once."""
    return tuple(dict.fromkeys(one.event.id for one in said))


def _one_a_source(said: Sequence[Cited]) -> list[Cited]:
    firsts = {one.article.source or one.article.id: one for one in reversed(said)}
    return sorted(said, key=lambda one: one is not firsts[one.article.source or one.article.id])
