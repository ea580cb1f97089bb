"""An act in words: type, parties, place, days and amounts through the catalogue, never free text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from siaga.base.event import Event, Magnitude, Party
from siaga.report.catalogue import Catalogue
from siaga.report.facts import Cited, code_of, party_key, says_its_day

__all__ = ["act", "amount", "attributed", "days", "parties", "place_name", "plain_act", "when"]

MOST_NAMES = 4
"""Parties named on a side before the rest is counted."""
MOST_AMOUNTS = 3
"""Amounts shown with an act."""


def act(said: Sequence[Cited], names: Mapping[str, str], words: Catalogue) -> str:
    """What was done, by whom to whom, where, when and how much: `Attack by A on B in C, 1 May 2021`.

    `said` are mentions of one act, at least one. All is drawn from the first: pieces of several sentences would say
    together what none of them does.
    """
    place = _place(said, names, words)
    return words.say(
        "line.act",
        act=plain_act(said[0].event, names, words),
        place=words.say("line.place", place=place) if place else "",
        days=when(said, words),
        amounts=_amounts(said[0].event, words),
    )


def when(said: Sequence[Cited], words: Catalogue) -> str:
    """The days that the first sentence gives; if it gives none, the day of the first paper to tell it."""
    if says_its_day(said[0]):
        return days(said[0].event.earliest, said[0].event.latest, words)
    papers = {one.article.published[:10] for one in said if one.article.published}
    if not papers:
        return ""
    return words.say("line.reported" if len(papers) == 1 else "line.first_reported", day=words.day(min(papers)))


def attributed(line: str, said: Sequence[Cited], names: Mapping[str, str], words: Catalogue) -> str:
    """The line with whoever says or alleges it in the first mention, unless a mention tells it as a fact."""
    speakers = [_speaker(one, names, words) for one in said]
    return words.say("line.according", line=line, speakers=speakers[0]) if all(speakers) else line


def plain_act(event: Event, names: Mapping[str, str], words: Catalogue) -> str:
    """What was done, by whom to whom."""
    text = words.say(
        _form(event, words),
        noun=_noun(event, words),
        actors=parties(event.actors, names, words),
        recipients=parties(event.recipients, names, words),
    )
    return text[0].upper() + text[1:]


def place_name(said: Iterable[Event], names: Mapping[str, str]) -> str:
    """The first place told, countries by the name to show for them; empty where none is told."""
    place = next((event.place for event in said if event.place), None)
    if place is not None and place.precision == "country":
        return names.get(place.country or "", place.name)
    return place.name if place else ""


def parties(side: Iterable[Party], names: Mapping[str, str], words: Catalogue) -> str:
    """The parties of a side by name, each once."""
    named = list(dict.fromkeys(_name(party, names) for party in side))
    if len(named) <= MOST_NAMES:
        return words.listed(named)
    shown = words.messages["list.between"].join(named[: MOST_NAMES - 1])
    return words.say("list.more", rest=shown, count=len(named) - MOST_NAMES + 1)


def _speaker(one: Cited, names: Mapping[str, str], words: Catalogue) -> str:
    """Who says or alleges it: by our name if we know one, in quotation marks if the article names but an office."""
    speaker = one.event.speaker
    if speaker is None:
        return parties(one.accusers, names, words)
    if code := code_of(speaker):
        return names.get(code, speaker)
    return words.say("line.words", words=speaker) if speaker[:1].islower() else speaker


def days(earliest: str | None, latest: str | None, words: Catalogue) -> str:
    """When, as it follows an act: `, 1 May 2021`; empty where no day is told."""
    if earliest and latest:
        return _stretch(date.fromisoformat(earliest), date.fromisoformat(latest), words)
    if earliest:
        return words.say("line.from", first=words.day(earliest))
    return words.say("line.until", last=words.day(latest)) if latest else ""


def _stretch(first: date, last: date, words: Catalogue) -> str:
    """A day, a month, a year, else from when to when."""
    if first == last:
        return words.say("line.day", day=words.day(first.isoformat()))
    whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    if whole_months and (first.month, last.month) == (1, 12) and first.year == last.year:
        return words.say("line.day", day=first.year)
    if whole_months and (first.year, first.month) == (last.year, last.month):
        return words.say("line.day", day=words.month(first.isoformat()))
    return words.say("line.span", first=words.day(first.isoformat()), last=words.day(last.isoformat()))


def amount(magnitude: Magnitude, words: Catalogue) -> str:
    """A number with its unit: `at least 10,000 troops`; in the article's own words where we have none for the unit."""
    unit = magnitude.unit.removeprefix("money:")
    if unit == magnitude.unit:
        if not words.has(f"unit.{unit}"):
            return words.say("amount.verbatim", text=magnitude.text)
        unit = words.say(f"unit.{unit}")
    low, high = magnitude.minimum, magnitude.maximum
    number, maximum = words.number(low), words.number(high or 0)
    if high is None:
        return words.say("amount.least", number=number, unit=unit)
    if low == high:
        return words.say("amount.exact", number=number, unit=unit)
    if low == 0:
        return words.say("amount.most", number=maximum, unit=unit)
    return words.say("amount.range", number=number, maximum=maximum, unit=unit)


def _place(said: Sequence[Cited], names: Mapping[str, str], words: Catalogue) -> str:
    """The place, as an article of the language writes it if there is one; none if it is but the country of a party."""
    event = said[0].event
    if event.place is None:
        return ""
    if event.place.precision == "country" and event.place.country in {p.code for p in event.recipients or event.actors}:
        return ""
    own = (one.event for one in said if one.article.language == words.language and _same_spot(one.event, event))
    name = place_name([next(own, event)], names)
    return words.say("line.words", words=name) if name[:1].islower() else name


def _same_spot(one: Event, other: Event) -> bool:
    if one.place is None or other.place is None or one.place.latitude is None:
        return False
    return (one.place.latitude, one.place.longitude) == (other.place.latitude, other.place.longitude)


def _noun(event: Event, words: Catalogue) -> str:
    """The act by its mode, if it has one: `air strike`, else `attack`."""
    mode = f"noun.{event.type}.{event.mode}"
    return words.say(mode if words.has(mode) else f"noun.{event.type}.default")


def _form(event: Event, words: Catalogue) -> str:
    """The message for the sides that are named; a mode may have its own ("visit to")."""
    own = f"act.{event.type}.{event.mode}.{_sides(event)}"
    return own if words.has(own) else f"act.{event.type}.{_sides(event)}"


def _sides(event: Event) -> str:
    """Which sides are named, and whether they are the same."""
    actors = {party_key(party) for party in event.actors}
    recipients = {party_key(party) for party in event.recipients}
    if actors and actors == recipients:
        return "within" if len(actors) == 1 else "between"
    if actors and recipients:
        return "both"
    if actors:
        return "actors"
    return "recipients" if recipients else "none"


def _name(party: Party, names: Mapping[str, str]) -> str:
    return names.get(party.code or "") or party.name or party.text


def _amounts(event: Event, words: Catalogue) -> str:
    told = dict.fromkeys(amount(magnitude, words) for magnitude in event.magnitude)
    if not told:
        return ""
    return words.say("line.amounts", amounts="; ".join(list(told)[:MOST_AMOUNTS]))
