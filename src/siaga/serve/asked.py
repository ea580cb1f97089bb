"""What is asked of a workspace by name: words of a person or a program -> questions to the store.

Names of countries, bodies and groups are understood in any of our languages beside their codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar, get_origin, get_type_hints

import msgspec

from siaga.base.errors import GivenError
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.record import Record
from siaga.report.catalogue import catalogue_languages
from siaga.report.facts import known_names

__all__ = ["PARTIES", "as_code", "question"]

Question = TypeVar("Question", bound=Record)
PARTIES = frozenset({"actors", "recipients", "countries", "codes", "parties"})
"""Fields of questions that hold codes of countries, bodies and groups."""


def question(kind: type[Question], given: Mapping[str, Any]) -> Question:
    """A question of a kind. One word stands for a tuple of one, a `date` for a day.

    Raises:
        GivenError: there is no such field, or its value can't be; says what was expected.

    """
    hints = get_type_hints(kind)
    if unknown := [name for name in given if name not in hints]:
        raise GivenError(
            f"{unknown[0]}: no such condition.{did_you_mean(nearest(unknown[0], hints))} There are {', '.join(hints)}"
        )
    fields = {name: _value(name, value, hints[name]) for name, value in given.items()}
    try:
        return msgspec.convert(fields, kind)
    except msgspec.ValidationError as error:
        raise GivenError(str(error)) from error


def as_code(word: str) -> str:
    """The code of a country, body or group that is given by code or name.

    Raises:
        GivenError: there is none; the nearest is named.

    """
    known, asked = _codes(), word.strip().casefold()
    if (code := known.get(asked)) is None:
        meant = did_you_mean(known.get(nearest(asked, known) or ""))
        raise GivenError(f"{word!r} is no country, organisation or group that is known.{meant}")
    return code


def _codes() -> Mapping[str, str]:
    """Codes, and names in each of our languages -> codes."""
    named = [pair for language in catalogue_languages() for pair in known_names(language).items()]
    return {name.casefold(): code for code, name in named} | {code.casefold(): code for code, _ in named}


def _value(name: str, value: Any, hint: Any) -> Any:  # noqa: ANN401 - checked by whoever converts
    """A value as the field has it: a tuple, days and codes as words."""
    if get_origin(hint) is tuple:
        values = (value,) if isinstance(value, str) else tuple(value)
        return tuple(map(as_code, values)) if name in PARTIES else values
    return value.isoformat() if isinstance(value, date) else value
