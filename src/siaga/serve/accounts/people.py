"""Who asks: by a token, by a session or, where nobody has an account, whoever is at this machine."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import ip_address

from starlette.requests import HTTPConnection

from siaga.base.account import SCOPES
from siaga.base.errors import BusyError, NotSavedError
from siaga.base.person import ROLES, Person
from siaga.serve.accounts.entrance import IDLE_SECONDS
from siaga.serve.accounts.local import local_name
from siaga.serve.accounts.secrets import digest
from siaga.store.accounts import Seen, any_account, load_session, load_token, see_session, use_token
from siaga.store.connection import Connection
from siaga.store.database import noting_in, now, reading_from
from siaga.store.jobs import after
from siaga.store.workspace import Workspace

__all__ = ["is_open_to_all", "person_of", "session_cookie", "session_id"]

EXACTNESS = 600.0
"""Seconds to which it is noted when a session or a token was last seen: to write changes the state of the store, and
what was reckoned for the pages is reckoned again.
"""
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""What a proxy adds: behind one, whoever asks is not the one at this machine."""
BEARER = "bearer "
NOBODY = "?"
"""Who works at a machine that knows no name."""


def person_of(workspace: Workspace, request: HTTPConnection) -> Person | None:
    """Who asks, with what they may do now; null for a stranger.

    Where nobody has an account, whoever asks from this machine is an admin. A token that doesn't hold is never made up
    for by a session.

    Raises:
        StoreError: as `reading_from`.

    """
    moment = now()
    with reading_from(workspace) as connection:
        if not any_account(connection):
            return _alone(workspace, request)
        seen = _seen(connection, request, moment)
    if seen is None:
        return None
    _note(workspace, request, seen, moment)
    return seen.person


def is_open_to_all(workspace: Workspace) -> bool:
    """Whether nobody has an account: then it must not be reached from beyond this machine."""
    with reading_from(workspace) as connection:
        return not any_account(connection)


def session_id(request: HTTPConnection) -> str | None:
    """The id of the session that a browser shows, whether it holds or not."""
    return request.cookies.get(session_cookie(secure=request.url.scheme == "https"))


def session_cookie(*, secure: bool) -> str:
    """The name of the cookie of a session: over https one that browsers take only from this very host."""
    return "__Host-siaga" if secure else "siaga"


def _alone(workspace: Workspace, request: HTTPConnection) -> Person | None:
    """The one person there is, if they ask from this machine."""
    if request.client is None or not _is_loopback(request.client.host):
        return None
    if any(name in request.headers for name in FORWARDED):
        return None
    return Person(name=local_name(workspace) or NOBODY, role="admin", means="alone")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _seen(connection: Connection, request: HTTPConnection, moment: str) -> Seen | None:
    if (shown := request.headers.get("authorization")) is not None:
        return _by_token(connection, shown, moment)
    if (id_ := session_id(request)) is None:
        return None
    return load_session(connection, digest(id_), moment, after(moment, -IDLE_SECONDS))


def _by_token(connection: Connection, shown: str, moment: str) -> Seen | None:
    """Whose a token is; they may do what its scope says, and no more than without it."""
    if not shown.casefold().startswith(BEARER):
        return None
    seen = load_token(connection, digest(shown[len(BEARER) :].strip()), moment)
    if seen is None or seen.scope is None:
        return None
    least = min(ROLES.index(seen.person.role), SCOPES.index(seen.scope))
    return seen._replace(person=seen.person.replace(role=ROLES[least]))


def _note(workspace: Workspace, request: HTTPConnection, seen: Seen, moment: str) -> None:
    """Note that a session or token was seen, unless that was a moment ago; a disk that is full keeps nobody out."""
    if seen.seen is not None and seen.seen > after(moment, -EXACTNESS):
        return
    with suppress(BusyError, NotSavedError), noting_in(workspace) as connection:
        if seen.id is not None:
            use_token(connection, seen.id, moment)
        elif (id_ := session_id(request)) is not None:
            see_session(connection, digest(id_), moment)
