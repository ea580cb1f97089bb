"""What was expected where a record was met that is none: the field, its values, and the one that was probably meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from siaga.base.errors import PackError
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.record import Record
from siaga.base.table import TOO_MANY, Line

__all__ = ["convert", "unknown_column"]

Row = TypeVar("Row", bound=Record)
_UNKNOWN = re.compile(r"unknown field `(?P<field>[^`]*)`$")
_VALUE = re.compile(r"at `\$\.(?P<field>\w+)`$")


def convert(value: Mapping[str, Any], type_: type[Row], where: str | Line) -> Row:
    """The record that a row or a table is.

    Raises:
        PackError: it is none: where, what was met, what was expected.

    """
    try:
        return msgspec.convert(value, type_, strict=False)
    except msgspec.ValidationError as error:
        place = where.where if isinstance(where, Line) else where
        raise PackError(f"{place}: {_told(str(error), value, type_)}") from error


def unknown_column(column: str, type_: type[Record], *more: str) -> str:
    """That a record has no such field, which one is near, and which there are."""
    names = (*(field.name for field in msgspec.structs.fields(type_)), *more)
    return f"unknown column {column!r}.{did_you_mean(nearest(column, names))} There are {', '.join(names)}"


def _told(message: str, value: Mapping[str, Any], type_: type[Record]) -> str:
    if TOO_MANY in value:
        return f"more cells than columns: {value[TOO_MANY]!r}"
    if unknown := _UNKNOWN.search(message):
        return unknown_column(unknown["field"], type_)
    place = _VALUE.search(message)
    if place is None:
        return f"{message}; met {value!r}"
    met, names = value.get(place["field"]), _values(type_, place["field"])
    if not names:
        return f"{place['field']}: {message.partition(' - at')[0]}; met {met!r}"
    return f"{place['field']}: met {met!r}, expected one of {', '.join(names)}.{did_you_mean(nearest(str(met), names))}"


def _values(type_: type[Record], field: str) -> tuple[str, ...]:
    """The values that a field may have, where they are a closed list."""
    return tuple(value for value in get_args(get_type_hints(type_)[field]) if isinstance(value, str))
