"""A page of facts of one country or body, told to people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from siaga.extract.actor_tables import load_actors
from siaga.monitor.actor import ActorFacts, ActorSeries, Partner, Term
from siaga.report.catalogue import Catalogue
from siaga.report.facts import known_names
from siaga.report.timeline import sparkline
from siaga.report.warning import ToldCard, ToldLine, ToldSection
from siaga.report.wording import plain_act

__all__ = ["told_actor"]

MOST_TYPES = 4
"""Types named of two sides."""
WEEK = 7


def told_actor(facts: ActorFacts, words: Catalogue) -> ToldCard:
    """The page in words, in the shape of a warning: sections, and sentences as notes."""
    names = known_names(words.language)
    name = names.get(facts.code, facts.code)
    parts = {
        "offices": tuple(_term(one, words) for one in facts.terms),
        "partners": tuple(_partner(one, names, words) for one in facts.partners),
        "series": tuple(_series(one, words) for one in facts.series),
        "sentences": tuple(_sentences(facts, names, words)),
    }
    return ToldCard(
        language=words.language,
        level="unknown",
        headline=words.say("actor.title", name=name, code=facts.code, day=words.day(facts.as_of)),
        why=(),
        sections=tuple(
            ToldSection(key=key, heading=words.say(f"actor.{key}", days=facts.days), lines=lines or _none(key, words))
            for key, lines in parts.items()
        ),
        notes=facts.notes,
    )


def _none(key: str, words: Catalogue) -> tuple[ToldLine, ...]:
    return (ToldLine(text=words.say("actor.no_offices" if key == "offices" else "actor.nothing")),)


def _term(one: Term, words: Catalogue) -> ToldLine:
    office = load_actors(words.language).offices.get(one.office, one.office)
    key = "actor.office_of" if one.organisation else "actor.office"
    since = words.day(one.since) if one.since else words.say("actor.office_since")
    until = words.day(one.until) if one.until else words.say("actor.office_until")
    told = {"name": one.name, "office": office, "organisation": one.organisation, "since": since, "until": until}
    return ToldLine(text=words.say(key, **told))


def _partner(one: Partner, names: Mapping[str, str], words: Catalogue) -> ToldLine:
    types = [
        words.say(
            "actor.partner_type",
            type=words.say(f"type.{told.type}"),
            status=words.say(f"status.{told.status}"),
            count=told.events,
        )
        for told in one.types[:MOST_TYPES]
    ]
    sides = {"actor": names.get(one.actor, one.actor), "recipient": names.get(one.recipient, one.recipient)}
    return ToldLine(text=words.say("actor.partner", events=one.events, types=", ".join(types), **sides))


def _series(one: ActorSeries, words: Catalogue) -> ToldLine:
    last = date.fromisoformat(one.first) + timedelta(days=WEEK * len(one.counts) - 1)
    text = words.say(
        "actor.drawn",
        name=words.say(f"warn.series_{one.name}"),
        drawn=sparkline(one.counts),
        first=words.day(one.first),
        last=words.day(last.isoformat()),
        total=sum(one.counts),
        most=max(one.counts, default=0),
    )
    return ToldLine(text=text)


def _sentences(facts: ActorFacts, names: Mapping[str, str], words: Catalogue) -> Iterator[ToldLine]:
    for event, note in zip(facts.events, facts.notes, strict=True):
        act = plain_act(event, names, words)
        key = f"as.{event.status}"
        yield ToldLine(text=words.say(key, act=act) if words.has(key) else act, notes=(note.number,))
