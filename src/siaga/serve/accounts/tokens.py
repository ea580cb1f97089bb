"""Tokens: what programs show in place of a name and a password. Each is told once, when it is made."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Final

from siaga.base.account import SCOPES, Deed, Scope, Token
from siaga.base.errors import AccountError
from siaga.base.person import ROLES, Person, Role
from siaga.base.record import Record
from siaga.serve.accounts.secrets import digest, new_secret
from siaga.serve.accounts.users import name_of
from siaga.store.accounts import add_token, list_accounts, list_tokens, remove_token
from siaga.store.audit import add_deed
from siaga.store.database import noting_in, now, reading_from, transaction
from siaga.store.jobs import after
from siaga.store.workspace import Workspace

__all__ = ["MARK", "MOST_DAYS", "Issued", "Wanted", "make_token", "revoke_token", "tokens"]

MARK: Final = "siaga_"
"""What every token begins with, so that one left in a file is found."""
MOST_DAYS = 366
DAY = 86_400.0
LABEL_SIGNS = 80


class Wanted(Record):
    """A token that is to be made."""

    account: str
    label: str
    """What it is for."""
    scope: Scope = "read"
    days: int = 90
    """After which it is over."""


class Issued(Record):
    """A token with its secret, which is kept nowhere else."""

    token: Token
    secret: str


def tokens(workspace: Workspace, name: str | None = None) -> tuple[Token, ...]:
    """The tokens of an account, or of all, newest first."""
    with reading_from(workspace) as connection:
        return list_tokens(connection, name)


def make_token(workspace: Workspace, by: Person, wanted: Wanted) -> Issued:
    """A token for an account. It may do what its scope says, and never more than whoever has the account.

    Raises:
        AccountError: there is no such account, its role is below the scope, or the days are too many.
        StoreError: as `noting_in`.

    """
    if not 1 <= wanted.days <= MOST_DAYS:
        raise AccountError("days", f"a token for {wanted.days} days; expected 1 to {MOST_DAYS}")
    moment, secret = now(), MARK + new_secret()
    token = Token(
        id=secrets.token_hex(4), account=name_of(wanted.account), label=wanted.label.strip()[:LABEL_SIGNS],
        scope=wanted.scope, made=moment, ends=after(moment, wanted.days * DAY), used=None,
    )  # fmt: skip
    with noting_in(workspace) as connection, transaction(connection):
        _require_role({one.name: one.role for one in list_accounts(connection)}, token)
        add_token(connection, token, digest(secret))
        add_deed(connection, by, Deed(name="token.add", object=token.id, note=_said(token)), moment)
    return Issued(token=token, secret=secret)


def revoke_token(workspace: Workspace, by: Person, token: str, name: str | None = None) -> None:
    """Let a token be good for nothing from now on.

    Args:
        workspace: whose tokens.
        by: who revokes it.
        token: its id.
        name: only if it is of this account; null: whosever it is.

    Raises:
        AccountError: there is no such token.
        StoreError: as `noting_in`.

    """
    with noting_in(workspace) as connection, transaction(connection):
        if (owner := remove_token(connection, token, name)) is None:
            raise AccountError("no_token", f"there is no token {token}. See: siaga token list")
        add_deed(connection, by, Deed(name="token.revoke", object=token, note=owner), now())


def _require_role(roles: Mapping[str, Role], token: Token) -> None:
    if (role := roles.get(token.account)) is None:
        raise AccountError("unknown", f"there is no account {token.account}. See: siaga user list")
    if ROLES.index(role) < SCOPES.index(token.scope):
        raise AccountError("scope", f"a token that may {token.scope} for a {role}; expected a lesser scope")


def _said(token: Token) -> str:
    return f"{token.account} {token.scope} {token.ends[:10]} {token.label}"
