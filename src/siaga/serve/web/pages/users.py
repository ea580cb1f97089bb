"""Who has an account, and every token: for admins."""

from __future__ import annotations

from typing import get_args

from siaga.base.account import Account, Token
from siaga.base.errors import AccountError, GivenError
from siaga.base.person import Person, Role
from siaga.base.record import Record
from siaga.serve.accounts.tokens import revoke_token, tokens
from siaga.serve.accounts.users import add_user, change_password, change_role, remove_user, users
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.view import Elsewhere, Rows, View

__all__ = ["ROUTES"]

WRONG = 400
ROLES: tuple[Role, ...] = get_args(Role)


class Users(Record):
    """What the page shows."""

    accounts: tuple[Account, ...]
    tokens: tuple[Token, ...]
    roles: tuple[Role, ...] = ROLES
    wrong: str | None = None
    """Why nothing was done: a key below `account.error`."""


def show(asking: Asking) -> View:
    """Accounts and tokens."""
    return _view(asking)


def act(asking: Asking) -> View | Elsewhere:
    """Do what one of the forms asks for."""
    deed = asking.given("deed")
    if deed not in DEEDS:
        raise GivenError(f"deed: expected one of {', '.join(DEEDS)}")
    try:
        DEEDS[deed](asking)
    except AccountError as error:
        return _view(asking, error.code).replace(status=WRONG)
    return Elsewhere(path=asking.link("/users"))


def _add(asking: Asking) -> None:
    new = Person(name=asking.given("name"), role=_role(asking), means="session")
    add_user(asking.workspace, asking.person, new, _password(asking))


def _change_role(asking: Asking) -> None:
    change_role(asking.workspace, asking.person, asking.given("name"), _role(asking))


def _change_password(asking: Asking) -> None:
    change_password(asking.workspace, asking.person, asking.given("name"), _password(asking))


def _remove(asking: Asking) -> None:
    remove_user(asking.workspace, asking.person, asking.given("name"))


def _revoke(asking: Asking) -> None:
    revoke_token(asking.workspace, asking.person, asking.given("token"))


DEEDS = {"add": _add, "role": _change_role, "password": _change_password, "remove": _remove, "revoke": _revoke}


def _role(asking: Asking) -> Role:
    for role in ROLES:
        if role == asking.given("role"):
            return role
    raise GivenError(f"role: expected one of {', '.join(ROLES)}")


def _password(asking: Asking) -> str:
    """As it was typed: blanks around it are part of it."""
    return asking.form.get("password", ("",))[-1]


def _view(asking: Asking, wrong: str | None = None) -> View:
    shown = Users(accounts=users(asking.workspace), tokens=tokens(asking.workspace), wrong=wrong)
    columns = ("name", "role", "made", "changed")
    lines = tuple(tuple(getattr(one, name) for name in columns) for one in shown.accounts)
    title = asking.words.say("web_users.users")
    return View(title=title, template="users.html", shown=shown, rows=Rows(columns=columns, lines=lines))


ROUTES = (Page(path="/users", show=show, role="admin", act=act, act_role="admin"),)
