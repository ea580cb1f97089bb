"""What every record is: frozen, keyword-only, strict about the fields it is given."""

from __future__ import annotations

from typing import Any, Self, dataclass_transform

import msgspec

__all__ = ["Record"]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class RecordType(msgspec.StructMeta):
    """Makes every subclass of `Record` frozen, keyword-only and strict: msgspec does not hand `kw_only` down."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> type:
        return super().__new__(cls, name, bases, namespace, frozen=True, kw_only=True, forbid_unknown_fields=True)


class Record(msgspec.Struct, metaclass=RecordType):
    """An immutable record: tuples inside, never lists or dicts."""

    def to_json(self) -> bytes:
        """The record as one line of JSON; unknown values stay as `null` and `[]`."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, line: bytes | str) -> Self:
        """The record of one line of JSON.

        Raises:
            msgspec.ValidationError: a field is missing, unknown or of another type.

        """
        return msgspec.json.decode(line, type=cls)

    def replace(self, **changes: object) -> Self:
        """A copy with some fields changed."""
        return msgspec.structs.replace(self, **changes)
