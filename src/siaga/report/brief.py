"""A brief: situation, what changed, facts by status, quotes, forecasts, what is not known; all lines with sentences.

Lines are made of coded events through the catalogue and of words quoted from the articles: nothing
stands in a brief that no sentence says. `brief` composes it as a record; `markdown.py` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Evidence, Status
from siaga.base.record import Record
from siaga.base.window import Window
from siaga.report.catalogue import catalogue
from siaga.report.changed import Asking, Compared, Told, changed_chapter, compared
from siaga.report.changes import could_be_same, is_new
from siaga.report.facts import SURE_ENOUGH, Fact, facts, is_background, names_of
from siaga.report.points import Chapter, Point, Tongue, act_point, noted, status_point
from siaga.report.unknown import unknown_points
from siaga.report.voices import forecast_points, quote_points

__all__ = ["MOST_LINES", "Asking", "Brief", "Line", "Note", "Scope", "Section", "brief"]

MOST_REPORTED = 5
"""Lines of the situation."""
MOST_ALIKE = 2
"""Lines of the situation that tell of one kind of act between the same sides."""
MOST_LINES = 8
"""Lines of a section; how many more there are is said below them."""
STATUSES: tuple[Status, ...] = ("happened", "planned", "considered", "possible", "denied")


class Note(Record):
    """A sentence that a line stands on, and where it is said: `sentence == article.text[start:end]`."""

    number: int
    article: str
    url: str | None
    source: str | None
    published: str | None
    start: int
    end: int
    sentence: str


class Line(Record):
    """A line and the numbers of its notes."""

    text: str
    notes: tuple[int, ...]
    events: tuple[str, ...] = ()
    """Ids of all events it tells of or counts; none where it quotes."""
    query: str | None = None
    """The command that lists what it counts."""


class Section(Record):
    """Lines under a heading; `more` counts those left out."""

    key: str
    """What it holds: `situation`, `changed`, a status, `background`, `quotes`, `forecasts` or `unknown`."""
    heading: str
    said: str | None
    """What is to be known of all its lines."""
    lines: tuple[Line, ...]
    more: int


class Brief(Record):
    """What a meeting reads, in one language."""

    language: str
    title: str
    basis: str
    window: Window | None
    """Days of publication that were asked for."""
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


class Scope(Record):
    """What was asked for."""

    asking: Asking
    """Days of publication, confidence, and the options by which events were chosen."""
    before: tuple[Reading, ...] = ()
    """The articles of the window of the same length before it."""
    quotes_in: str | None = None
    """Language of the articles whose quotes go before others; null: that of the brief."""


def brief(
    readings: Iterable[Reading], language: str = "en", *, most: int = MOST_LINES, scope: Scope | None = None
) -> Brief:
    """The brief of these articles.

    Args:
        readings: articles as read.
        language: of the headings and of the lines; sentences stay as they were written.
        most: lines of a section; how many more there are is told.
        scope: what was asked for. Without it nothing is compared, and events of confidence below a half stay out.

    Raises:
        PackError: there is no catalogue for the language.

    """
    read, before = tuple(readings), scope.before if scope else ()
    tongue = Tongue(words=catalogue(language), names=names_of((*read, *before), language))
    chapters = tuple(_shortened(chapter, most) for chapter in _chapters(read, scope, most, tongue))
    notes = _notes(point for chapter in chapters for point in chapter.points)
    return Brief(
        language=language,
        title=_spanned("brief.title", read, scope, tongue),
        basis=_basis(read, scope, tongue),
        window=scope.asking.window if scope else None,
        sections=tuple(_section(chapter, notes, tongue) for chapter in chapters),
        notes=tuple(notes.values()),
    )


def _chapters(read: Sequence[Reading], scope: Scope | None, most: int, tongue: Tongue) -> Iterator[Chapter]:
    sure = scope.asking.sure if scope else SURE_ENOUGH
    both = compared(read, scope.before if scope else (), sure)
    all_told = _once(facts(both.now))
    recent = [fact for fact in all_told if not is_background(fact.said[0])]
    situation = _leading(recent, min(most, MOST_REPORTED))
    rest = [fact for fact in recent if fact not in situation]
    yield Chapter(key="situation", points=tuple(_leading_point(fact, both, tongue) for fact in _by_day(situation)))
    if scope:
        told = Told(situation=tuple(situation), rest=tuple(rest), most=most)
        yield (chapter := changed_chapter(told, both, scope.asking, tongue))
        shown = {id_ for point in chapter.points if not point.query for id_ in point.events}
        rest = [fact for fact in rest if fact.event.id not in shown]
    for status in STATUSES:
        yield Chapter(key=status, points=tuple(act_point(fact, tongue) for fact in rest if fact.event.status == status))
    background = (status_point(fact, tongue) for fact in all_told if is_background(fact.said[0]))
    yield Chapter(key="background", points=tuple(background))
    yield Chapter(key="quotes", points=quote_points(read, tongue, most, scope.quotes_in if scope else None))
    yield Chapter(key="forecasts", points=tuple(forecast_points(both.forecasts, tongue)))
    yield Chapter(key="unknown", points=tuple(unknown_points(recent, tongue)))


def _once(told: Sequence[Fact]) -> list[Fact]:
    """The facts without those that say the like of one before them from the same sentences: one act, read twice."""
    kept: dict[frozenset[str], list[Fact]] = {}
    for fact in told:
        same = kept.setdefault(frozenset(one.event.evidence.text for one in fact.said), [])
        if not any(one.event.status == fact.event.status and could_be_same(one.event, fact.event) for one in same):
            same.append(fact)
    chosen = {fact.event.id for same in kept.values() for fact in same}
    return [fact for fact in told if fact.event.id in chosen]


def _leading(told: Iterable[Fact], most: int) -> list[Fact]:
    """The first facts, each on a sentence of its own, and few of one kind between the same sides."""
    chosen: list[Fact] = []
    for fact in told:
        alike = [one for one in chosen if could_be_same(one.event, fact.event)]
        if len(chosen) < most and len(alike) < MOST_ALIKE and not _is_said_by(fact, chosen):
            chosen.append(fact)
    return chosen


def _is_said_by(fact: Fact, chosen: Iterable[Fact]) -> bool:
    """Whether its sentences tell something else already: one often tells of a deed and of its denial."""
    used = {one.event.evidence.text for other in chosen for one in noted(other)}
    return {one.event.evidence.text for one in noted(fact)} <= used


def _leading_point(fact: Fact, both: Compared, tongue: Tongue) -> Point:
    """A line of the situation; it says if nothing of the kind was told before."""
    point = status_point(fact, tongue)
    if not both.comparable or not is_new(fact, both.any_before):
        return point
    return point.replace(text=tongue.words.say("line.new", line=point.text))


def _by_day(told: Iterable[Fact]) -> list[Fact]:
    return sorted(told, key=lambda fact: (fact.first_day, fact.event.id))


def _shortened(chapter: Chapter, most: int) -> Chapter:
    if chapter.key == "changed":
        return chapter
    return chapter.replace(points=chapter.points[:most], more=max(0, len(chapter.points) - most))


def _notes(points: Iterable[Point]) -> dict[tuple[str, int, int], Note]:
    """The sentences in order of first use, each once."""
    notes: dict[tuple[str, int, int], Note] = {}
    for point in points:
        for article, evidence in point.said:
            key = (article.id, evidence.start, evidence.end)
            notes.setdefault(key, _note(len(notes) + 1, article, evidence))
    return notes


def _note(number: int, article: Article, evidence: Evidence) -> Note:
    return Note(
        number=number,
        article=article.id,
        url=article.url,
        source=article.source,
        published=article.published,
        start=evidence.start,
        end=evidence.end,
        sentence=evidence.text,
    )


def _section(chapter: Chapter, notes: Mapping[tuple[str, int, int], Note], tongue: Tongue) -> Section:
    return Section(
        key=chapter.key,
        heading=tongue.words.say(f"brief.{chapter.key}"),
        said=chapter.said,
        lines=tuple(_line(point, notes) for point in chapter.points),
        more=chapter.more,
    )


def _line(point: Point, notes: Mapping[tuple[str, int, int], Note]) -> Line:
    keys = ((article.id, evidence.start, evidence.end) for article, evidence in point.said)
    numbers = tuple(dict.fromkeys(notes[key].number for key in keys))
    return Line(text=point.text, notes=numbers, events=point.events, query=point.query)


def _basis(read: Sequence[Reading], scope: Scope | None, tongue: Tongue) -> str:
    sources = {reading.article.source or reading.article.id for reading in read}
    counts = {"articles": tongue.words.number(len(read)), "sources": tongue.words.number(len(sources))}
    said = _spanned("brief.basis", read, scope, tongue, **counts)
    if scope and scope.asking.conditions:
        asked = tongue.words.say("brief.conditions", conditions=" ".join(scope.asking.conditions))
        return f"{said} {asked}"
    return said


def _spanned(key: str, read: Sequence[Reading], scope: Scope | None, tongue: Tongue, **values: object) -> str:
    """A message with the days asked for, else those of the articles."""
    days = sorted(reading.article.published[:10] for reading in read if reading.article.published)
    if scope:
        days = [scope.asking.window.since, scope.asking.window.until]
    first, last = (tongue.words.day(days[0]), tongue.words.day(days[-1])) if days else ("?", "?")
    return tongue.words.say(key, first=first, last=last, **values)
