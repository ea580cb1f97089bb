"""One's own account: the password, where one is logged in, and tokens."""

from __future__ import annotations

from siaga.base.account import SCOPES, Scope, Token
from siaga.base.errors import AccountError, GivenError
from siaga.base.person import ROLES, Role
from siaga.base.record import Record
from siaga.serve.accounts.entrance import Credentials, Refused, Session, known, log_in, log_out_everywhere
from siaga.serve.accounts.tokens import Issued, Wanted, make_token, revoke_token, tokens
from siaga.serve.accounts.users import change_password
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.pages.login import cookies_of
from siaga.serve.web.view import Elsewhere, Rows, View
from siaga.store.database import now

__all__ = ["ROUTES"]

WRONG = 400


class OwnAccount(Record):
    """What the page shows."""

    name: str
    role: Role
    alone: bool
    """Nobody has an account."""
    scopes: tuple[Scope, ...]
    """That a token of one's own may have."""
    tokens: tuple[Token, ...]
    issued: Issued | None = None
    """A token that was just made: this once it is shown."""
    wrong: str | None = None
    """Why nothing was done: a key below `account.error`."""


def show(asking: Asking) -> View:
    """The account of whoever asks."""
    return _view(asking)


def act(asking: Asking) -> View | Elsewhere:
    """Do what one of the forms asks for."""
    deed = asking.given("deed")
    if asking.person.means != "session":
        raise GivenError("only somebody who is logged in has an account to change")
    if deed not in DEEDS:
        raise GivenError(f"deed: expected one of {', '.join(DEEDS)}")
    try:
        return DEEDS[deed](asking)
    except AccountError as error:
        return _view(asking, wrong=error.code).replace(status=WRONG)


def _password(asking: Asking) -> View | Elsewhere:
    """Another password, for somebody who knows the one before; every other session ends."""
    name, (old, new, again) = asking.person.name, (asking.form.get(one, ("",))[-1] for one in ("old", "new", "again"))
    if new != again:
        return _view(asking, wrong="unlike").replace(status=WRONG)
    if isinstance(known(asking.workspace, _credentials(asking, old), now()), Refused):
        return _view(asking, wrong="old").replace(status=WRONG)
    change_password(asking.workspace, asking.person, name, new)
    session = log_in(asking.workspace, _credentials(asking, new), now())
    cookies = cookies_of(asking, session if isinstance(session, Session) else None)
    return Elsewhere(path=asking.link("/account"), cookies=cookies)


def _token(asking: Asking) -> View:
    scope, days = asking.given("scope", SCOPES[0]), asking.given("days", "90")
    if scope not in SCOPES or not (days.isascii() and days.isdecimal() and len(days) < 5):  # noqa: PLR2004 - 366
        raise GivenError("expected a scope and a number of days")
    wanted = Wanted(account=asking.person.name, label=asking.given("label"), scope=scope, days=int(days))
    return _view(asking, issued=make_token(asking.workspace, asking.person, wanted))


def _revoke(asking: Asking) -> Elsewhere:
    revoke_token(asking.workspace, asking.person, asking.given("token"), asking.person.name)
    return Elsewhere(path=asking.link("/account"))


def _everywhere(asking: Asking) -> Elsewhere:
    log_out_everywhere(asking.workspace, asking.person, now())
    return Elsewhere(path=asking.link("/login"), cookies=cookies_of(asking, None))


DEEDS = {"password": _password, "token": _token, "revoke": _revoke, "everywhere": _everywhere}


def _credentials(asking: Asking, password: str) -> Credentials:
    return Credentials(name=asking.person.name, password=password, address=asking.address)


def _view(asking: Asking, issued: Issued | None = None, wrong: str | None = None) -> View:
    person = asking.person
    own = tokens(asking.workspace, person.name)
    shown = OwnAccount(
        name=person.name, role=person.role, alone=person.means == "alone", tokens=own, issued=issued, wrong=wrong,
        scopes=SCOPES[: ROLES.index(person.role) + 1],
    )  # fmt: skip
    columns = ("id", "account", "label", "scope", "made", "ends", "used")
    lines = tuple(tuple(getattr(one, name) for name in columns) for one in own)
    title = asking.words.say("web_users.account")
    return View(title=title, template="account.html", shown=shown, rows=Rows(columns=columns, lines=lines))


ROUTES = (Page(path="/account", show=show, act=act, act_role="viewer"),)
