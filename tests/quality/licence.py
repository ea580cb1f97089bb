"""Whether sentences license what a line of a brief says: judged from records and catalogue, not by the brief's code.

What is left of a line without names, places, days, numbers and quoted words that its notes license must be words of
the catalogue; what the catalogue's words say (act, status) must be coded in one of its sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Event, Forecast, Party, Quote
from siaga.report.catalogue import catalogue
from siaga.report.facts import code_of, known_names

NOTE = re.compile(r"^\[\^(?P<number>\d+)\]: (?P<said>.*) `(?P<article>[^`:]+):(?P<start>\d+)-(?P<end>\d+)`(?: <\S+>)?$")
LINE = re.compile(r"^- (?P<text>.*?)(?: – `(?P<query>[^`]*)`)?(?P<marks>(?: \[\^\d+\])+)$")
QUOTED = re.compile(r"“(?P<words>[^”]*)”")
FRAME = ("act.", "noun.", "line.", "as.", "change.", "brief.", "status.", "list.", "unit.", "amount.")
MOST_NOTED = 4
"""Notes of a line, at the most."""
STATUSES = ("happened", "planned", "considered", "possible", "denied")


@dataclass(frozen=True)
class Written:
    """A line of the Markdown."""

    section: str
    text: str
    query: str | None
    notes: tuple[int, ...]


@dataclass(frozen=True)
class Said:
    """A stretch of an article that a note points to, with all that is coded in it."""

    article: Article
    start: int
    end: int
    events: tuple[Event, ...]
    quotes: tuple[Quote, ...]
    forecasts: tuple[Forecast, ...]

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]


def lines(markdown: str, language: str) -> list[Written]:
    """The lines that say something, with the key of their section."""
    words = catalogue(language)
    keys = {message: key.removeprefix("brief.") for key, message in words.messages.items() if key.startswith("brief.")}
    found, section = [], ""
    for line in markdown.splitlines():
        if line.startswith("## "):
            section = keys[line.removeprefix("## ")]
        elif match := LINE.match(line):
            notes = tuple(map(int, re.findall(r"\d+", match["marks"])))
            found.append(Written(section, unescaped(match["text"]), match["query"], notes))
        elif line.startswith("- "):
            assert re.fullmatch(re.escape(words.messages["brief.more"]).replace(r"\{count\}", r"\d+"), line[2:]), line
    return found


def notes(markdown: str, read: Mapping[str, Reading]) -> dict[int, Said]:
    """Each footnote walked to its article; its outlet, day and sentence are those of the record."""
    return {int(match["number"]): _walked(match, read) for match in map(NOTE.match, markdown.splitlines()) if match}


def _walked(match: re.Match[str], read: Mapping[str, Reading]) -> Said:
    reading, start, end = read[match["article"]], int(match["start"]), int(match["end"])
    article, said = reading.article, unescaped(match["said"])
    head, _, sentence = said.partition(": “")
    assert sentence == " ".join(article.text[start:end].split()) + "”"
    assert any(_full_day(article, language) == head for language in ("en", "id")), head
    return Said(
        article,
        start,
        end,
        tuple(one for one in reading.events if start <= one.evidence.start and one.evidence.end <= end),
        tuple(one for one in reading.quotes if start <= one.start and one.end <= end),
        tuple(one for one in reading.forecasts if start <= one.evidence.start and one.evidence.end <= end),
    )


def _full_day(article: Article, language: str) -> str:
    return f"{article.source}, {catalogue(language).day(article.published or '')}"


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def faults(line: Written, said: Sequence[Said], language: str, spoken: Mapping[str, set[str]]) -> list[str]:
    """What the line says that none of its sentences does.

    Args:
        line: of the brief.
        said: its notes.
        language: of the brief.
        spoken: code -> the names that any stored article gives it.

    """
    rest, found = _without_quoted(line, said)
    rest = _without_names(rest, _names(said, language, spoken))
    rest, strange_days = _without_days(rest, said, language)
    rest, strange_numbers = _without_numbers(rest, line, said, language)
    strange = [word for word in re.findall(r"\w[\w'’-]*", rest) if word.casefold() not in vocabulary(language)]
    return [*found, *strange_days, *strange_numbers, *strange, *_status_faults(line, said, language),
            *_act_faults(line, said, language)]  # fmt: skip


def _without_quoted(line: Written, said: Sequence[Said]) -> tuple[str, list[str]]:
    texts = [" ".join(one.text.split()) for one in said]
    speakers = {one.speaker for each in said for one in each.events}
    speakers |= {one.place.name for each in said for one in each.events if one.place}
    catalogued = {"Baru", "New"}
    strange = [
        words
        for words in QUOTED.findall(line.text)
        if words not in catalogued | speakers and not any(words in text for text in texts)
    ]
    return QUOTED.sub("", line.text), [f"not quoted from any sentence: {words}" for words in strange]


def _names(said: Iterable[Said], language: str, spoken: Mapping[str, set[str]]) -> set[str]:
    names: set[str | None] = set()
    for one in said:
        for event in one.events:
            names |= set(_event_names(event, language, spoken))
        for quote in one.quotes:
            names |= {quote.speaker, quote.speaker_text, quote.office, quote.organisation, quote.medium}
        names |= {forecast.speaker for forecast in one.forecasts}
    return {name for name in names if name}


def _event_names(event: Event, language: str, spoken: Mapping[str, set[str]]) -> Iterator[str | None]:
    for party in (*event.actors, *event.recipients):
        yield from _party_names(party, language, spoken)
    yield event.speaker
    if event.speaker and (code := code_of(event.speaker)):
        yield known_names(language).get(code)
    if event.place:
        yield event.place.name
        yield known_names(language).get(event.place.country or "") if event.place.precision == "country" else None


def _party_names(party: Party, language: str, spoken: Mapping[str, set[str]]) -> Iterator[str | None]:
    if party.code is None:
        yield from (party.name, party.text)
    elif party.code in known_names(language):
        yield known_names(language)[party.code]
    else:
        yield from spoken[party.code]


def _without_names(text: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return text


def _without_days(text: str, said: Iterable[Said], language: str) -> tuple[str, list[str]]:
    months = "|".join(catalogue(language).messages[f"day.{month:02d}"] for month in range(1, 13))
    told = set(_days(said, language))
    days = re.compile(rf"(?:(?:\d{{1,2}} )?(?:{months}) \d{{4}})|(?<=, )\d{{4}}(?![\d.,]*\d)")
    return days.sub("", text), [f"no such day: {day}" for day in days.findall(text) if day not in told]


def _days(said: Iterable[Said], language: str) -> Iterator[str]:
    words = catalogue(language)
    for one in said:
        bounds = [bound for event in one.events for bound in (event.earliest, event.latest)]
        bounds += [bound for each in one.forecasts for bound in (each.window_earliest, each.window_latest)]
        for day in filter(None, (*bounds, one.article.published)):
            yield from (words.day(day), words.month(day), day[:4])


def _without_numbers(text: str, line: Written, said: Sequence[Said], language: str) -> tuple[str, list[str]]:
    words = catalogue(language)
    bounds = [
        bound
        for one in said
        for event in one.events
        for amount in event.magnitude
        for bound in (amount.minimum, amount.maximum)
        if bound is not None
    ]
    told = {words.number(bound) for bound in bounds} | {str(count) for count in range(2, 1 + _sources(said))}
    numbers = re.compile(r"\d(?:[\d.,]*\d)?")
    strange = [] if line.query else [number for number in numbers.findall(text) if number not in told]
    if _sources(said) >= MOST_NOTED:  # there may be more sources than notes: their number is checked by ids
        strange = [number for number in strange if number == "1"]
    return numbers.sub("", text), [f"no such number: {number}" for number in strange]


def _sources(said: Iterable[Said]) -> int:
    return len({one.article.source or one.article.id for one in said})


def _status_faults(line: Written, said: Iterable[Said], language: str) -> list[str]:
    """A line tells of a status that an event of its act has in its sentences."""
    claimed = line.section if line.section in STATUSES else _framed_status(line.text, language)
    named = _named_nouns(line.text, language)
    there = {event.status for one in said for event in one.events if not named or _noun(event, language) in named}
    if line.section in {"quotes", "forecasts"} or line.query or claimed is None or claimed in there:
        return []
    return [f"no sentence is coded as {claimed}"]


def _framed_status(text: str, language: str) -> str | None:
    messages = catalogue(language).messages
    for status in STATUSES:
        starts = (messages.get(f"{key}{status}", "").split("{")[0] for key in ("as.", "change.new_"))
        if any(start and text.startswith(start) for start in starts):
            return status
    others = [messages[f"change.{key}"].split("{")[0] for key in ("forecast", "turned", "silent", "busier", "quieter")]
    others += [messages[f"brief.{key}"].split("{")[0] for key in ("undated",)]
    return None if any(text.startswith(start) for start in others) else "happened"


def _act_faults(line: Written, said: Sequence[Said], language: str) -> list[str]:
    """A line names the act by the noun of an event in its sentences, and each of them has an event of its type."""
    if line.section == "quotes" or line.query:
        return []
    named = _named_nouns(line.text, language)
    told = {event for one in said for event in one.events if _noun(event, language) in named}
    types = {event.type for event in told}
    idle = [one.text for one in said if types.isdisjoint(event.type for event in one.events)]
    return [f"no sentence is coded as {named}"] * (not told) + [f"nothing of the line in: {text}" for text in idle]


def _named_nouns(text: str, language: str) -> list[str]:
    """The acts that a line names, each in its longest form."""
    messages, rest = catalogue(language).messages, QUOTED.sub("", text).casefold()
    every = {message for key, message in messages.items() if key.startswith("noun.")}
    named = [noun for noun in every if re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", rest)]
    return [noun for noun in named if not any(noun != other and noun in other for other in named)]


def _noun(event: Event, language: str) -> str:
    messages = catalogue(language).messages
    return messages.get(f"noun.{event.type}.{event.mode}", messages[f"noun.{event.type}.default"])


@cache
def vocabulary(language: str) -> frozenset[str]:
    """The words of the catalogue that lines are made of."""
    messages = catalogue(language).messages
    framing = (re.sub(r"\{\w+\}", " ", message) for key, message in messages.items() if key.startswith(FRAME))
    return frozenset(word.casefold() for message in framing for word in re.findall(r"\w[\w'’-]*", message))


def spoken_names(read: Iterable[Reading]) -> dict[str, set[str]]:
    """Code -> the names that any article gives it."""
    found: dict[str, set[str]] = {}
    for reading in read:
        for event in reading.events:
            for party in (*event.actors, *event.recipients):
                found.setdefault(party.code or "", set()).add(party.name or party.text)
    return found
