"""Who asks: a person with a name and a role."""

from __future__ import annotations

from typing import Literal

from siaga.base.record import Record

__all__ = ["NOBODY", "ROLES", "Means", "Person", "Role"]

Role = Literal["viewer", "analyst", "admin"]
Means = Literal["session", "token", "alone", "command"]
"""How somebody is known: logged in, by a token, as the only one there is, or at the command line."""
ROLES: tuple[Role, ...] = ("viewer", "analyst", "admin")
"""Each may do what those before it may."""


class Person(Record):
    """Somebody who uses a workspace."""

    name: str
    role: Role
    means: Means = "alone"

    def may(self, least: Role) -> bool:
        """Whether the role suffices.

        >>> Person(name="ani", role="analyst").may("viewer")
        True
        """
        return ROLES.index(self.role) >= ROLES.index(least)


NOBODY = Person(name="", role="viewer")
"""Somebody who is not known, where anybody is answered."""
