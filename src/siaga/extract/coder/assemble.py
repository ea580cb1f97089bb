"""A decision written down: place, days, magnitude, speaker and evidence of an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from siaga.base.document import PlaceMention
from siaga.base.event import Event, Evidence, Magnitude, Party, Place, Precision
from siaga.base.ids import content_id
from siaga.base.pack import asset, read_rows
from siaga.base.record import Record
from siaga.extract.coder.confidence import Certainty, confidence, load_confidence
from siaga.extract.coder.decide import Choice, Decision
from siaga.extract.coder.kinds import types_in

__all__ = ["assemble", "certainty_of", "reported"]

LEAST_CONFIDENCE = 0.15
"""An event less likely right as a whole is not reported, unless its trigger is sure: hardly one in ten of such is
right, and all would be read."""
SURE = 0.6
"""Probability of a trigger from which its event is reported, whoever does it to whom."""

FINEST_FIRST: tuple[Precision, ...] = ("site", "city", "region", "sea", "country")
PLACE_REACH = 5
"""Tokens before a place in which a word of place may stand ("di ibu kota Latvia", "in the northern city of Homs")."""
CHAIN_GAP = 2
"""Tokens between places named in one breath ("Latvia, Riga")."""


class UnitRow(Record):
    """A unit of magnitude that says something of events of this type (`*`: of any)."""

    type: str
    unit: str


def reported(decisions: Iterable[Decision]) -> Iterator[Event]:
    """The events that are likely enough right as a whole, or whose trigger is sure."""
    for decision in decisions:
        event = assemble(decision)
        if event.confidence >= LEAST_CONFIDENCE or decision.probability >= SURE:
            yield event


def assemble(decision: Decision) -> Event:
    """The event record of a decision."""
    view, rule = decision.view, decision.candidate.trigger.rule
    document, sentence = view.document, view.sentence
    evidence = Evidence(
        start=sentence.start, end=sentence.end, text=document.article.text[sentence.start : sentence.end]
    )
    trigger = _text(decision, decision.candidate.first, decision.candidate.last)
    quote = view.quote_at(decision.candidate.first)
    when, mention = decision.days, decision.days.mention
    return Event(
        id=content_id(
            "event", document.article.id, sentence.start, rule.type, decision.candidate.first - sentence.first
        ),
        type=rule.type,
        mode=rule.mode,
        contexts=rule.contexts,
        cameo=rule.cameo,
        status=decision.status,
        trigger=trigger,
        actors=_parties(decision, decision.actors),
        recipients=_parties(decision, decision.recipients),
        place=_place(decision),
        earliest=when.earliest,
        latest=when.latest,
        when_text=document.article.text[mention.start : mention.end] if mention else None,
        magnitude=_magnitudes(decision),
        speaker=(quote.speaker or quote.speaker_text) if quote else None,
        medium=quote.medium if quote else None,
        evidence=evidence,
        confidence=round(_confidence(decision), 3),
        rule=f"{view.language}/{rule.id}",
    )


def _text(decision: Decision, first: int, last: int) -> str:
    tokens = decision.view.document.tokens
    return decision.view.document.article.text[tokens.starts[first] : tokens.ends[last - 1]]


def _parties(decision: Decision, choices: tuple[Choice, ...]) -> tuple[Party, ...]:
    return tuple(_party(decision, choice) for choice in choices)


def _party(decision: Decision, choice: Choice) -> Party:
    """The party as its mention has it; one that the context offers, as the article names it first."""
    document, code = decision.view.document, choice.side.code
    mention = choice.side.mention or next((m for m in document.mentions if m.code == code), None)
    if mention is None:
        return Party(code=code, name=code, sector=None, text="")
    return Party(
        code=code, name=mention.name, sector=mention.sector, text=document.article.text[mention.start : mention.end]
    )


def _place(decision: Decision) -> Place | None:
    """The place that the sentence locates something at, nearest to the trigger; else the recipient's country."""
    chains = _located(decision)
    if not chains:
        return _at_the_recipient(decision)
    trigger = decision.candidate.first
    nearest = min(chains, key=lambda chain: min(abs(place.first - trigger) for place in chain))
    finest = min(nearest, key=lambda place: FINEST_FIRST.index(place.precision))
    return Place(
        name=finest.name,
        country=finest.country,
        latitude=finest.latitude,
        longitude=finest.longitude,
        precision=finest.precision,
    )


def _located(decision: Decision) -> list[list[PlaceMention]]:
    """The places of the sentence that stand after a word of place, each with those that follow in one breath."""
    view = decision.view
    chains: list[list[PlaceMention]] = []
    last = -CHAIN_GAP
    for place in view.places:
        if chains and last == chains[-1][-1].last and place.first - last <= CHAIN_GAP:
            chains[-1].append(place)
        elif any(view.role(token) == "in" for token in range(place.first - PLACE_REACH, place.first)):
            chains.append([place])
        last = place.last
    return chains


def _at_the_recipient(decision: Decision) -> Place | None:
    """The country of the one it is done to, for acts that happen where they are."""
    if decision.candidate.trigger.rule.type not in types_in("where"):
        return None
    countries = _countries(decision.view.language)
    row = next((countries[c.side.code] for c in decision.recipients if c.side.code in countries), None)
    if row is None:
        return None
    return Place(name=row.name, country=row.code, latitude=row.latitude, longitude=row.longitude, precision="country")


def _magnitudes(decision: Decision) -> tuple[Magnitude, ...]:
    """The numbers of the sentence whose unit fits the type."""
    sentence, units = decision.view.sentence, _units()
    kind = decision.candidate.trigger.rule.type
    here = (m for m in decision.view.document.magnitudes if sentence.start <= m.start < sentence.end)
    return tuple(
        m.value for m in here if {(kind, m.value.unit), (kind, m.value.unit.split(":")[0]), (kind, "*")} & units
    )


class CountryRow(Record):
    """A country's name in a language and its middle, in degrees."""

    code: str
    language: str
    name: str
    latitude: float
    longitude: float


@cache
def _countries(language: str) -> dict[str, CountryRow]:
    rows = read_rows(asset("places", "countries.csv"), CountryRow)
    return {row.code: row for row in rows if row.language == language}


@cache
def _units() -> frozenset[tuple[str, str]]:
    return frozenset((row.type, row.unit) for row in read_rows(asset("ontology", "units.csv"), UnitRow))


def _confidence(decision: Decision) -> float:
    """Probability that type, status and both sides are right."""
    return confidence(certainty_of(decision), load_confidence())


def certainty_of(decision: Decision) -> Certainty:
    """How probable each part of a decision is."""
    actors, recipients = ([one.probability for one in side] for side in (decision.actors, decision.recipients))
    return Certainty(decision.probability, decision.status_probability, actors, recipients)
