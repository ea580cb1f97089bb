"""What is not known: what is both reported and denied, who did it, when it may come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from siaga.base.event import Event, EventType
from siaga.report.facts import GRAVE, Fact, is_concrete, party_key, places_agree, says_its_day
from siaga.report.points import MOST_NOTES, Point, Tongue, act_point, evidence_of, ids_of, noted

__all__ = ["unknown_points"]

DENIED_WITHIN = 3
"""Days between the publication of a report and that of a denial of it, at most: later ones are of something else."""
VIOLENT: frozenset[EventType] = frozenset({"ASSAULT", "COERCE"})
"""Types of which a reader asks who did it."""
CONTESTED: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "SANCTION", "AID", "AGREE"})
"""Types of which a reader asks whether they took place; who denies a demand or a criticism denies having said so."""


def unknown_points(told: Sequence[Fact], tongue: Tongue) -> Iterator[Point]:
    """Each question with the sentences that raise it."""
    yield from _contested(told, tongue)
    for fact in told:
        if _lacks_actor(fact, told):
            yield act_point(fact, tongue, "brief.unnamed")
    for fact in told:
        if _lacks_date(fact, told):
            yield act_point(fact, tongue, "brief.undated")


def _contested(told: Sequence[Fact], tongue: Tongue) -> Iterator[Point]:
    """Acts that one sentence reports and another denies, with both; a denial is of the act told of last before it."""
    for denial in told:
        if denial.event.type in CONTESTED and denial.event.status == "denied":
            denied = [fact for fact in told if fact.event.status == "happened" and _is_denied_by(fact, denial)]
            if denied:
                yield _contested_point(min(denied, key=lambda fact: _days_between(fact, denial)), denial, tongue)


def _contested_point(fact: Fact, denial: Fact, tongue: Tongue) -> Point:
    reported, denied = noted(fact)[: MOST_NOTES // 2], noted(denial)[: MOST_NOTES // 2]
    text = act_point(fact, tongue, "brief.contested").text
    return Point(text=text, said=evidence_of([*reported, *denied]), events=ids_of([*fact.said, *denial.said]))


def _is_denied_by(fact: Fact, denial: Fact) -> bool:
    """Whether reports and denials speak of the same: type, both sides, place, and published within some days."""
    one, other = fact.event, denial.event
    return (
        one.type == other.type
        and places_agree(one.place, other.place)
        and _codes(one) == _codes(other)
        and None not in _codes(one)
        and _sentences(fact).isdisjoint(_sentences(denial))
        and _days_between(fact, denial) <= DENIED_WITHIN
    )


def _lacks_actor(fact: Fact, told: Iterable[Fact]) -> bool:
    """Whether an act of violence, plain enough to be one, has no actor, and none is told for the like of it."""
    event = fact.event
    if event.type not in VIOLENT or event.status != "happened" or event.actors or not is_concrete(event):
        return False
    return not any(
        other.event.type == event.type and other.event.actors and _recipients(other.event) == _recipients(event)
        and other.first_day == fact.first_day
        for other in told
        if other.event.status == "happened"
    )  # fmt: skip


def _lacks_date(fact: Fact, told: Iterable[Fact]) -> bool:
    """Whether a deed of force or posture is feared between two sides, and nobody says for when."""
    event = fact.event
    if event.type not in GRAVE or event.status != "possible" or not (event.actors and event.recipients):
        return False
    same = [one for other in told if _same_prospect(other.event, event) for one in other.said]
    return not any(says_its_day(one) for one in same)


def _same_prospect(one: Event, other: Event) -> bool:
    return one.status == other.status and one.type == other.type and _codes(one) == _codes(other)


def _codes(event: Event) -> tuple[str | None, ...]:
    return (*(party.code for party in event.actors), "|", *(party.code for party in event.recipients))


def _recipients(event: Event) -> frozenset[str]:
    return frozenset(party_key(party) for party in event.recipients)


def _sentences(fact: Fact) -> frozenset[str]:
    return frozenset(one.event.evidence.text for one in fact.said)


def _days_between(fact: Fact, denial: Fact) -> int:
    """Days from a report to the first denial after it; many where there is none after it."""
    days = [(word - report).days for report in _published(fact) for word in _published(denial) if report <= word]
    return min(days, default=DENIED_WITHIN + 1)


def _published(fact: Fact) -> list[date]:
    return [date.fromisoformat(one.article.published[:10]) for one in fact.said if one.article.published]
