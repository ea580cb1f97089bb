"""The way in and out."""

from __future__ import annotations

from secrets import token_hex

from siaga.base.errors import AbsentError
from siaga.base.record import Record
from siaga.serve.accounts.entrance import MOST_SECONDS, Credentials, Refused, Session, log_in, log_out
from siaga.serve.accounts.people import is_open_to_all, session_cookie
from siaga.serve.web.asking import VISITOR, Asking, Page
from siaga.serve.web.view import Cookie, Elsewhere, View
from siaga.store.database import now

__all__ = ["ROUTES", "cookies_of"]

UNKNOWN, TOO_OFTEN = 401, 429


class Way(Record):
    """What the page of the way in shows."""

    open: bool
    """Nobody has an account: there is nothing to log in to."""
    back: str
    """Where it goes on after it."""
    refused: Refused | None = None


def show(asking: Asking) -> View:
    """The form in which somebody says who they are."""
    return _view(asking, Way(open=is_open_to_all(asking.workspace), back=_back(asking, asking.one("back"))))


def enter(asking: Asking) -> View | Elsewhere:
    """Log in, and go on to where it was asked for."""
    back = _back(asking, asking.given("back"))
    password = asking.form.get("password", ("",))[-1]  # blanks around it are part of it
    found = log_in(
        asking.workspace, Credentials(name=asking.given("name"), password=password, address=asking.address), now()
    )
    if isinstance(found, Refused):
        way = Way(open=is_open_to_all(asking.workspace), back=back, refused=found)
        return _view(asking, way).replace(status=TOO_OFTEN if found.wait else UNKNOWN)
    return Elsewhere(path=back, cookies=cookies_of(asking, found))


def nothing(_asking: Asking) -> View:
    """Nothing: it is only sent to."""
    raise AbsentError("one leaves by the button for it")


def leave(asking: Asking) -> Elsewhere:
    """Log out."""
    if id_ := asking.cookies.get(session_cookie(secure=asking.secure)):
        log_out(asking.workspace, id_, asking.person, now())
    return Elsewhere(path=asking.link("/login"), cookies=cookies_of(asking, None))


def cookies_of(asking: Asking, session: Session | None) -> tuple[Cookie, ...]:
    """What a browser keeps of a session, or forgets; the tokens of forms from before are good no more."""
    name = session_cookie(secure=asking.secure)
    kept = Cookie(
        name=name, value=session.id if session else "", seconds=int(MOST_SECONDS) if session else 0, from_links=True
    )
    return kept, Cookie(name=VISITOR, value=token_hex(16))


def _view(asking: Asking, way: Way) -> View:
    return View(title=asking.words.say("web_users.login"), template="login.html", shown=way)


def _back(asking: Asking, path: str) -> str:
    """An address of ours, by default the board."""
    return path if path.startswith(f"/{asking.language}/") and "\\" not in path else asking.link("/board")


ROUTES = (
    Page(path="/login", show=show, act=enter, act_role="viewer", open=True),
    Page(path="/logout", show=nothing, act=leave, act_role="viewer"),
)
