"""`siaga watchlist`: lists of countries and bodies, pairs and topics to be warned of."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

import click

from siaga.serve.cli.languages import language_option, preferred_language
from siaga.serve.cli.selecting import PARTY, Named
from siaga.serve.cli.workspaces import the_workspace, workspace_option

if TYPE_CHECKING:
    from siaga.base.watchlist import WatchList
    from siaga.report.catalogue import Catalogue

__all__ = ["command"]

Command = TypeVar("Command", bound=Callable[..., Any])


class Entries(TypedDict):
    """What the options give."""

    actor: tuple[str, ...]
    pair: tuple[tuple[str, str], ...]
    topic: tuple[str, ...]


def _families() -> Mapping[str, str]:
    from siaga.monitor.series import families  # noqa: PLC0415 - `siaga --help` must not load numpy

    return {name.casefold(): name for name in families() if name != "all"}


def _entries(command: Command) -> Command:
    """A command with the options that say what is on a list."""
    for option in _OPTIONS:
        command = option(command)
    return command


_OPTIONS = (
    click.option("--topic", multiple=True, metavar="FAMILY", type=Named("topic", _families),
                 help="A family or type of events: protest, posture, MOBILIZE."),
    click.option("--pair", nargs=2, multiple=True, metavar="A B", type=PARTY, help="Two codes or names: RUS UKR."),
    click.option("--actor", multiple=True, metavar="CODE", type=PARTY, help="A country or body: a code or a name."),
)  # fmt: skip


@click.group("watchlist")
def command() -> None:
    """Lists of countries and bodies, pairs and topics: siaga warn --watchlist NAME warns of what is on one.

    Each is a file of the folder watchlists/ of the workspace, which can also be edited by hand. (siaga watch is
    another thing: it fetches what is new.)

    \b
    Examples:
      siaga watchlist add europe --actor UKR --pair RUS UKR --topic protest
      siaga watchlist list europe
      siaga watchlist remove europe --actor UKR
    """  # noqa: D301 - click reads \b


@command.command("add")
@click.argument("name")
@_entries
@language_option("the confirmation")
@workspace_option
def add(workspace: str | None, name: str, language: str | None, **given: Unpack[Entries]) -> None:
    """Put entries on a list; it is made if there is none of this name.

    \b
    Examples:
      siaga watchlist add europe --actor UKR --actor POL
      siaga watchlist add straits --pair CHN TWN --topic posture
    """  # noqa: D301 - click reads \b
    from siaga.base.watchlist import WatchList  # noqa: PLC0415 - `siaga --help` must not load records
    from siaga.store.watchlists import load_watch_list, save_watch_list, watch_list_names  # noqa: PLC0415

    where, more = the_workspace(workspace), _given(given)
    if not more.entries:
        raise click.UsageError("nothing to add: give --actor, --pair or --topic")
    before = load_watch_list(where, name) if name in watch_list_names(where) else WatchList()
    save_watch_list(where, name, before.with_all(more))
    _tell("watchlist.added", name, before.with_all(more), _words(language))


@command.command("remove")
@click.argument("name")
@_entries
@language_option("the confirmation")
@workspace_option
def remove(workspace: str | None, name: str, language: str | None, **given: Unpack[Entries]) -> None:
    """Take entries off a list; without any, remove the list as a whole.

    \b
    Examples:
      siaga watchlist remove europe --actor POL
      siaga watchlist remove europe
    """  # noqa: D301 - click reads \b
    from siaga.store.watchlists import load_watch_list, remove_watch_list, save_watch_list  # noqa: PLC0415

    where, words, less = the_workspace(workspace), _words(language), _given(given)
    if not less.entries:
        remove_watch_list(where, name)
        click.echo(words.say("watchlist.removed", name=name))
        return
    before = load_watch_list(where, name)
    if missing := [one for one in less.entries if one not in before.entries]:
        raise click.UsageError(f"not on the list {name}: {', '.join(missing)}. See: siaga watchlist list {name}")
    save_watch_list(where, name, before.without(less))
    _tell("watchlist.added", name, before.without(less), words)


@command.command("list")
@click.argument("name", required=False)
@language_option("the list")
@workspace_option
def list_(workspace: str | None, name: str | None, language: str | None) -> None:
    """Show what is on a list, or on all of them.

    \b
    Examples:
      siaga watchlist list
      siaga watchlist list europe
    """  # noqa: D301 - click reads \b
    from siaga.store.watchlists import load_watch_list, watch_list_names  # noqa: PLC0415

    where, words = the_workspace(workspace), _words(language)
    names = (name,) if name else watch_list_names(where)
    for one in names:
        _tell("watchlist.line", one, load_watch_list(where, one), words)
    if not names:
        click.echo(words.say("watchlist.none"), err=True)


def _given(given: Entries) -> WatchList:
    from siaga.base.watchlist import WatchList, pair_name  # noqa: PLC0415

    pairs = tuple(pair_name(*pair) for pair in given["pair"])
    return WatchList(actors=given["actor"], pairs=pairs, topics=given["topic"])


def _tell(key: str, name: str, list_: WatchList, words: Catalogue) -> None:
    entries = ", ".join(list_.entries) or words.say("watchlist.empty")
    click.echo(words.say(key, name=name, entries=entries))


def _words(language: str | None) -> Catalogue:
    from siaga.report.catalogue import catalogue  # noqa: PLC0415

    return catalogue(language or preferred_language(os.environ))
