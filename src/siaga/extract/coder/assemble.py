"""A decision written down: place, days, magnitude, speaker and evidence of an event."""

from __future__ import annotations

from functools import cache

from siaga.base.document import DateMention, PlaceMention
from siaga.base.event import Event, Evidence, Magnitude, Party, Place
from siaga.base.ids import content_id
from siaga.base.pack import asset, read_rows
from siaga.base.record import Record
from siaga.extract.coder.decide import Choice, Decision

__all__ = ["assemble"]

CARRIED_SENTENCES = 2
"""How many sentences back the day of an event may stand."""


class UnitRow(Record):
    """A unit of magnitude that says something of events of this type (`*`: of any)."""

    type: str
    unit: str


def assemble(decision: Decision) -> Event:
    """The event record of a decision."""
    view, rule = decision.view, decision.candidate.trigger.rule
    document, sentence = view.document, view.sentence
    evidence = Evidence(
        start=sentence.start, end=sentence.end, text=document.article.text[sentence.start : sentence.end]
    )
    trigger = _text(decision, decision.candidate.first, decision.candidate.last)
    quote = view.quote_at(decision.candidate.first)
    date = _date(decision)
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
        earliest=date.earliest if date else None,
        latest=date.latest if date else None,
        when_text=document.article.text[date.start : date.end] if date else None,
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
    """The place named nearest to the trigger in its sentence."""
    sentence, candidate = decision.view.sentence, decision.candidate
    named = [place for place in decision.view.document.places if sentence.start <= place.start < sentence.end]
    if not named:
        return None
    nearest = min(named, key=lambda place: (_is_party(decision, place), abs(place.first - candidate.first)))
    return Place(
        name=nearest.name,
        country=nearest.country,
        latitude=nearest.latitude,
        longitude=nearest.longitude,
        precision=nearest.precision,
    )


def _is_party(decision: Decision, place: PlaceMention) -> bool:
    """Whether the same words name somebody who takes part rather than where."""
    mentions = (choice.side.mention for choice in (*decision.actors, *decision.recipients))
    return any(mention is not None and mention.first <= place.first < mention.last for mention in mentions)


def _date(decision: Decision) -> DateMention | None:
    """The day named nearest to the trigger in its sentence, else the last one named just before it."""
    view = decision.view
    dated = [date for date in view.document.dates if date.earliest or date.latest]
    here = [date for date in dated if view.sentence.start <= date.start < view.sentence.end]
    if here:
        return min(here, key=lambda date: abs(date.first - decision.candidate.first))
    back = view.document.sentences[max(0, view.number - CARRIED_SENTENCES)].start
    return next((date for date in reversed(dated) if back <= date.start < view.sentence.start), None)


def _magnitudes(decision: Decision) -> tuple[Magnitude, ...]:
    """The numbers of the sentence whose unit fits the type."""
    sentence, units = decision.view.sentence, _units()
    kind = decision.candidate.trigger.rule.type
    here = (m for m in decision.view.document.magnitudes if sentence.start <= m.start < sentence.end)
    return tuple(
        m.value for m in here if {(kind, m.value.unit), (kind, m.value.unit.split(":")[0]), (kind, "*")} & units
    )


@cache
def _units() -> frozenset[tuple[str, str]]:
    return frozenset((row.type, row.unit) for row in read_rows(asset("ontology", "units.csv"), UnitRow))


def _confidence(decision: Decision) -> float:
    """Probability that type, status and parties are all right, each taken as if it stood alone."""
    parties = [side[0].probability for side in (decision.actors, decision.recipients) if side]
    confidence = decision.probability * decision.status_probability
    for probability in parties:
        confidence *= probability**0.5
    return confidence
