"""A brief: situation, facts by status, quotes, forecasts, what is not known; each line with the sentences it stands on.

Lines are made of coded events through the catalogue and of words quoted from the articles: nothing
stands in a brief that no sentence says. `brief` composes it as a record, `markdown` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Event, EventType, Evidence, Forecast, Quote, Status
from siaga.base.record import Record
from siaga.report.catalogue import Catalogue, catalogue
from siaga.report.facts import Cited, Fact, cited, facts, is_background, names_of
from siaga.report.wording import act, days, plain_act

__all__ = ["Brief", "Line", "Note", "Section", "brief", "escaped", "markdown"]

MOST_REPORTED = 5
"""Lines of the situation."""
MOST_LINES = 8
"""Lines of a section; how many more there are is said below them."""
MOST_NOTES = 4
"""Sentences noted for a line: one of each source before a second of any."""
SHORTEST_QUOTE, LONGEST_QUOTE = 25, 240
"""Characters; shorter ones are single words in quotation marks, longer ones are left to the article."""
MARKS = re.compile(r"[\\`*_\[\]<>]")
"""Characters that Markdown would read."""
DENIED_WITHIN = 7
"""Days between the publication of a report and that of a denial of it, at most."""
VIOLENT: frozenset[EventType] = frozenset({"ASSAULT", "COERCE"})
"""Types of which a reader asks who did it."""
STATUSES: tuple[Status, ...] = ("happened", "planned", "considered", "possible", "denied")


class Note(Record):
    """A sentence that a line stands on, and where it is said: `sentence == article.text[start:end]`."""

    number: int
    article: str
    source: str | None
    published: str | None
    start: int
    end: int
    sentence: str


class Line(Record):
    """A line and the numbers of its notes."""

    text: str
    notes: tuple[int, ...]


class Section(Record):
    """Lines under a heading; `more` counts those left out."""

    heading: str
    lines: tuple[Line, ...]
    more: int


class Brief(Record):
    """What a meeting reads, in one language."""

    language: str
    title: str
    basis: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


class _Point(Record):
    """A line before its notes are numbered."""

    text: str
    said: tuple[tuple[Article, Evidence], ...]


class _Chapter(Record):
    heading: str
    points: tuple[_Point, ...]
    more: int = 0
    """Points left out."""


def brief(readings: Iterable[Reading], language: str = "en", *, most: int = MOST_LINES) -> Brief:
    """The brief of these articles.

    Args:
        readings: articles as read; events of confidence below a half stay out.
        language: of the headings and of the lines; sentences stay as they were written.
        most: lines of a section; how many more there are is told.

    Raises:
        PackError: there is no catalogue for the language.

    """
    read, words = tuple(readings), catalogue(language)
    names, told = names_of(read, language), facts(cited(read))
    chapters = tuple(_shortened(chapter, most) for chapter in _chapters(read, told, names, words))
    notes = _notes(point for chapter in chapters for point in chapter.points)
    return Brief(
        language=language,
        title=_spanned("brief.title", read, words),
        basis=_spanned("brief.basis", read, words, articles=len(read), sources=len(_sources(read))),
        sections=tuple(_section(chapter, notes) for chapter in chapters),
        notes=tuple(notes.values()),
    )


def markdown(composed: Brief) -> str:
    """The brief as Markdown with footnotes: `[^1]: Outlet, date: “sentence”`."""
    words = catalogue(composed.language)
    sections = chain.from_iterable(_section_lines(section, words) for section in composed.sections)
    notes = (f"[^{note.number}]: {escaped(_note_text(note, words))}" for note in composed.notes)
    return "\n".join([f"# {composed.title}", "", f"*{composed.basis}*", *sections, "", *notes]) + "\n"


def escaped(text: str) -> str:
    """Text of an article on one line, in which nothing is taken for Markdown or HTML."""
    return MARKS.sub(r"\\\g<0>", " ".join(text.split()))


def _chapters(
    read: Sequence[Reading], told: Sequence[Fact], names: Mapping[str, str], words: Catalogue
) -> Iterator[_Chapter]:
    recent = [fact for fact in told if not is_background(fact.said[0])]
    situation, rest = recent[:MOST_REPORTED], recent[MOST_REPORTED:]
    yield _chapter("situation", [_with_status(fact, names, words) for fact in _by_day(situation)], words)
    for status in STATUSES:
        points = [_fact_point(fact, names, words) for fact in rest if fact.event.status == status]
        yield _chapter(status, points, words)
    background = [fact for fact in told if is_background(fact.said[0])]
    yield _chapter("background", [_with_status(fact, names, words) for fact in background], words)
    yield _chapter("quotes", _quote_points(read, words), words)
    yield _chapter("forecasts", _forecast_points(read, names, words), words)
    yield _chapter("unknown", _unknown_points(told, names, words), words)


def _chapter(key: str, points: Iterable[_Point], words: Catalogue) -> _Chapter:
    return _Chapter(heading=words.say(f"brief.{key}"), points=tuple(points))


def _shortened(chapter: _Chapter, most: int) -> _Chapter:
    return chapter.replace(points=chapter.points[:most], more=max(0, len(chapter.points) - most))


def _fact_point(fact: Fact, names: Mapping[str, str], words: Catalogue) -> _Point:
    return _act_point(fact, names, words, lambda text: text)


def _with_status(fact: Fact, names: Mapping[str, str], words: Catalogue) -> _Point:
    if fact.event.status == "happened":
        return _fact_point(fact, names, words)
    status = words.say(f"status.{fact.event.status}").capitalize()
    return _act_point(fact, names, words, lambda text: words.say("line.with_status", status=status, act=text))


def _act_point(fact: Fact, names: Mapping[str, str], words: Catalogue, framed: Callable[[str], str]) -> _Point:
    said = _one_a_source(fact.own_words)[:MOST_NOTES]
    text = framed(act([one.event for one in said], names, words))
    if len(fact.sources) > 1:
        text = words.say("line.sources", line=text, count=len(fact.sources))
    return _Point(text=text, said=tuple((one.article, one.event.evidence) for one in said))


def _by_day(told: Iterable[Fact]) -> list[Fact]:
    return sorted(told, key=lambda fact: (fact.first_day, fact.event.id))


def _one_a_source(said: Sequence[Cited]) -> list[Cited]:
    """The surest mention of each source, then the others."""
    firsts = {one.article.source or one.article.id: one for one in reversed(said)}
    return sorted(said, key=lambda one: one is not firsts[one.article.source or one.article.id])


def _quote_points(read: Iterable[Reading], words: Catalogue) -> Iterator[_Point]:
    """What people said in their own words: of each the longest, in the language asked for where there is one."""
    quotable = [(reading, quote) for reading in read for quote in reading.quotes if _is_quotable(quote)]
    ranked = sorted(quotable, key=lambda one: _quote_rank(one[0], one[1], words.language))
    best = {quote.speaker or quote.speaker_text: (reading, quote) for reading, quote in ranked}
    for reading, quote in sorted(best.values(), key=lambda one: (one[0].article.published or "", one[1].start)):
        yield _quote_point(reading, quote, words)


def _quote_rank(reading: Reading, quote: Quote, language: str) -> tuple[object, ...]:
    """Later in order is better: in the language, longer, and by id so that order of articles changes nothing."""
    return reading.article.language == language, quote.end - quote.start, reading.article.id


def _is_quotable(quote: Quote) -> bool:
    return (
        bool(quote.direct and (quote.speaker or quote.anonymous))
        and SHORTEST_QUOTE <= len(quote.words or "") <= LONGEST_QUOTE
    )


def _quote_point(reading: Reading, quote: Quote, words: Catalogue) -> _Point:
    speaker, said = _speaker(quote, words), (quote.words or "").rstrip(" ,")
    if quote.medium:
        text = words.say("line.quote_to", words=said, speaker=speaker, medium=quote.medium)
    else:
        text = words.say("line.quote", words=said, speaker=speaker)
    return _Point(text=text, said=((reading.article, _around(reading, quote)),))


def _speaker(quote: Quote, words: Catalogue) -> str:
    name = quote.speaker or quote.speaker_text or words.say("line.anonymous")
    if quote.office and quote.organisation:
        return words.say("line.office_of", name=name, office=quote.office, organisation=quote.organisation)
    return words.say("line.office", name=name, office=quote.office) if quote.office else name


def _around(reading: Reading, quote: Quote) -> Evidence:
    """The sentence that holds a quote: that of an event in it, else the quote's paragraph."""
    for event in reading.events:
        if event.evidence.start <= quote.start and quote.end <= event.evidence.end:
            return event.evidence
    text = reading.article.text
    start = text.rfind("\n", 0, quote.start) + 1
    end = text.find("\n", quote.end)
    end = len(text) if end < 0 else end
    return Evidence(start=start, end=end, text=text[start:end])


def _forecast_points(read: Iterable[Reading], names: Mapping[str, str], words: Catalogue) -> Iterator[_Point]:
    """Claims about the future, each speaker's wording once, in order of publication."""
    seen: set[tuple[str | None, str]] = set()
    for reading in sorted(read, key=lambda one: one.article.published or ""):
        events = {event.id: event for event in reading.events}
        for forecast in reading.forecasts:
            key = (forecast.code or forecast.speaker, forecast.words.casefold())
            if key not in seen and forecast.event in events:
                seen.add(key)
                yield _forecast_point(reading.article, forecast, events[forecast.event], names, words)


def _forecast_point(
    article: Article, forecast: Forecast, event: Event, names: Mapping[str, str], words: Catalogue
) -> _Point:
    foreseen = plain_act(event, names, words)
    when = days(forecast.window_earliest, forecast.window_latest, words)
    quoted = forecast.words
    if forecast.speaker:
        text = words.say("line.forecast", speaker=forecast.speaker, act=foreseen, days=when, words=quoted)
    else:
        text = words.say("line.forecast_unattributed", act=foreseen, days=when, words=quoted)
    if forecast.condition:
        text = words.say("line.condition", line=text, condition=forecast.condition)
    return _Point(text=text, said=((article, forecast.evidence),))


def _unknown_points(told: Sequence[Fact], names: Mapping[str, str], words: Catalogue) -> Iterator[_Point]:
    """What is both reported and denied; what has no actor; what may come at no stated time."""
    yield from _contested(told, names, words)
    for fact in told:
        if fact.event.type in VIOLENT and fact.event.status == "happened" and not fact.event.actors:
            yield _act_point(fact, names, words, lambda text: words.say("brief.unnamed", act=text))
    for fact in told:
        if fact.event.status == "possible" and not any(one.event.earliest or one.event.latest for one in fact.said):
            yield _act_point(fact, names, words, lambda text: words.say("brief.undated", act=text))


def _contested(told: Sequence[Fact], names: Mapping[str, str], words: Catalogue) -> Iterator[_Point]:
    """Acts that one sentence reports and another denies, with both."""
    denials = [fact for fact in told if fact.event.status == "denied"]
    for denial in denials:
        for fact in told:
            if fact.event.status == "happened" and _same_act(fact, denial):
                yield _contested_point(fact, denial, names, words)
                break


def _contested_point(fact: Fact, denial: Fact, names: Mapping[str, str], words: Catalogue) -> _Point:
    reported = _act_point(fact, names, words, lambda text: text)
    denied = _act_point(denial, names, words, lambda text: text)
    shown = words.say("brief.contested", act=reported.text)
    return _Point(text=shown, said=(*reported.said[: MOST_NOTES // 2], *denied.said[: MOST_NOTES // 2]))


def _same_act(fact: Fact, denial: Fact) -> bool:
    """Whether reports and denials speak of the same: type, both sides, and published within some days of each other."""
    return (
        fact.event.type == denial.event.type
        and _codes(fact.event) == _codes(denial.event)
        and None not in _codes(fact.event)
        and any(_near(one, other) for one in fact.said for other in denial.said)
    )


def _codes(event: Event) -> tuple[str | None, ...]:
    return (*(party.code for party in event.actors), "|", *(party.code for party in event.recipients))


def _near(one: Cited, other: Cited) -> bool:
    if not (one.article.published and other.article.published):
        return False
    apart = date.fromisoformat(one.article.published[:10]) - date.fromisoformat(other.article.published[:10])
    return abs(apart) <= timedelta(days=DENIED_WITHIN)


def _section(chapter: _Chapter, notes: Mapping[tuple[str, int, int], Note]) -> Section:
    return Section(
        heading=chapter.heading,
        lines=tuple(
            Line(text=point.text, notes=tuple(dict.fromkeys(notes[_place(*said)].number for said in point.said)))
            for point in chapter.points
        ),
        more=chapter.more,
    )


def _notes(points: Iterable[_Point]) -> dict[tuple[str, int, int], Note]:
    """The sentences of all points, numbered as they are met; a sentence used twice has one number."""
    notes: dict[tuple[str, int, int], Note] = {}
    for article, evidence in chain.from_iterable(point.said for point in points):
        key = _place(article, evidence)
        notes.setdefault(key, _note(len(notes) + 1, article, evidence))
    return notes


def _place(article: Article, evidence: Evidence) -> tuple[str, int, int]:
    return article.id, evidence.start, evidence.end


def _note(number: int, article: Article, evidence: Evidence) -> Note:
    return Note(
        number=number,
        article=article.id,
        source=article.source,
        published=article.published,
        start=evidence.start,
        end=evidence.end,
        sentence=evidence.text,
    )


def _note_text(note: Note, words: Catalogue) -> str:
    source, sentence = note.source or words.say("line.no_source"), note.sentence
    if not note.published:
        return words.say("line.note_undated", source=source, sentence=sentence)
    return words.say("line.note", source=source, day=words.day(note.published), sentence=sentence)


def _section_lines(section: Section, words: Catalogue) -> Iterator[str]:
    yield from ("", f"## {section.heading}", "")
    if not section.lines:
        yield words.say("brief.empty")
    for line in section.lines:
        yield f"- {escaped(line.text)} {' '.join(f'[^{number}]' for number in line.notes)}"
    if section.more:
        yield f"- {words.say('brief.more', count=section.more)}"


def _spanned(key: str, read: Sequence[Reading], words: Catalogue, **values: object) -> str:
    days = sorted(reading.article.published[:10] for reading in read if reading.article.published)
    first, last = (words.day(days[0]), words.day(days[-1])) if days else ("?", "?")
    return words.say(key, first=first, last=last, **values)


def _sources(read: Iterable[Reading]) -> frozenset[str]:
    return frozenset(reading.article.source or reading.article.id for reading in read)
