"""Accounts: added, given another role or password, removed; each in one transaction with its line of the trail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from siaga.base.account import Account, Deed
from siaga.base.errors import AccountError
from siaga.base.person import Person, Role
from siaga.serve.accounts.limits import forget_failures_of
from siaga.serve.accounts.secrets import hashed, require_strong
from siaga.store.accounts import (
    add_account,
    list_accounts,
    remove_account,
    remove_sessions_of,
    set_role,
    set_secret,
)
from siaga.store.audit import add_deed
from siaga.store.connection import Connection
from siaga.store.database import noting_in, now, reading_from, transaction
from siaga.store.workspace import Workspace

__all__ = ["add_user", "change_password", "change_role", "name_of", "remove_user", "users"]

NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")


def users(workspace: Workspace) -> tuple[Account, ...]:
    """Who has an account, by name."""
    with reading_from(workspace) as connection:
        return list_accounts(connection)


def add_user(workspace: Workspace, by: Person, new: Person, password: str) -> None:
    """Give somebody an account. The first one is an admin: from then on nobody comes in without one.

    Raises:
        AccountError: the name is taken or can't be one, the password is too weak, or the first is to be no admin.
        StoreError: as `noting_in`.

    """
    name = name_of(new.name)
    if NAME.fullmatch(name) is None:
        raise AccountError("name", f"{new.name!r} can't be a name: expected letters a-z, digits, . _ @ -, 64 at most")
    require_strong(name, password)
    secret = hashed(password)
    with _noted(workspace, by, Deed(name="account.add", object=name, note=new.role)) as connection:
        if new.role != "admin" and not list_accounts(connection):
            raise AccountError("first", "the first account must be an admin's; expected --role admin")
        if not add_account(connection, new.replace(name=name), secret, now()):
            raise AccountError("taken", f"there is an account {name} already")


def change_role(workspace: Workspace, by: Person, name: str, role: Role) -> None:
    """Give somebody another role, from their next request on.

    Raises:
        AccountError: there is no such account, or nobody would be an admin.
        StoreError: as `noting_in`.

    """
    name = name_of(name)
    with _noted(workspace, by, Deed(name="account.role", object=name, note=role)) as connection:
        _require(name, found=set_role(connection, name, role))
        _require_admin(connection)


def change_password(workspace: Workspace, by: Person, name: str, password: str) -> None:
    """Give somebody another password; all their sessions end, and their failed logins are forgotten.

    Raises:
        AccountError: there is no such account, or the password is too weak.
        StoreError: as `noting_in`.

    """
    name = name_of(name)
    require_strong(name, password)
    secret = hashed(password)
    with _noted(workspace, by, Deed(name="account.password", object=name)) as connection:
        _require(name, found=set_secret(connection, name, secret, now()))
        remove_sessions_of(connection, name)
        forget_failures_of(connection, name)


def remove_user(workspace: Workspace, by: Person, name: str) -> None:
    """Remove an account with its sessions and tokens; what it did stays in the audit trail.

    Raises:
        AccountError: there is no such account, or others would be left without an admin.
        StoreError: as `noting_in`.

    """
    name = name_of(name)
    with _noted(workspace, by, Deed(name="account.remove", object=name)) as connection:
        _require(name, found=remove_account(connection, name))
        _require_admin(connection)


def name_of(typed: str) -> str:
    """A name as it is kept, however it is typed."""
    return typed.strip().casefold()


@contextmanager
def _noted(workspace: Workspace, by: Person, deed: Deed) -> Iterator[Connection]:
    """A transaction that ends with its line of the audit trail, or leaves no trace."""
    with noting_in(workspace) as connection, transaction(connection):
        yield connection
        add_deed(connection, by, deed, now())


def _require(name: str, *, found: bool) -> None:
    if not found:
        raise AccountError("unknown", f"there is no account {name}. See: siaga user list")


def _require_admin(connection: Connection) -> None:
    """Make sure that, where anybody has an account, somebody is an admin."""
    accounts = list_accounts(connection)
    if accounts and not any(one.role == "admin" for one in accounts):
        raise AccountError("last", "nobody would be an admin; give somebody else that role first")
