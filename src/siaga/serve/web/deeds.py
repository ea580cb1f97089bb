"""What the forms of pages ask for, by name, and that it stands in the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from siaga.base.account import Deed
from siaga.base.errors import GivenError
from siaga.serve.web.asking import Asking
from siaga.store.audit import add_deed
from siaga.store.database import noting_in, now, transaction

__all__ = ["chosen", "note_deed", "who"]


def chosen(asking: Asking, deeds: Mapping[str, Callable[[Asking], str]]) -> Callable[[Asking], str]:
    """What a form asks to be done; it gives the path on which to go on.

    Raises:
        GivenError: nothing of these.

    """
    deed = asking.given("deed")
    if deed not in deeds:
        raise GivenError(f"deed: expected one of {', '.join(deeds)}")
    return deeds[deed]


def who(asking: Asking) -> str:
    """Who does it: by name where there are accounts, else by the setting `analyst.name`, else as the only one."""
    return asking.person.name or asking.workspace.config.analyst.name or "local"


def note_deed(asking: Asking, name: str, object_: str, note: str | None = None) -> None:
    """Write into the audit trail what was done."""
    person = asking.person.replace(name=who(asking))
    with noting_in(asking.workspace) as connection, transaction(connection):
        add_deed(connection, person, Deed(name=name, object=object_, note=note), now())
