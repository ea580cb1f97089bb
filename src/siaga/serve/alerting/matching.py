"""What a trigger finds in a workspace within days: the same for what is fired now and for what would have been."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from siaga.base.alert import Match, Rule, Trigger
from siaga.base.claim import Standing
from siaga.base.errors import PanelError
from siaga.base.record import Record
from siaga.base.warning import UnitKind
from siaga.base.window import Window
from siaga.monitor.alerting import grouped, stretches, told, unusual_days
from siaga.monitor.episodes import Rule as EpisodeRule
from siaga.monitor.episodes import courses
from siaga.monitor.ledger import ledger_series, standings
from siaga.monitor.rule import warning_rule
from siaga.monitor.series import load_all, series_of
from siaga.monitor.warning import past_of, scene
from siaga.store.alerts import search_matches, silence_matches
from siaga.store.connection import Connection
from siaga.store.database import reading_from
from siaga.store.known import knowing
from siaga.store.search import plain_words
from siaga.store.series import Kind
from siaga.store.watchlists import load_watch_list
from siaga.store.workspace import Workspace

__all__ = ["Units", "due_of", "matches", "would_have_fired"]

KINDS: tuple[UnitKind, ...] = ("pair", "country")
SERIES: dict[UnitKind, Kind] = {"pair": "undirected", "country": "country"}
"""How series name the same units."""


class Units(Record):
    """Whom a trigger is about, by kind; none of both: anything that was told of."""

    pairs: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    def of(self, kind: UnitKind) -> tuple[str, ...]:
        """The names of a kind."""
        return self.pairs if kind == "pair" else self.countries

    @property
    def named(self) -> bool:
        """Whether any is."""
        return bool(self.pairs or self.countries)


def matches(workspace: Workspace, trigger: Trigger, days: Window, after: int = 0) -> tuple[Match, ...]:
    """What a trigger finds on each of these days, in order of day.

    Args:
        workspace: to read from.
        trigger: what is looked for.
        days: inclusive; those of publication.
        after: of a search, the number of the last article that was looked at.

    Raises:
        GivenError: its watch list can't be read.
        StoreError: the workspace can't.

    """
    with reading_from(workspace) as connection:
        if trigger.when == "search":
            found = search_matches(connection, plain_words(trigger.words or ""), (days.since, days.until), after)
            return grouped(found)
        if trigger.when == "silence":
            return tuple(silence_matches(connection, trigger.source, (days.since, days.until)))
        if trigger.when == "claim":
            return tuple(_claims(workspace, connection, trigger, days))
        if trigger.when == "unusual":
            found_weeks = _unusual(workspace, trigger, days.until)
            return tuple(sorted((one for one in found_weeks if days.holds(one.day)), key=_by_day))
        found = _stretches(workspace, connection, trigger, days.until)
        return tuple(sorted((one for one in found if days.holds(one.day)), key=_by_day))


def would_have_fired(workspace: Workspace, rule: Rule, days: Window) -> tuple[Match, ...]:
    """What a rule would have told on these days, had it been there: each occasion once, none while it cools down."""
    return tuple(told(matches(workspace, rule.trigger, days), rule.cooldown_hours, {}))


def due_of(standing: Standing, days: int) -> str | None:
    """The day from which a claim is due: so many before the end of its window, but not before it was made.

    Null where there is none, or the claim was answered before.
    """
    claim, verdict = standing.entry.claim, standing.verdict
    if claim.query is None or claim.made is None or standing.entry.superseded_by is not None:
        return None
    due = max(claim.made, (date.fromisoformat(claim.query.latest) - timedelta(days=days)).isoformat())
    if due > claim.query.latest or (verdict and verdict.decided and verdict.decided <= due):
        return None
    return due


def _claims(workspace: Workspace, connection: Connection, trigger: Trigger, days: Window) -> Iterator[Match]:
    """The claims that fall due on these days, the earliest first."""
    codes = frozenset((trigger.unit or "").split("-")) if trigger.unit else frozenset()
    with ledger_series(workspace, days.until) as stored:
        ledger = standings(connection, stored, days.until)
    found = [(due, one) for one in ledger if (due := due_of(one, trigger.days or 0)) and days.holds(due)]
    for due, one in sorted(found, key=lambda pair: (pair[0], pair[1].entry.number)):
        claim = one.entry.claim
        if codes <= {*claim.actors, *claim.recipients, claim.country or ""}:
            said = " ".join(claim.evidence.text.split())
            yield Match(day=due, subject=claim.id, since=due, label=said)


def _stretches(workspace: Workspace, connection: Connection, trigger: Trigger, until: str) -> Iterator[Match]:
    """The days up to one on which the trigger holds, of each unit."""
    rule, asked = warning_rule(), _units(workspace, trigger)
    with knowing(workspace, connection, date.fromisoformat(until), rule.confidence) as known:
        for kind in KINDS:
            if asked.named and not asked.of(kind):
                continue
            seen = scene(known, kind, asked.of(kind), rule)
            for unit in asked.of(kind) or seen.units:
                yield from stretches(past_of(seen, unit), trigger, unit)


def _unusual(workspace: Workspace, trigger: Trigger, until: str) -> Iterator[Match]:
    """The days up to one on which more than usual was told of a topic, of each unit; none where nothing was."""
    asked, topic = _units(workspace, trigger), trigger.topic or ""
    with series_of(workspace, until) as stored:
        for kind in KINDS:
            if asked.named and not asked.of(kind):
                continue
            try:
                series = load_all(stored, SERIES[kind], topic)
            except PanelError:
                continue
            for unit, went in zip(series.units, courses(series, EpisodeRule()), strict=True):
                if not asked.named or unit in asked.of(kind):
                    yield from unusual_days(went, series.first, unit)


def _by_day(one: Match) -> tuple[str, str]:
    return one.day, one.subject


def _units(workspace: Workspace, trigger: Trigger) -> Units:
    if trigger.watchlist is not None:
        listed = load_watch_list(workspace, trigger.watchlist)
        return Units(pairs=listed.pairs, countries=listed.actors)
    if trigger.unit is None:
        return Units()
    return Units(pairs=(trigger.unit,)) if "-" in trigger.unit else Units(countries=(trigger.unit,))
