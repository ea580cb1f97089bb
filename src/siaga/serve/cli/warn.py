"""`siaga warn`: which countries and pairs are above normal on a day, and why, by what was known then."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import DAY, PARTY
from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.warning import Card
    from siaga.report.catalogue import Catalogue
    from siaga.report.warning import ToldCard
    from siaga.serve.warned import Wanted
    from siaga.store.workspace import Workspace

__all__ = ["command"]

LEVELS = ("normal", "waspada", "siaga", "awas")
"""As in `base/warning.py`; a test compares."""


class Asked(TypedDict):
    """What the options give."""

    as_of: datetime | None
    pair: tuple[tuple[str, str], ...]
    country: tuple[str, ...]
    watchlist: tuple[str, ...]
    level: str
    limit: int


@click.command("warn")
@click.option(
    "--as-of", metavar="YYYY-MM-DD", type=DAY, default=None,
    help="The day: nothing that was published later is used. By default that of the newest article.",
)  # fmt: skip
@click.option("--pair", nargs=2, multiple=True, metavar="A B", type=PARTY, help="Two codes or names: RUS UKR.")
@click.option("--country", multiple=True, metavar="CODE", type=PARTY, help="A country or body: a code or a name.")
@click.option("--watchlist", multiple=True, metavar="NAME", help="All that is on a list of siaga watchlist.")
@click.option("--level", type=click.Choice(LEVELS), default="waspada", show_default=True,
              help="The least level that is listed; what is asked for by name is always shown.")  # fmt: skip
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="Warnings at the most, gravest first."
)
@click.option("--format", "-f", "format_", type=click.Choice(["table", "json", "markdown", "html"]), default="table",
              show_default=True, help="table for people, json for programs: one warning a line.")  # fmt: skip
@language_option("table, markdown and html")
@workspace_option
def command(workspace: str | None, format_: str, language: str | None, **asked: Unpack[Asked]) -> None:
    """Warn: the level of each country and pair on a day, what drives it with its sentences, and how firm that is.

    Levels are Normal, Waspada, Siaga and Awas, by one rule for all. A past day is replayed with what was known then.
    Where sources are silent the level is not known, which is not Normal.

    \b
    Examples:
      siaga warn
      siaga warn --as-of 2021-11-30 --pair RUS UKR
      siaga warn --country IDN --lang id --format markdown > idn.md
      siaga warn --level siaga --format json
      siaga warn --watchlist europe
    """  # noqa: D301 - click reads \b
    from siaga.report.catalogue import catalogue  # noqa: PLC0415 - `siaga --help` must not load the engine
    from siaga.serve.claimed import claims_by  # noqa: PLC0415
    from siaga.serve.warned import warned  # noqa: PLC0415
    from siaga.store.database import reading_from  # noqa: PLC0415
    from siaga.store.published import newest_day  # noqa: PLC0415

    words, where = catalogue(language or preferred_language(os.environ)), the_workspace(workspace)
    stand_on_overlay(where)
    with reading_from(where) as connection:
        day = asked["as_of"].date() if asked["as_of"] else newest_day(connection)
    if day is None:
        click.echo(words.say("warn.no_day"), err=True)
        return
    if not asked["as_of"]:
        click.echo(words.say("warn.as_of", day=words.day(day.isoformat())), err=True)
    wanted = _wanted(where, asked)
    found = warned(where, day, wanted, claims_by(where, day.isoformat()))
    _write(found.cards, format_, words, brief=not (asked["pair"] or asked["country"]))
    if not found.cards:
        click.echo(
            words.say("warn.none", level=asked["level"], day=words.day(day.isoformat()), units=found.units), err=True
        )
    if found.silent:
        click.echo(words.say("warn.blind_silent"), err=True)
    if found.more:
        click.echo(words.say("warn.more", count=found.more), err=True)


def _wanted(where: Workspace, asked: Asked) -> Wanted:
    from siaga.base.watchlist import WatchList, pair_name  # noqa: PLC0415
    from siaga.monitor.series import types_of  # noqa: PLC0415
    from siaga.serve.warned import Wanted  # noqa: PLC0415
    from siaga.store.watchlists import load_watch_list  # noqa: PLC0415

    named = WatchList(actors=asked["country"], pairs=tuple(pair_name(*pair) for pair in asked["pair"]))
    for name in asked["watchlist"]:
        named = named.with_all(load_watch_list(where, name))
    return Wanted(
        pairs=named.pairs,
        countries=named.actors,
        types=tuple(dict.fromkeys(type_ for topic in named.topics for type_ in types_of(topic))),
        level=asked["level"],  # type: ignore[arg-type]  # click has checked it
        most=asked["limit"],
    )


def _write(cards: Sequence[Card], format_: str, words: Catalogue, *, brief: bool) -> None:
    """The cards as they are asked for; a table of many shows each in brief."""
    from siaga.report.warning import told  # noqa: PLC0415
    from siaga.report.warning_page import as_html, as_markdown  # noqa: PLC0415

    if format_ == "json":
        sys.stdout.buffer.writelines(one.to_json() + b"\n" for one in cards)
        return
    spoken = [told(one, words) for one in cards]
    if format_ == "markdown":
        click.echo(as_markdown(spoken), nl=False)
    elif format_ == "html":
        click.echo(as_html(spoken, words.language), nl=False)
    else:
        _show(spoken, brief=brief)


def _show(cards: Sequence[ToldCard], *, brief: bool) -> None:
    from rich.console import Console  # noqa: PLC0415 - rich loads slowly

    from siaga.serve.cli.warning_view import brief_card, whole_card  # noqa: PLC0415

    console = Console(highlight=False, markup=False, emoji=False)
    for one in cards:
        console.print(brief_card(one) if brief else whole_card(one))
