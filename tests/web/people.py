"""A workspace with an account of each role, and browsers of those who have them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.testclient import TestClient

from siaga.base.person import ROLES, Person, Role
from siaga.serve.accounts.entrance import Credentials, Session, log_in
from siaga.serve.accounts.people import person_of
from siaga.serve.accounts.secrets import hashed
from siaga.serve.web.app import application
from siaga.serve.web.serving import Serving
from siaga.store.accounts import add_account
from siaga.store.database import noting_in, now, writing_to
from siaga.store.workspace import Workspace, find_workspace, lay_out

__all__ = ["ADDRESS", "LOCAL", "OURS", "PASSWORD", "Staff", "browser", "peopled", "staffed", "token_of"]

ADDRESS = "http://127.0.0.1:8000"
OURS = {"Origin": ADDRESS}
PASSWORD = "a sentence by the sea"
LOCAL = ("127.0.0.1", 50_000)
TOKEN = re.compile(r'name="form_token" value="(?P<token>[0-9a-f]{64})"')


class Staff(NamedTuple):
    """A workspace, its application, and a session of each role."""

    workspace: Workspace
    app: Starlette
    sessions: dict[Role, Session]


def peopled(folder: Path) -> Workspace:
    """A new workspace with an account of each role; the name is that of the role."""
    where = lay_out(folder, {})
    with writing_to(where):
        pass
    _add_people(where)
    return where


def staffed(demo: Workspace, folder: Path) -> Staff:
    """A copy of a workspace with an account of each role, its application, and a session of each."""
    shutil.copytree(demo.folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    where = find_workspace(str(folder), {}, folder)
    _add_people(where)
    return Staff(where, application(where, Serving(person_of=person_of, entrance="/login")), _sessions(where))


def browser(app: Starlette, session: Session | None = None) -> TestClient:
    """A browser at this machine, logged in or not."""
    client = TestClient(app, base_url=ADDRESS, follow_redirects=False, client=LOCAL, raise_server_exceptions=False)
    if session is not None:
        client.cookies.set("siaga", session.id)
    return client


def token_of(client: TestClient, page: str = "/en/login") -> str:
    """Of a form of ours, as the browser finds it."""
    found = TOKEN.search(client.get(page).text)
    assert found
    return found["token"]


def _add_people(where: Workspace) -> None:
    secret = hashed(PASSWORD)  # once for all: it takes a tenth of a second
    with noting_in(where) as connection:
        for role in ROLES:
            assert add_account(connection, Person(name=role, role=role), secret, now())


def _sessions(where: Workspace) -> dict[Role, Session]:
    found: dict[Role, Session] = {}
    for role in ROLES:
        session = log_in(where, Credentials(name=role, password=PASSWORD), now())
        assert isinstance(session, Session)
        found[role] = session
    return found
