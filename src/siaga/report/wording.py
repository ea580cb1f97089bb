"""An act in words: type, parties, place, days and amounts through the catalogue, never free text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from siaga.base.event import Event, Magnitude, Party
from siaga.report.catalogue import Catalogue
from siaga.report.facts import party_key

__all__ = ["act", "amount", "days", "parties", "place_name", "plain_act"]

MOST_NAMES = 4
"""Parties named on a side before the rest is counted."""
MOST_AMOUNTS = 3
"""Amounts shown with an act: articles may differ."""


def act(said: Sequence[Event], names: Mapping[str, str], words: Catalogue) -> str:
    """What was done, by whom to whom, where, when and how much: `Attack by A on B in C, 1 May 2021`.

    `said` are mentions of one act, at least one, of which the first leads; only they are drawn on.
    """
    event, place = said[0], place_name(said, names)
    return words.say(
        "line.act",
        act=plain_act(event, names, words),
        place=words.say("line.place", place=place) if place else "",
        days=days(event.earliest, event.latest, words),
        amounts=_amounts(said, words),
    )


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


def days(earliest: str | None, latest: str | None, words: Catalogue) -> str:
    """When, as it follows an act: `, 1 May 2021`; empty where no day is told."""
    if earliest and latest:
        if earliest == latest:
            return words.say("line.day", day=words.day(earliest))
        return words.say("line.span", first=words.day(earliest), last=words.day(latest))
    if earliest:
        return words.say("line.from", first=words.day(earliest))
    return words.say("line.until", last=words.day(latest)) if latest else ""


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


def _amounts(said: Iterable[Event], words: Catalogue) -> str:
    told = dict.fromkeys(amount(magnitude, words) for event in said for magnitude in event.magnitude)
    if not told:
        return ""
    return words.say("line.amounts", amounts="; ".join(list(told)[:MOST_AMOUNTS]))
