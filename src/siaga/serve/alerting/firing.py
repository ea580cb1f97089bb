"""Rules fired: what each finds by what is known on a day is entered with its messages, once an occasion.

Fired again for the same day, nothing happens twice; what was missed, since nobody looked for days, is told late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from siaga.base.alert import Alert, Match, Rule, Trigger
from siaga.base.record import Record
from siaga.base.window import Window
from siaga.collect.sources import load_sources
from siaga.monitor.alerting import check_rule, grouped, told
from siaga.serve.alerting.composing import composed, messages_of, moment_text
from siaga.serve.alerting.matching import matches
from siaga.store.alert_rules import load_rules
from siaga.store.alerts import Fired, add_alerts, last_alerts, looked_through, newest_article, snoozes
from siaga.store.connection import Connection
from siaga.store.database import noting_in, reading_from
from siaga.store.published import newest_day
from siaga.store.workspace import Workspace

__all__ = ["Firing", "day_of", "fire"]

SILENCE_DAYS = 3
"""Days back for which it is told that a source fell silent."""
ALWAYS = Window(since="0001-01-01", until="9999-12-31")


class Firing(Record):
    """What came of firing the rules."""

    alerts: tuple[Alert, ...]
    rules: int
    """That were looked at; those that are silent are not."""
    messages: int


def day_of(workspace: Workspace) -> date | None:
    """The day whose knowledge counts: today where sources are collected, else that of the newest article.

    An archive that grows no more is looked at as of its end; where sources should bring news, no news is some.
    """
    if any(not source.paused for source in load_sources(workspace.sources)):
        return datetime.now(UTC).date()
    with reading_from(workspace) as connection:
        return newest_day(connection)


def fire(workspace: Workspace, as_of: date, moment: datetime) -> Firing:
    """Look for what each rule asks for, by what is known on a day, and enter what is to be told.

    Args:
        workspace: to read from and write to.
        as_of: the day.
        moment: now, aware: for snoozes, quiet hours and the record.

    Raises:
        GivenError: a rule can't be right; no other is fired either, so that nobody thinks that all is watched.
        StoreError: as `noting_in`.

    """
    rules = tuple(load_rules(workspace))
    for _, rule in rules:
        check_rule(rule)
    silent = _silent(workspace, moment_text(moment))
    heard = tuple((name, rule) for name, rule in rules if name not in silent)
    fired = tuple(_found(workspace, one, as_of, moment) for one in heard)
    with noting_in(workspace) as connection:
        new = tuple(alert for one in fired for alert in add_alerts(connection, one))
    known = {one.id for one in new}
    sent = sum(message.alert in known for one in fired for message in one.messages)
    return Firing(alerts=new, rules=len(heard), messages=sent)


def _silent(workspace: Workspace, moment: str) -> frozenset[str]:
    with reading_from(workspace) as connection:
        return frozenset(rule for rule, until in snoozes(connection).items() if until > moment)


def _found(workspace: Workspace, named: tuple[str, Rule], as_of: date, moment: datetime) -> Fired:
    """What a rule found, and the messages that tell it."""
    name, rule = named
    with reading_from(workspace) as connection:
        newest, last = newest_article(connection), _last_days(connection, name)
        looked = looked_through(connection, name)
    after = newest if looked is None else looked  # a new rule tells of what comes from now on
    found = _now(matches(workspace, rule.trigger, _days(rule.trigger, as_of), after), rule.trigger, as_of)
    chosen = tuple(told(found, rule.cooldown_hours, last))
    alerts = tuple(composed(workspace, named, match, moment) for match in chosen)
    messages = (
        message
        for alert, match in zip(alerts, chosen, strict=True)
        for message in messages_of(alert, rule, match, moment)
    )
    return Fired(rule=name, alerts=alerts, messages=tuple(messages), looked=newest)


def _last_days(connection: Connection, rule: str) -> dict[str, str]:
    return {subject: one.as_of for subject, one in last_alerts(connection, rule).items()}


def _days(trigger: Trigger, as_of: date) -> Window:
    """The days of which a trigger may find something that is to be told on this day."""
    if trigger.when == "search":
        return ALWAYS
    back = {"claim": trigger.days or 0, "silence": SILENCE_DAYS}.get(trigger.when, 0)
    return Window(since=(as_of - timedelta(days=back)).isoformat(), until=as_of.isoformat())


def _now(found: tuple[Match, ...], trigger: Trigger, as_of: date) -> Iterator[Match]:
    """What is found, as of the day: a claim or a search that comes late is told today."""
    day = as_of.isoformat()
    if trigger.when == "search":
        found = grouped(one.replace(day=day, since=day) for one in found)
    yield from (one.replace(day=day) for one in found)
