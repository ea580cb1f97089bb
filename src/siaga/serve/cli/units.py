"""The unit and the family that `siaga series` and `siaga episodes` are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from siaga.serve.cli.selecting import DAY, Named, day, party_codes
from siaga.serve.cli.workspaces import the_workspace

if TYPE_CHECKING:
    from datetime import datetime

    from siaga.monitor.alarm import Series
    from siaga.store.series import Each, Unit

__all__ = ["UNIT", "Watched", "as_of_option", "each_option", "family_option", "watching"]

Command = TypeVar("Command", bound=Callable[..., Any])


class _UnitType(click.ParamType["Unit"]):
    """`UKR`, `RUS>UKR`, `RUS-UKR` or `@UKR`, in codes or names."""

    name = "unit"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """The unit that is meant.

        Raises:
            BadParameter: a code or name is not known; the nearest is named.

        """
        from siaga.store.series import Unit, unit_of  # noqa: PLC0415 - `siaga --help` must not load the engine

        text, known = str(value).strip(), Named("country, organisation or group", party_codes)
        if text.casefold() in party_codes():
            return Unit(kind="country", one=party_codes()[text.casefold()])
        unit = unit_of(text)
        one = known.convert(unit.one, param, ctx)
        return Unit(kind=unit.kind, one=one, other=known.convert(unit.other, param, ctx) if unit.other else None)


UNIT = _UnitType()


def _families() -> Mapping[str, str]:
    from siaga.monitor.series import families  # noqa: PLC0415

    return {name.casefold(): name for name in families()}


family_option = click.option(
    "--family", metavar="FAMILY", type=Named("family", _families), default="conflict", show_default=True,
    help="all, conflict, material_conflict, posture, verbal_conflict, protest, cooperation, or a type, e.g. ASSAULT.",
)  # fmt: skip


each_option = click.option(
    "--each", type=click.Choice(["story", "article"]), default="story", show_default=True,
    help="What is counted of articles: stories, whoever tells them and however often, or every article.",
)  # fmt: skip


class Watched(NamedTuple):
    """What the options of a command about one unit say."""

    unit: Unit
    family: str
    as_of: datetime | None
    each: Each


as_of_option = click.option(
    "--as-of", "as_of", metavar="YYYY-MM-DD", type=DAY, default=None,
    help="What was known on that day; by default all that is stored.",
)  # fmt: skip


@contextmanager
def watching(workspace: str | None, asked: Watched) -> Iterator[Series]:
    """The series of a unit out of a workspace."""
    from siaga.monitor.series import load_series, series_of  # noqa: PLC0415 - `siaga --help` must not load numpy
    from siaga.store.series import LAST_DAY  # noqa: PLC0415

    with series_of(the_workspace(workspace), day(asked.as_of) or LAST_DAY, asked.each) as stored:
        yield load_series(stored, asked.unit, asked.family)
