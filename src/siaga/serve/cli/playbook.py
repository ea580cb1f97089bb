"""`siaga playbook`: contingency plans, their runs, and when they would have begun."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siaga.serve.cli.alerts_told import Desk, desk, desk_options
from siaga.serve.cli.outputs import written_aside
from siaga.serve.cli.playbook_run import audit, close, note, runs, start, step
from siaga.serve.cli.selecting import DAY
from siaga.serve.cli.workspaces import stand_on_overlay

if TYPE_CHECKING:
    from siaga.base.window import Window

__all__ = ["command"]

PAST_DAYS = 365
"""Looked back on by a backtest, unless days are given."""


@click.group("playbook")
def command() -> None:
    """Contingency plans: trigger, phases and steps with roles and deadlines; runs with a trail that is only added to.

    Three come with Siaga, in both languages; your own are files playbooks/NAME.toml of the workspace.

    \b
    Examples:
      siaga playbook list
      siaga playbook show evacuation
      siaga playbook backtest border-build-up --unit RUS-UKR
      siaga playbook start border-build-up --unit RUS-UKR
      siaga playbook step RUN read-the-card --check 1 --check 2
      siaga playbook step RUN read-the-card --done
      siaga playbook print border-build-up -o plan.html
    """  # noqa: D301 - click reads \b


for _one in (start, step, note, close, runs, audit):
    command.add_command(_one)


@command.command("list")
@desk_options("the list")
def list_(workspace: str | None, language: str | None) -> None:
    """Show the playbooks there are, with what begins them.

    \b
    Example:
      siaga playbook list
    """  # noqa: D301 - click reads \b
    from siaga.report.playbook_page import trigger_words  # noqa: PLC0415 - `siaga --help` must not load reports
    from siaga.store.playbooks import load_playbook, playbook_names  # noqa: PLC0415

    at = desk(workspace, language)
    for name in playbook_names(at.where):
        one = load_playbook(at.where, name)
        triggers = at.words.say("playbook.or").join(trigger_words(trigger, at.words) for trigger in one.trigger)
        click.echo(at.words.say("playbook.listed", name=name, title=one.title.of(at.words.language), triggers=triggers))


@command.command("show")
@click.argument("name")
@click.option("--toml", is_flag=True, help="The file as it is, to make your own of it.")
@desk_options("the plan")
def show(name: str, workspace: str | None, language: str | None, *, toml: bool) -> None:
    """Show a playbook: its phases, steps, roles and checklists; or the steps of a run, by its id.

    \b
    Examples:
      siaga playbook show evacuation --lang id
      siaga playbook show 4f1a
      siaga playbook show evacuation --toml > playbooks/evacuation.toml
    """  # noqa: D301 - click reads \b
    from siaga.report.playbooks import as_text  # noqa: PLC0415
    from siaga.serve.playing import rehearsed, standing_of  # noqa: PLC0415
    from siaga.store.playbooks import load_playbook, playbook_file, playbook_names  # noqa: PLC0415

    at = desk(workspace, language)
    if toml:
        click.echo(playbook_file(at.where, name), nl=False)
        return
    is_run = name not in playbook_names(at.where) and standing_of(at.where, name) is not None
    found = standing_of(at.where, name) if is_run else rehearsed(name, load_playbook(at.where, name))
    assert found is not None  # noqa: S101 - asked above
    click.echo("\n".join(as_text(found, at.words)))


@command.command("check")
@click.argument("names", nargs=-1, metavar="[NAME|FILE] ...")
@desk_options("what is said")
def check(names: tuple[str, ...], workspace: str | None, language: str | None) -> None:
    """Check playbooks: keys, roles, messages, and that both languages are complete; without NAME all there are.

    \b
    Examples:
      siaga playbook check
      siaga playbook check playbooks/flood.toml

    Exit code: 0; 2 if one can't be right: says where and why.
    """  # noqa: D301 - click reads \b
    from siaga.report.playbooks import check_playbook  # noqa: PLC0415
    from siaga.store.playbooks import load_playbook, playbook_names, read_playbook  # noqa: PLC0415

    at = desk(workspace, language)
    for name in names or playbook_names(at.where):
        one = read_playbook(Path(name)) if name.endswith(".toml") else load_playbook(at.where, name)
        check_playbook(one)
        click.echo(at.words.say("playbook.checked", name=name, steps=sum(len(phase.step) for phase in one.phase)))


@command.command("print")
@click.argument("name", metavar="NAME|RUN")
@click.option("--output", "-o", "output", metavar="FILE", default=None, type=click.Path(dir_okay=False, path_type=Path),
              help="Written aside and put in place when it is whole; by default standard output.")  # fmt: skip
@desk_options("the page")
def print_(name: str, output: Path | None, workspace: str | None, language: str | None) -> None:
    """Write a playbook, or a run by its id with what was done, as one page of A4 to print (HTML).

    \b
    Examples:
      siaga playbook print border-build-up --lang id -o rencana.html
      siaga playbook print 4f1a -o run.html
    """  # noqa: D301 - click reads \b
    from siaga.report.playbook_page import as_page  # noqa: PLC0415
    from siaga.serve.playing import standing_of, trail_of  # noqa: PLC0415
    from siaga.store.playbooks import load_playbook, playbook_names  # noqa: PLC0415

    at = desk(workspace, language)
    run = None if name in playbook_names(at.where) else standing_of(at.where, name)
    plan = run.run.playbook if run else load_playbook(at.where, name)
    trail = trail_of(at.where, run.run.id) if run else ()
    page = as_page(plan, run, trail, at.words)
    with written_aside(output) as target:
        if target is None:
            sys.stdout.write(page)
        else:
            target.write_text(page, "utf-8")


@command.command("backtest")
@click.argument("name")
@click.option("--unit", metavar="UNIT", default=None, help="Of this country or pair alone: RUS-UKR, or names.")
@click.option("--since", metavar="YYYY-MM-DD", type=DAY, default=None,
              help="First day; by default a year before the last.")  # fmt: skip
@click.option("--until", metavar="YYYY-MM-DD", type=DAY, default=None,
              help="Last day; by default that of the newest article.")  # fmt: skip
@desk_options("what is said")
def backtest(  # noqa: PLR0913, PLR0917 - one parameter an option
    name: str, unit: str | None, since: datetime | None, until: datetime | None, workspace: str | None,
    language: str | None,
) -> None:  # fmt: skip
    """Show when a playbook would have begun, each day judged by what was known then.

    \b
    Examples:
      siaga playbook backtest border-build-up --unit RUS-UKR --since 2021-03-01
      siaga playbook backtest mass-protest
    """  # noqa: D301 - click reads \b
    from siaga.report.alert_forms import unit_of_words  # noqa: PLC0415
    from siaga.serve.cli.alerts_told import tell_past  # noqa: PLC0415
    from siaga.serve.playing import would_have_begun  # noqa: PLC0415
    from siaga.store.playbooks import load_playbook  # noqa: PLC0415

    at = desk(workspace, language)
    stand_on_overlay(at.where)
    plan = load_playbook(at.where, name)
    asked = unit_of_words(unit, at.words) if unit else None
    if (days := _days(at, since, until)) is not None:
        tell_past(would_have_begun(at.where, plan, asked, days), days, at.words)


def _days(at: Desk, since: datetime | None, until: datetime | None) -> Window | None:
    """The days that are asked for; null, and told, where nothing is stored."""
    from siaga.base.window import Window, days_back  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.published import newest_day  # noqa: PLC0415

    with reading_from(at.where) as connection:
        last = until.date() if until else newest_day(connection)
    if last is None:
        click.echo(at.words.say("alert.no_day"), err=True)
        return None
    days = days_back(last, PAST_DAYS)
    return Window(since=since.date().isoformat(), until=days.until) if since else days
