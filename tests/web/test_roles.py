"""Every route for every role: the routes are those of the application, so that a new page is tested by itself."""

from __future__ import annotations

import pytest
from starlette.routing import Mount, Route

from siaga.base.person import ROLES, Role
from siaga.serve.web.app import application
from siaga.serve.web.asking import Page
from siaga.serve.web.pages import pages
from siaga.store.workspace import Workspace
from tests.web.people import OURS, Staff, browser, staffed, token_of

LANGUAGE = "/{language:language}"
REFUSED = {401, 403}
PLACES = {"{unit}": "RUS-UKR", "{code}": "UKR", "{id}": "nothing", "{name}": "nothing"}
"""What stands in the varying parts of paths: something that may be there or not; who may ask meets no refusal."""


@pytest.fixture(scope="module")
def staff(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Staff:
    return staffed(demo, tmp_path_factory.mktemp("staff") / "work")


def address(page: Page, suffix: str = "") -> str:
    path = page.path
    for part, value in PLACES.items():
        path = path.replace(part, value)
    return f"/en{path}{suffix}"


def least(page: Page, method: str) -> Role:
    return page.act_role if method == "POST" else page.role


def asked() -> list[tuple[Page, str]]:
    return [(page, method) for page in pages() for method in ("GET", "POST") if method == "GET" or page.act]


def name_of(case: object) -> str:
    return case.path if isinstance(case, Page) else str(case)


def test_every_route_of_the_application_is_a_page_here_or_known_to_need_nobody(demo: Workspace) -> None:
    found = {(route.path, method) for route in application(demo).routes if isinstance(route, Route)
             for method in (route.methods or set()) - {"HEAD"}}  # fmt: skip
    ours = {(f"{LANGUAGE}{page.path}", method) for page, method in asked()}
    assert found - ours == {("/", "GET"), (LANGUAGE, "GET"), (f"{LANGUAGE}/", "GET")}  # they only lead to the board
    assert {route.path for route in application(demo).routes if isinstance(route, Mount)} == {"/static"}


def test_only_the_way_in_and_the_choice_of_appearance_are_open_to_strangers() -> None:
    assert {page.path for page in pages() if page.open} == {"/login", "/appearance"}


@pytest.mark.parametrize(("page", "method"), asked(), ids=name_of)
def test_a_stranger_is_refused(staff: Staff, page: Page, method: str) -> None:
    if page.open:
        return
    with browser(staff.app) as client:
        if method == "POST":
            sent = {"form_token": token_of(client)}
            assert client.post(address(page), data=sent, headers=OURS).status_code == 401
            return
        answer = client.get(address(page))
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/en/login")
        assert {client.get(address(page, suffix)).status_code for suffix in (".json", ".csv")} == {401}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("page", "method"), asked(), ids=name_of)
def test_a_role_may_what_the_page_says_and_nothing_else(staff: Staff, page: Page, method: str, role: Role) -> None:
    if (page.path, method) in {("/logout", "POST"), ("/login", "POST")}:
        return  # they would end the session; tested in test_login.py
    may = page.open or ROLES.index(role) >= ROLES.index(least(page, method))
    with browser(staff.app, staff.sessions[role]) as client:
        if method == "POST":
            status = client.post(address(page), data={"form_token": token_of(client)}, headers=OURS).status_code
        else:
            status = client.get(address(page)).status_code
    assert (status in REFUSED) is not may, status
    assert status < 500


@pytest.mark.parametrize("page", [page for page in pages() if page.act], ids=name_of)
def test_no_post_is_done_without_the_token_of_the_form_or_from_elsewhere(staff: Staff, page: Page) -> None:
    with browser(staff.app, staff.sessions["admin"]) as client:
        token = token_of(client)
        assert client.post(address(page), data={"deed": "everywhere"}, headers=OURS).status_code == 403
        assert client.post(address(page), data={"form_token": "0" * 64}, headers=OURS).status_code == 403
        for origin in ({}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
            assert client.post(address(page), data={"form_token": token}, headers=origin).status_code == 403
        assert client.get("/en/account").status_code == 200  # still logged in
