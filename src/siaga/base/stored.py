"""Records read back from where an earlier or later Siaga saved them: tolerant where input is strict."""

from __future__ import annotations

from collections.abc import Mapping
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from siaga.base.errors import DamagedError
from siaga.base.record import Record

__all__ = ["from_stored"]

Kind = TypeVar("Kind", bound=Record)


def from_stored(json: str, kind: type[Kind], where: str) -> Kind:
    """The record that was saved as this JSON; fields we don't know are left out, fields it lacks are null or empty.

    Raises:
        DamagedError: it can't be such a record.

    """
    try:
        return kind.from_json(json)
    except msgspec.ValidationError:
        return _mended(json, kind, where)
    except (msgspec.DecodeError, RecursionError) as error:
        raise DamagedError(f"{where}: no {kind.__name__.lower()} can be read from what is stored: {error}") from error


def _mended(json: str, kind: type[Kind], where: str) -> Kind:
    try:
        return msgspec.convert(_fitted(msgspec.json.decode(json), kind), kind)
    except (
        msgspec.DecodeError,
        RecursionError,
    ) as error:  # a field of a wrong kind may stand before what is no JSON at all
        raise DamagedError(f"{where}: no {kind.__name__.lower()} can be read from what is stored: {error}") from error


def _fitted(value: Any, kind: Any) -> Any:  # noqa: ANN401 - any JSON, any annotation
    """A value with the fields that its annotation has, at every depth."""
    if get_origin(kind) in {Union, UnionType}:
        inner = [one for one in get_args(kind) if one is not type(None)]
        return value if value is None else _fitted(value, inner[0])
    if get_origin(kind) is tuple and isinstance(value, list):
        return [_fitted(one, get_args(kind)[0]) for one in value]
    if isinstance(kind, type) and issubclass(kind, Record) and isinstance(value, Mapping):
        return _fields(value, kind)
    return value


def _fields(value: Mapping[str, Any], kind: type[Record]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    fields = msgspec.structs.fields(kind)
    known = {one.name: _fitted(value[one.name], hints[one.name]) for one in fields if one.name in value}
    lacking = (one.name for one in fields if one.name not in value and one.required)
    return known | {name: _nothing(hints[name]) for name in lacking}


def _nothing(kind: Any) -> Any:  # noqa: ANN401 - any annotation
    return [] if get_origin(kind) is tuple else None
