"""The hits and misses of each pack's event rules, read by the whole reader."""

from __future__ import annotations

from collections import Counter

import pytest

from siaga.base.article import Article
from siaga.base.event import Event
from siaga.base.pack import languages
from siaga.extract.coder.triggers import EventRule, Hit, event_rules
from siaga.flow import annotate

RULES = [(code, rule) for code in languages() for rule in event_rules(code).values()]
GAPS: dict[str, str] = {}
"""Hits that aren't read yet; the test fails when one is."""
HITS = [
    pytest.param(
        code, rule, hit, id=f"{code}/{rule.id}-{hit.text[:40]}",
        marks=[pytest.mark.xfail(reason=GAPS[hit.text], strict=True)] if hit.text in GAPS else [],
    )
    for code, rule in RULES
    for hit in rule.hits
]  # fmt: skip
MISSES = [(code, rule, miss) for code, rule in RULES for miss in rule.misses]


def events_in(text: str, language: str) -> tuple[Event, ...]:
    return annotate(Article(id="case", language=language, published="2021-12-01", text=text)).events


def codes(event: Event, side: str) -> set[str | None]:
    return {party.code for party in getattr(event, side)}


def fits(event: Event, rule: EventRule, hit: Hit) -> bool:
    """Whether an event is what the hit asks for."""
    sides = {"actors": hit.actors, "recipients": hit.recipients}
    parties = all(wanted is None or set(wanted) <= codes(event, side) for side, wanted in sides.items())
    return event.type == rule.type and parties and hit.status in {None, event.status}


@pytest.mark.parametrize(("code", "rule", "hit"), HITS)
def test_a_hit_is_read(code: str, rule: EventRule, hit: Hit) -> None:
    events = events_in(hit.text, code)
    assert any(fits(event, rule, hit) for event in events), events


@pytest.mark.parametrize(
    ("code", "rule", "miss"), MISSES, ids=[f"{c}/{rule.id}-{miss[:40]}" for c, rule, miss in MISSES]
)
def test_a_miss_is_not(code: str, rule: EventRule, miss: str) -> None:
    assert rule.type not in {event.type for event in events_in(miss, code)}


@pytest.mark.parametrize("code", languages())
def test_every_type_has_rules_with_hits_and_misses(code: str) -> None:
    types = Counter(rule.type for rule in event_rules(code).values())
    assert len(types) == 16
    assert all(rule.hits and rule.misses for rule in event_rules(code).values())
