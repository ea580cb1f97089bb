"""`siaga alerts`: rules in plain sentences, what they told or would have told, and what waits to be sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from siaga.serve.cli.alerts_sent import outbox, send, test
from siaga.serve.cli.alerts_told import Desk, desk, desk_options, of_rule, tell_past
from siaga.serve.cli.selecting import DAY
from siaga.serve.cli.workspaces import stand_on_overlay

if TYPE_CHECKING:
    from siaga.base.alert import Rule

__all__ = ["command"]

PAST_DAYS = 365
"""Looked back on before a rule is saved."""


class Given(TypedDict):
    """What the options of a rule give."""

    cooldown: float | None
    quiet: str | None
    zone: str | None
    wakes: str | None
    escalate_to: tuple[str, ...]
    escalate_after: float | None


@click.group("alerts")
def command() -> None:
    """Be told by mail, web hook, feed or chat: rules in plain sentences, and an outbox that loses nothing.

    A rule is a sentence of a fixed form, in English or Indonesian, and a file alerts/NAME.toml of the workspace that
    says the same. Before it is saved you see when it would have told you. siaga daily fires the rules.

    \b
    Examples:
      siaga alerts add border "Tell desk@example.org when Russia – Ukraine reaches Siaga"
      siaga alerts add kabar "Beri tahu atom:meja bila artikel menyebut laut hitam"
      siaga alerts list
      siaga alerts past border --since 2021-03-01
      siaga alerts test border            a message now, to see that it arrives
      siaga alerts history
      siaga alerts ack ALERT
      siaga alerts outbox
    """  # noqa: D301 - click reads \b


for _one in (test, send, outbox):
    command.add_command(_one)


@command.command("add")
@click.argument("name")
@click.argument("sentence")
@click.option("--cooldown", type=click.FloatRange(0), default=None, metavar="HOURS",
              help="For so long the same is not told again; 72 by default.")  # fmt: skip
@click.option("--quiet", metavar="FROM-UNTIL", default=None, help="Hours in which nothing is sent: 22:00-06:00.")
@click.option("--zone", metavar="ZONE", default=None, help="Of the quiet hours, e.g. Asia/Jakarta; UTC by default.")
@click.option("--wakes", type=click.Choice(["waspada", "siaga", "awas", "never"]), default=None,
              help="The least level that is sent in quiet hours all the same; awas by default.")  # fmt: skip
@click.option("--escalate-to", multiple=True, metavar="ADDRESS", help="Whom it goes to if nobody takes notice.")
@click.option("--escalate-after", type=click.FloatRange(0, min_open=True), default=None, metavar="HOURS",
              help="Hours after which it does.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show when it would have told you, and save nothing.")
@desk_options("what is said")
def add(
    name: str, sentence: str, workspace: str | None, language: str | None, *, dry_run: bool, **given: Unpack[Given]
) -> None:
    """Make a rule of a sentence, after showing when it would have told you in the year before.

    What a rule can say: a level is reached, an episode begins, a chance is reached, a claim falls due, a source falls
    silent, articles say some words; of a country, a pair, a watch list or anything. An address is mail, https://…,
    atom:NAME (a feed alerts/NAME.atom) or apprise:NAME (an address of apprise in secrets/apprise-NAME).

    \b
    Examples:
      siaga alerts add border "Tell desk@example.org when Russia – Ukraine reaches Siaga" --quiet 22:00-06:00 --zone Asia/Jakarta
      siaga alerts add force "Tell https://example.org/hook when the chance of force for UKR is 20 percent or more"
      siaga alerts add due "Beri tahu desk@example.org 7 hari sebelum klaim tentang Rusia – Ukraina jatuh tempo"
      siaga alerts add feeds "Tell desk@example.org when any source falls silent" --dry-run

    Exit code: 0; 2 if the sentence is none of the forms, or a name in it is not known.
    """  # noqa: D301, E501 - click reads \b; an example is one line
    from siaga.monitor.alerting import check_rule  # noqa: PLC0415 - `siaga --help` must not load records
    from siaga.report.alert_forms import parsed_sentence, sentence_of  # noqa: PLC0415
    from siaga.store.alert_rules import rule_names, rule_text, save_rule  # noqa: PLC0415

    at = desk(workspace, language)
    stand_on_overlay(at.where)
    rule = _with_options(parsed_sentence(sentence), given)
    check_rule(rule)
    if name in rule_names(at.where) and not dry_run:
        raise click.UsageError(at.words.say("alert.there_already", name=name))
    said = sentence_of(rule, at.words)
    click.echo(said)
    _past(at, rule, None, None)
    if dry_run:
        click.echo(at.words.say("alert.nothing_saved"), err=True)
        return
    save_rule(at.where, name, rule_text(rule, said))
    click.echo(at.words.say("alert.saved_where", name=name, path=at.where.folder / "alerts" / f"{name}.toml"), err=True)


@command.command("list")
@desk_options("the list")
def list_(workspace: str | None, language: str | None) -> None:
    """Show every rule as a sentence.

    \b
    Example:
      siaga alerts list
    """  # noqa: D301 - click reads \b
    from siaga.report.alert_forms import sentence_of  # noqa: PLC0415
    from siaga.store.alert_rules import load_rules  # noqa: PLC0415
    from siaga.store.alerts import snoozes  # noqa: PLC0415
    from siaga.store.database import now, reading_from  # noqa: PLC0415

    at = desk(workspace, language)
    with reading_from(at.where) as connection:
        silent = {rule: until for rule, until in snoozes(connection).items() if until > now()}
    rules = tuple(load_rules(at.where))
    for name, rule in rules:
        sleeping = f"  ({at.words.say('alert.snoozed_until', until=silent[name])})" if name in silent else ""
        click.echo(at.words.say("alert.saved", name=name, sentence=sentence_of(rule, at.words)) + sleeping)
    if not rules:
        click.echo(at.words.say("alert.no_rules"), err=True)


@command.command("remove")
@click.argument("name")
@desk_options("the confirmation")
def remove(name: str, workspace: str | None, language: str | None) -> None:
    """Remove a rule; what it told stays.

    \b
    Example:
      siaga alerts remove border
    """  # noqa: D301 - click reads \b
    from siaga.store.alert_rules import remove_rule  # noqa: PLC0415

    at = desk(workspace, language)
    remove_rule(at.where, name)
    click.echo(at.words.say("alert.removed", name=name))


@command.command("past")
@click.argument("name")
@click.option("--since", metavar="YYYY-MM-DD", type=DAY, default=None,
              help="First day; by default a year before the last.")  # fmt: skip
@click.option("--until", metavar="YYYY-MM-DD", type=DAY, default=None,
              help="Last day; by default that of the newest article.")  # fmt: skip
@desk_options("what is said")
def past(
    name: str, since: datetime | None, until: datetime | None, workspace: str | None, language: str | None
) -> None:
    """Show when a rule would have told you, each day judged by what was known then.

    A chance is looked at once a week, as it was forecast then, before calibration.

    \b
    Examples:
      siaga alerts past border
      siaga alerts past border --since 2021-03-01 --until 2022-03-31
    """  # noqa: D301 - click reads \b
    from siaga.store.alert_rules import load_rule  # noqa: PLC0415

    at = desk(workspace, language)
    stand_on_overlay(at.where)
    _past(at, load_rule(at.where, name), since, until)


@command.command("fire")
@click.option("--as-of", "as_of", metavar="YYYY-MM-DD", type=DAY, default=None,
              help="By what was known on this day; by default as siaga daily.")  # fmt: skip
@desk_options("what is said")
def fire_(as_of: datetime | None, workspace: str | None, language: str | None) -> None:
    """Fire the rules now, without the rest of the daily step: what is found goes into the outbox.

    \b
    Examples:
      siaga alerts fire
      siaga alerts fire --as-of 2021-11-30
    """  # noqa: D301 - click reads \b
    from siaga.serve.alerting.firing import day_of, fire  # noqa: PLC0415

    at = desk(workspace, language)
    stand_on_overlay(at.where)
    if (day := as_of.date() if as_of else day_of(at.where)) is None:
        click.echo(at.words.say("alert.no_day"), err=True)
        return
    fired = fire(at.where, day, datetime.now(UTC))
    for alert in fired.alerts:
        click.echo(at.words.say("alert.fired", rule=alert.rule, headline=alert.headline))
    counts = {"fired": len(fired.alerts), "rules": fired.rules, "messages": fired.messages}
    click.echo(at.words.say("alert.fire_summary", day=at.words.day(day.isoformat()), **counts), err=True)


@command.command("history")
@click.option("--rule", metavar="NAME", default=None, help="Of one rule.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Alerts at the most.")
@click.option("--format", "-f", "format_", type=click.Choice(["table", "jsonl"]), default="table", show_default=True,
              help="table for people, jsonl for programs: one alert a line.")  # fmt: skip
@desk_options("the list")
def history(rule: str | None, limit: int, format_: str, workspace: str | None, language: str | None) -> None:
    """Show what was told, the latest first, and who took notice.

    \b
    Examples:
      siaga alerts history
      siaga alerts history --rule border --format jsonl
    """  # noqa: D301 - click reads \b
    from siaga.serve.cli.alerts_told import history_line  # noqa: PLC0415
    from siaga.store.alerts import load_alerts  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415

    at = desk(workspace, language)
    with reading_from(at.where) as connection:
        found = load_alerts(connection, limit, rule)
    for one in found:
        click.echo(one.to_json().decode() if format_ == "jsonl" else history_line(one, at.words))
    if not found:
        click.echo(at.words.say("alert.none_fired"), err=True)


@command.command("snooze")
@click.argument("name")
@click.option("--hours", type=click.FloatRange(0), default=24.0, show_default=True, help="For how long; 0 ends it.")
@desk_options("the confirmation")
def snooze(name: str, hours: float, workspace: str | None, language: str | None) -> None:
    """Let a rule tell nothing for a while; what still holds afterwards is told then.

    \b
    Examples:
      siaga alerts snooze border --hours 48
      siaga alerts snooze border --hours 0
    """  # noqa: D301 - click reads \b
    from siaga.serve.alerting.composing import moment_text  # noqa: PLC0415
    from siaga.store.alerts import set_snooze  # noqa: PLC0415
    from siaga.store.database import noting_in, now  # noqa: PLC0415

    at = desk(workspace, language)
    of_rule(at, name)
    until = moment_text(datetime.now(UTC) + timedelta(hours=hours))
    with noting_in(at.where) as connection:
        set_snooze(connection, name, until, (at.who, now()))
    key = "alert.snoozed" if hours else "alert.unsnoozed"
    click.echo(at.words.say(key, name=name, until=until))


@command.command("ack")
@click.argument("alert")
@click.option("--note", metavar="TEXT", default=None, help="What you do about it.")
@desk_options("the confirmation")
def ack(alert: str, note: str | None, workspace: str | None, language: str | None) -> None:
    """Take notice of an alert, so that it goes no further up.

    \b
    Example:
      siaga alerts ack 9f86d081884c7d65 --note "crisis cell informed"

    Exit code: 0; 2 if there is no such alert.
    """  # noqa: D301 - click reads \b
    from siaga.store.alerts import Acknowledged, acknowledge, load_alert  # noqa: PLC0415
    from siaga.store.database import noting_in, now  # noqa: PLC0415

    at = desk(workspace, language)
    with noting_in(at.where) as connection:
        if load_alert(connection, alert) is None:
            raise click.UsageError(at.words.say("alert.unknown", alert=alert))
        first = acknowledge(connection, alert, Acknowledged(who=at.who, moment=now(), note=note))
    key = "alert.acknowledged" if first else "alert.acknowledged_before"
    click.echo(at.words.say(key, alert=alert, who=at.who))


def _with_options(rule: Rule, given: Given) -> Rule:
    """The rule with what the options say; what they don't stays."""
    fields = {
        "cooldown_hours": given["cooldown"], "quiet": given["quiet"], "zone": given["zone"], "wakes": given["wakes"],
        "escalate_to": given["escalate_to"] or None, "escalate_hours": given["escalate_after"],
    }  # fmt: skip
    return rule.replace(**{name: value for name, value in fields.items() if value is not None})


def _past(at: Desk, rule: Rule, since: datetime | None, until: datetime | None) -> None:
    """Tell when a rule would have fired."""
    from siaga.base.window import Window, days_back  # noqa: PLC0415
    from siaga.serve.alerting.matching import would_have_fired  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.published import newest_day  # noqa: PLC0415

    with reading_from(at.where) as connection:
        last = until.date() if until else newest_day(connection)
    if last is None:
        click.echo(at.words.say("alert.no_day"), err=True)
        return
    days = days_back(last, PAST_DAYS)
    if since:
        days = Window(since=since.date().isoformat(), until=days.until)
    tell_past(would_have_fired(at.where, rule, days), days, at.words)
