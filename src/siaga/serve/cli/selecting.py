"""The options by which commands choose events, with help for those who misspell a code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, get_args

import click

if TYPE_CHECKING:
    from siaga.store.analysis import Selection

__all__ = [
    "DAY", "PARTY", "STATUS", "TYPE", "Asked", "Conditions", "Named", "conditions", "day", "of_conditions",
    "party_codes", "selecting", "selection",
]  # fmt: skip

Command = TypeVar("Command", bound=Callable[..., Any])
DAY = click.DateTime(["%Y-%m-%d"])


class Conditions(TypedDict):
    """What the options give that say which events are meant, whenever they are told."""

    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    type_: tuple[str, ...]
    status: tuple[str, ...]
    country: tuple[str, ...]
    source: tuple[str, ...]
    text_language: tuple[str, ...]


class Asked(Conditions):
    """What all options give."""

    since: datetime | None
    until: datetime | None
    published_since: datetime | None
    published_until: datetime | None
    min_confidence: float
    titles: bool


class Named(click.ParamType[str]):
    """A word of a list that is loaded when one is given; codes and names are taken in any case."""

    def __init__(self, name: str, words: Callable[[], Mapping[str, str]]) -> None:
        self.name = name
        self._words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """The code that is meant.

        Raises:
            BadParameter: there is none; the nearest is named.

        """
        from siaga.base.nearest import did_you_mean, nearest  # noqa: PLC0415 - only for a word that is given

        words, asked = self._words(), str(value).strip()
        if (code := words.get(asked.casefold())) is None:
            meant = words.get(nearest(asked.casefold(), words) or "")
            self.fail(f"unknown {self.name} {asked!r}.{did_you_mean(meant)}", param, ctx)
        return code


def selecting(command: Command) -> Command:
    """A command with the options that choose events."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def conditions(command: Command) -> Command:
    """A command with the options that say which events are meant, whenever they are told."""
    for option in reversed(_CONDITIONS):
        command = option(command)
    return command


def selection(asked: Asked) -> Selection:
    """What the options choose."""
    return of_conditions(asked).replace(
        since=day(asked["since"]),
        until=day(asked["until"]),
        published_since=day(asked["published_since"]),
        published_until=day(asked["published_until"]),
        least_confidence=asked["min_confidence"],
        titles=asked["titles"],
    )


def of_conditions(asked: Conditions) -> Selection:
    """What the options that know no days choose."""
    from siaga.store.analysis import Selection  # noqa: PLC0415 - `siaga --help` must not load the engine

    fields = {
        "actors": asked["actor"], "recipients": asked["recipient"], "types": asked["type_"],
        "statuses": asked["status"], "countries": asked["country"], "sources": asked["source"],
        "languages": asked["text_language"],
    }  # fmt: skip
    return Selection(**fields)  # type: ignore[arg-type]  # click has converted each


def day(given: datetime | None) -> str | None:
    """A day as the store has it."""
    return given.date().isoformat() if given else None


def party_codes() -> Mapping[str, str]:
    """Codes and names, in each of our languages -> codes of countries, organisations and groups."""
    from siaga.base.errors import WorkspaceError  # noqa: PLC0415
    from siaga.report.catalogue import catalogue_languages  # noqa: PLC0415
    from siaga.report.facts import known_names  # noqa: PLC0415
    from siaga.serve.cli.workspaces import stand_on_overlay, the_workspace  # noqa: PLC0415

    with suppress(WorkspaceError):  # told by the command itself, after what is wrong with its options
        stand_on_overlay(the_workspace(click.get_current_context().params.get("workspace")))
    named = [pair for language in catalogue_languages() for pair in known_names(language).items()]
    return {name.casefold(): code for code, name in named} | {code.casefold(): code for code, _ in named}


def _types() -> Mapping[str, str]:
    from siaga.base.event import EventType  # noqa: PLC0415

    return _themselves(get_args(EventType))


def _statuses() -> Mapping[str, str]:
    from siaga.base.event import Status  # noqa: PLC0415

    return _themselves(get_args(Status))


def _themselves(words: Iterable[str]) -> Mapping[str, str]:
    return {word.casefold(): word for word in words}


PARTY = Named("actor", party_codes)
TYPE = Named("type", _types)
STATUS = Named("status", _statuses)
_CONDITIONS = (
    click.option("--actor", multiple=True, metavar="CODE", type=Named("actor", party_codes),
                 help="Who does it: a code (RUS, NATO) or a name; repeat for any of several."),
    click.option("--recipient", multiple=True, metavar="CODE", type=Named("recipient", party_codes),
                 help="To whom it is done."),
    click.option("--type", "type_", multiple=True, metavar="TYPE", type=Named("type", _types),
                 help="What is done, e.g. MOBILIZE, ASSAULT, CONSULT."),
    click.option("--status", multiple=True, metavar="STATUS", type=Named("status", _statuses),
                 help="happened, planned, considered, possible or denied."),
    click.option("--country", multiple=True, metavar="CODE", type=Named("country", party_codes),
                 help="Where it happens."),
    click.option("--source", multiple=True, metavar="NAME", help="Who reports it."),
    click.option("--text-language", multiple=True, metavar="LANG", help="Language of the article, e.g. id."),
)  # fmt: skip
_OPTIONS = (
    *_CONDITIONS,
    click.option("--since", metavar="YYYY-MM-DD", type=DAY, default=None,
                 help="First day, inclusive, for the day an event is told for, else that of publication."),
    click.option("--until", metavar="YYYY-MM-DD", type=DAY, default=None, help="Last day, inclusive."),
    click.option("--published-since", metavar="YYYY-MM-DD", type=DAY, default=None,
                 help="First day, inclusive, on which the article was published."),
    click.option("--published-until", metavar="YYYY-MM-DD", type=DAY, default=None, help="Last day, inclusive."),
    click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="0..1",
                 help="How sure the reader must be."),
    click.option("--titles", is_flag=True, help="Events of titles, too; most are told again in the text."),
)  # fmt: skip
