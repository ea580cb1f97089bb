"""Who asks: a person with a name and a role."""

from __future__ import annotations

from typing import Literal

from siaga.base.record import Record

__all__ = ["NOBODY", "ROLES", "Person", "Role"]

Role = Literal["viewer", "analyst", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "analyst", "admin")
"""Each may do what those before it may."""


class Person(Record):
    """Somebody who uses a workspace."""

    name: str
    role: Role

    def may(self, least: Role) -> bool:
        """Whether the role suffices.

        >>> Person(name="ani", role="analyst").may("viewer")
        True
        """
        return ROLES.index(self.role) >= ROLES.index(least)


NOBODY = Person(name="", role="viewer")
"""Somebody who is not known, where anybody is answered."""
