"""The options by which an analyst says what an event is."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import click

from siaga.serve.cli.selecting import PARTY, STATUS, TYPE

if TYPE_CHECKING:
    from siaga.extract.given import Given

__all__ = ["NOTHING", "Options", "given", "given_in_words", "giving"]

Command = TypeVar("Command", bound=Callable[..., Any])
NOTHING = "-"
"""What is given to take a field away."""


class Options(TypedDict):
    """What the options give."""

    type_: str | None
    mode: str | None
    status: str | None
    trigger: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    day: str | None
    earliest: str | None
    latest: str | None
    place: str | None
    country: str | None


class OrNothing(click.ParamType[str]):
    """A word of another kind, or `-` for none."""

    def __init__(self, kind: click.ParamType[Any]) -> None:
        self.name = kind.name
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """The word; empty for none."""
        return "" if value in {NOTHING, ""} else str(self._kind.convert(value, param, ctx))


class Day(click.DateTime):
    """A day, which stays a word."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """The day as the store has it."""
        return super().convert(value, param, ctx).date().isoformat()


def giving(command: Command) -> Command:
    """A command with the options that say what an event is."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def given(options: Options) -> Given:
    """What the options say of an event."""
    from siaga.extract.given import Given  # noqa: PLC0415 - `siaga --help` must not load the tables

    day = options["day"]
    return Given(
        type=options["type_"],  # type: ignore[arg-type]  # checked by the option
        mode=options["mode"],
        status=options["status"],  # type: ignore[arg-type]
        trigger=options["trigger"],
        actors=_codes(options["actor"]),
        recipients=_codes(options["recipient"]),
        earliest=options["earliest"] if options["earliest"] is not None else day,
        latest=options["latest"] if options["latest"] is not None else day,
        place=options["place"],
        country=options["country"],
    )


def given_in_words(text: str) -> Given:
    """The same of words `name=value`: `recipient=POL status=planned`.

    Raises:
        UsageError: a name is not that of an option, or its value can't be.

    """
    with _into.make_context("siaga correct split --into", [f"--{word}" for word in shlex.split(text)]) as context:
        return given(Options(**context.params))  # type: ignore[typeddict-item]  # they are those of the options


def _codes(codes: tuple[str, ...]) -> tuple[str, ...] | None:
    """Null where nothing is given; none where `-` is."""
    return tuple(filter(None, codes)) if codes else None


_DAY = OrNothing(Day(["%Y-%m-%d"]))
_OPTIONS = (
    click.option("--type", "type_", metavar="TYPE", type=TYPE, default=None, help="What is done, e.g. ASSAULT."),
    click.option("--mode", metavar="MODE", type=OrNothing(click.STRING), default=None, help="How, e.g. visit."),
    click.option("--status", metavar="STATUS", type=STATUS, default=None,
                 help="happened, planned, considered, possible or denied."),
    click.option("--trigger", metavar="WORD", default=None, help="The word of the sentence that tells of it."),
    click.option("--actor", multiple=True, metavar="CODE", type=OrNothing(PARTY),
                 help="Who does it: a code or a name; repeat for several. - for nobody known."),
    click.option("--recipient", multiple=True, metavar="CODE", type=OrNothing(PARTY), help="To whom it is done."),
    click.option("--day", metavar="YYYY-MM-DD", type=_DAY, default=None, help="When; - for no day told."),
    click.option("--earliest", metavar="YYYY-MM-DD", type=_DAY, default=None, help="First day it can mean."),
    click.option("--latest", metavar="YYYY-MM-DD", type=_DAY, default=None, help="Last day it can mean, inclusive."),
    click.option("--place", metavar="NAME", type=OrNothing(click.STRING), default=None, help="Where it happens."),
    click.option("--country", metavar="CODE", type=OrNothing(PARTY), default=None,
                 help="The country of the place or, without --place, as the place."),
)  # fmt: skip


@click.command("into", add_help_option=False)
@giving
def _into(**options: object) -> Mapping[str, object]:
    """Read the options of an event out of one word."""
    return options
