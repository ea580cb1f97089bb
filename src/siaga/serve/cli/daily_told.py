"""What a daily step did, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from siaga.report.catalogue import Catalogue
    from siaga.serve.daily import Done, Turns
    from siaga.store.workspace import Workspace

__all__ = ["daily_lines", "take_turn"]


def daily_lines(done: Done, words: Catalogue) -> Iterator[str]:
    """A line for each part of the step."""
    yield words.say("daily.linked", articles=words.number(done.linked), stories=words.number(done.stories))
    yield words.say("daily.claims", claims=done.claims, verdicts=done.verdicts)
    yield words.say("daily.warned", warnings=done.warnings, units=done.units)
    yield words.say("daily.alerts", fired=done.fired)
    sent = done.messages
    yield words.say("daily.sent", sent=sent.sent, waiting=sent.waiting, dead=sent.dead)
    yield words.say("daily.done", day=words.day(done.as_of))


def take_turn(where: Workspace, turns: Turns, goes_on: Callable[[], bool], words: Catalogue) -> None:
    """Do what is due while watching pauses; what goes wrong is told, and watching goes on."""
    from siaga.base.errors import SiagaError  # noqa: PLC0415 - `siaga --help` must not load the reader

    try:
        for line in _turn_lines(where, turns.due, goes_on, words):
            click.echo(line, err=True)
    except SiagaError as error:
        click.echo(str(error), err=True)
        turns.taken(failed=True)
    else:
        turns.taken()


def _turn_lines(where: Workspace, due: str | None, goes_on: Callable[[], bool], words: Catalogue) -> Iterator[str]:
    from siaga.serve.alerting.firing import day_of  # noqa: PLC0415
    from siaga.serve.alerting.sending import send_due  # noqa: PLC0415
    from siaga.serve.daily import daily  # noqa: PLC0415

    if due == "daily" and (day := day_of(where)) is not None:
        yield from daily_lines(daily(where, day, goes_on), words)
    elif due == "send":
        sent = send_due(where, goes_on)
        yield words.say("daily.sent", sent=sent.sent, waiting=sent.waiting, dead=sent.dead)
