"""What the commands of alerts have in common: where somebody works, as whom, and how alerts are told."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.alert import Match, Rule
    from siaga.base.window import Window
    from siaga.report.catalogue import Catalogue
    from siaga.store.alerts import Told
    from siaga.store.workspace import Workspace

__all__ = ["Desk", "desk", "desk_options", "history_line", "of_rule", "tell_past"]

Command = TypeVar("Command", bound=Callable[..., Any])
LONGEST_LABEL = 100


class Desk(NamedTuple):
    """Where somebody works, as whom, and in which language."""

    where: Workspace
    words: Catalogue
    who: str


def desk_options(what: str) -> Callable[[Command], Command]:
    """The options that say where, and in which language."""
    return lambda command: language_option(what)(workspace_option(command))


def desk(workspace: str | None, language: str | None) -> Desk:
    """Where somebody works.

    Raises:
        WorkspaceError: there is no workspace.
        UsageError: nobody knows who works here.

    """
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load reports
    from siaga.serve.cli.correct import analyst_of  # noqa: PLC0415

    where, words = the_workspace(workspace), catalogue(language or preferred_language(os.environ))
    return Desk(where, words, analyst_of(where, words))


def of_rule(at: Desk, name: str) -> Rule:
    """The rule of this name.

    Raises:
        GivenError: there is none.

    """
    from siaga.store.alert_rules import load_rule  # noqa: PLC0415

    return load_rule(at.where, name)


def tell_past(found: Sequence[Match], days: Window, words: Catalogue) -> None:
    """Tell when a rule would have fired, the earliest first."""
    span = {"since": words.day(days.since), "until": words.day(days.until)}
    if not found:
        click.echo(words.say("alert.past_none", **span))
        return
    click.echo(words.say("alert.past", **span))
    for one in found:
        click.echo(f"  {_past_line(one, words)}")
    click.echo(words.say("alert.past_count", count=len(found), days=days.days))


def history_line(one: Told, words: Catalogue) -> str:
    """An alert that was told, in a line."""
    alert = one.alert
    if one.acknowledged:
        state = words.say("alert.state_acknowledged", who=one.acknowledged.who)
    else:
        state = words.say("alert.state_open", sent=one.sent, waiting=one.waiting, dead=one.dead)
    return words.say(
        "alert.history_line", fired=alert.fired, id=alert.id, rule=alert.rule, headline=alert.headline, state=state
    )


def _past_line(one: Match, words: Catalogue) -> str:
    from siaga.report.warning import unit_name  # noqa: PLC0415

    if one.probability is not None:
        percent = f"{100 * one.probability:.0f}"
        return words.say("alert.past_chance", day=one.day, subject=unit_name(one.subject, words), percent=percent)
    if one.level is not None:
        return words.say(
            "alert.past_level", day=one.day, subject=unit_name(one.subject, words),
            level=words.say(f"warn.level_{one.level}"), since=words.day(one.since),
        )  # fmt: skip
    subject = one.subject if one.label is None else f"{one.subject}  {one.label[:LONGEST_LABEL]}"
    return words.say("alert.past_line", day=one.day, subject=subject)
