"""Rules of alerts and what became of them: told, acknowledged, waiting, given up; and a rule with its past."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

from siaga.base.alert import Match, Rule, without_secrets
from siaga.base.errors import AbsentError, GivenError
from siaga.base.record import Record
from siaga.base.window import Window, days_back
from siaga.monitor.alerting import check_rule
from siaga.report.alert_forms import forms, parsed_sentence, sentence_of
from siaga.report.catalogue import Catalogue
from siaga.report.warning import unit_name
from siaga.serve.alerting.composing import moment_text
from siaga.serve.alerting.matching import would_have_fired
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.deeds import chosen, note_deed, who
from siaga.serve.web.view import Elsewhere, Entry, Rows, View
from siaga.store.alert_rules import load_rule, load_rules, remove_rule, rule_names, rule_text, save_rule
from siaga.store.alerts import Acknowledged, Told, acknowledge, load_alert, load_alerts, set_snooze, snoozes
from siaga.store.database import noting_in, now, reading_from
from siaga.store.outbox import Posted, load_outbox, revive
from siaga.store.published import newest_day

__all__ = ["ROUTES", "Would", "days_of", "would_of"]

MOST_TOLD, MOST_POSTED = 50, 50
PAST_DAYS = 365
MOST_HOURS = 24 * 366


class NamedRule(Record):
    """A rule as a sentence."""

    name: str
    sentence: str
    silent_until: str | None


class AlertsShown(Record):
    """What the page of alerts shows."""

    rules: tuple[NamedRule, ...]
    told: tuple[Told, ...]
    outbox: tuple[Posted, ...]
    forms: tuple[str, ...]


class Would(Record):
    """A day on which a rule would have fired."""

    day: str
    since: str
    subject: str
    unit: bool
    """It is a country or pair, which has a page."""
    label: str
    level: str | None


class RuleShown(Record):
    """What the page of a rule shows, before or after it is saved."""

    name: str
    sentence: str
    toml: str
    saved: bool
    days: Window
    would: tuple[Would, ...]


def show(asking: Asking) -> View:
    """Rules, what was told by the day that is asked for, and the outbox."""
    with reading_from(asking.workspace) as connection:
        until = asking.day("as_of")
        told = load_alerts(connection, MOST_TOLD, None, until.isoformat() if until else None)
        posted = tuple(one.replace(target=without_secrets(one.target)) for one in load_outbox(connection, MOST_POSTED))
        silent = {rule: moment for rule, moment in snoozes(connection).items() if moment > now()}
    rules = tuple(
        NamedRule(name=name, sentence=sentence_of(rule, asking.words), silent_until=silent.get(name))
        for name, rule in load_rules(asking.workspace)
    )
    columns = ("alert", "rule", "subject", "as_of", "fired", "level", "headline", "acknowledged_by", "sent", "waiting")
    return View(
        title=asking.words.say("web_alerts.title"),
        template="alerts.html",
        shown=AlertsShown(rules=rules, told=told, outbox=posted, forms=forms(asking.words)),
        rows=Rows(columns=columns, lines=tuple(map(_line, told))),
        entries=tuple(_entry(one) for one in told),
    )


def act(asking: Asking) -> Elsewhere:
    """Snooze or remove a rule, take notice of an alert, try a message again."""
    return Elsewhere(path=asking.link(chosen(asking, DEEDS)(asking)))


def show_rule(asking: Asking) -> View:
    """A rule that is saved, with its past."""
    name = asking.names["name"]
    if name not in rule_names(asking.workspace):
        raise AbsentError(f"no alert rule {name}")
    return _rule_view(asking, name, load_rule(asking.workspace, name), saved=True)


def show_new(asking: Asking) -> View:
    """A rule that is not saved yet, with the days on which it would have fired."""
    return _rule_view(asking, asking.one("name"), _given_rule(asking.one("sentence")), saved=False)


def act_new(asking: Asking) -> Elsewhere:
    """Save a rule."""
    name, rule = asking.given("name"), _given_rule(asking.given("sentence"))
    if name in rule_names(asking.workspace):
        raise GivenError(f"there is a rule {name!r} already")
    save_rule(asking.workspace, name, rule_text(rule, sentence_of(rule, asking.words)))
    note_deed(asking, "alert.add", name)
    return Elsewhere(path=asking.link("/alerts"))


def _given_rule(sentence: str) -> Rule:
    rule = parsed_sentence(sentence)
    check_rule(rule)
    return rule


def _rule_view(asking: Asking, name: str, rule: Rule, *, saved: bool) -> View:
    days = days_of(asking)
    asked = f"past/{rule.to_json().decode()}/{days.since}/{days.until}"
    found = asking.kept.get(asking.workspace, asked, partial(would_have_fired, asking.workspace, rule, days))
    would = tuple(would_of(one, asking.words) for one in found)
    sentence = sentence_of(rule, asking.words)
    shown = RuleShown(name=name, sentence=sentence, toml=rule_text(rule, sentence), saved=saved, days=days, would=would)
    return View(
        title=asking.words.say("web_alerts.rule", name=name) if saved else asking.words.say("web_alerts.new"),
        template="alert_rule.html",
        shown=shown,
        rows=Rows(
            columns=("day", "since", "subject", "label", "level"),
            lines=tuple((one.day, one.since, one.subject, one.label, one.level) for one in would),
        ),
    )


def days_of(asking: Asking) -> Window:
    """The days that are asked for; by default a year up to the newest article."""
    with reading_from(asking.workspace) as connection:
        last = asking.as_of(connection) or newest_day(connection) or date.fromisoformat(now()[:10])
    window = asking.window(last, PAST_DAYS)
    if (date.fromisoformat(window.until) - date.fromisoformat(window.since)).days > 5 * PAST_DAYS:
        return days_back(date.fromisoformat(window.until), 5 * PAST_DAYS)
    return window


def would_of(one: Match, words: Catalogue) -> Would:
    unit = one.label is None and one.subject.replace("-", "").isupper()
    label = unit_name(one.subject, words) if unit else one.label or one.subject
    return Would(day=one.day, since=one.since, subject=one.subject, unit=unit, label=label, level=one.level)


def _snooze(asking: Asking) -> str:
    name, hours = asking.given("rule"), _hours(asking.given("hours", "24"))
    load_rule(asking.workspace, name)
    until = moment_text(datetime.now(UTC) + timedelta(hours=hours))
    with noting_in(asking.workspace) as connection:
        set_snooze(connection, name, until, (who(asking), now()))
    note_deed(asking, "alert.snooze", name, until)
    return "/alerts"


def _remove(asking: Asking) -> str:
    remove_rule(asking.workspace, asking.given("rule"))
    note_deed(asking, "alert.remove", asking.given("rule"))
    return "/alerts"


def _acknowledge(asking: Asking) -> str:
    alert, note = asking.given("alert"), asking.given("note") or None
    with noting_in(asking.workspace) as connection:
        if load_alert(connection, alert) is None:
            raise GivenError("alert: there is none with this id")
        acknowledge(connection, alert, Acknowledged(who=who(asking), moment=now(), note=note))
    note_deed(asking, "alert.ack", alert, note)
    return "/alerts"


def _retry(asking: Asking) -> str:
    with noting_in(asking.workspace) as connection:
        if not revive(connection, asking.given("key"), now()):
            raise GivenError("key: no message that was given up has it")
    note_deed(asking, "alert.retry", asking.given("key"))
    return "/alerts"


DEEDS = {"snooze": _snooze, "remove": _remove, "ack": _acknowledge, "retry": _retry}


def _hours(written: str) -> float:
    if not written.isdecimal() or int(written) > MOST_HOURS:
        raise GivenError(f"hours: expected a number up to {MOST_HOURS}")
    return float(written)


def _line(one: Told) -> tuple[str | int | None, ...]:
    alert = one.alert
    by = one.acknowledged.who if one.acknowledged else None
    return (
        alert.id, alert.rule, alert.subject, alert.as_of, alert.fired, alert.level, alert.headline, by, one.sent,
        one.waiting,
    )  # fmt: skip


def _entry(one: Told) -> Entry:
    alert = one.alert
    return Entry(
        id=f"alert/{alert.id}", title=alert.headline, path="/alerts", updated=alert.fired,
        summary=" ".join(line.text for line in alert.lines),
    )  # fmt: skip


ROUTES = (
    Page(path="/alerts", show=show, act=act, nav="web_alerts.menu"),
    Page(path="/alerts/new", show=show_new, role="analyst", act=act_new),
    Page(path="/alerts/rule/{name}", show=show_rule),
)
