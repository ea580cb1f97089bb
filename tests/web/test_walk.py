"""A walk through every page in a real browser: accessible in both themes, quiet, by keyboard, and without scripts.

The pages are those that the application has, so that one that comes later is walked through too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from siaga.serve.web.app import application
from siaga.store.workspace import Workspace, find_workspace
from tools.screens import CHROMIUM, LANGUAGES, addresses, chromium, lived_in, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request, Response

pytestmark = pytest.mark.skipif(not CHROMIUM.is_file(), reason="chromium is not installed (Debian's package)")

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "(options) => axe.run(document, options)"
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What a theme changes; the rest is the same in both."""
NARROW = 360
ERRORS = 400
"""The least status that is one."""


class Noise:
    """What a page does that it must not: words on the console, requests to others, answers that are errors."""

    def __init__(self, page: Page, base: str) -> None:
        self.heard: list[str] = []
        self.own = (base, "data:")
        page.on("console", self.on_console)
        page.on("pageerror", self.on_error)
        page.on("dialog", self.on_dialog)
        page.on("request", self.on_request)
        page.on("response", self.on_response)

    def on_console(self, message: ConsoleMessage) -> None:
        self.heard.append(f"{message.type}: {message.text}")

    def on_error(self, error: Error) -> None:
        self.heard.append(f"error: {error}")

    def on_dialog(self, dialog: Dialog) -> None:
        self.heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_request(self, request: Request) -> None:
        if not request.url.startswith(self.own):
            self.heard.append(f"request: {request.url}")

    def on_response(self, response: Response) -> None:
        if response.status >= ERRORS:
            self.heard.append(f"{response.status}: {response.url}")


@pytest.fixture(scope="module")
def place(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A copy of the demo's workspace in which people have worked."""
    folder = tmp_path_factory.mktemp("lived") / "work"
    shutil.copytree(demo.folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    return find_workspace(str(lived_in(folder)), {}, Path())


@pytest.fixture(scope="module")
def base(place: Workspace) -> Iterator[str]:
    with served(application(place)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def walked(place: Workspace) -> dict[str, str]:
    """The address of each page, in English."""
    return addresses(application(place))


@pytest.fixture(scope="module")
def axe(npm_packages: Path) -> str:
    return (npm_packages / "axe-core/axe.min.js").read_text("utf-8")


def in_language(address: str, language: str) -> str:
    return address.replace("/en/", f"/{language}/", 1)


def violations(page: Page, axe: str, options: object) -> list[str]:
    """What axe finds, with the first element of each."""
    page.evaluate(axe)
    found = page.evaluate(RUN, options)["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary'][:200]}" for one in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_and_quiet_in_both_themes(
    browser: Browser, base: str, walked: dict[str, str], axe: str, language: str
) -> None:
    page = browser.new_context(color_scheme="light").new_page()
    noise = Noise(page, base)
    found: list[str] = []
    for path, address in walked.items():
        page.emulate_media(color_scheme="light")
        page.goto(base + in_language(address, language))
        everything = {"runOnly": {"type": "tag", "values": STANDARD}}
        found += [f"{path}, light: {one}" for one in violations(page, axe, everything)]
        page.emulate_media(color_scheme="dark")
        found += [f"{path}, dark: {one}" for one in violations(page, axe, COLOURS)]
        found += [f"{path}: {one}" for one in noise.heard]
        noise.heard.clear()
    page.context.close()
    assert not found, "\n".join(found)


def test_no_page_is_wider_than_a_small_telephone(browser: Browser, base: str, walked: dict[str, str]) -> None:
    page = browser.new_context(viewport={"width": NARROW, "height": 740}).new_page()
    wide = {}
    for path, address in walked.items():
        page.goto(base + in_language(address, "id"))
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    page.context.close()
    assert {path: width for path, width in wide.items() if width > NARROW} == {}


def test_keys_move_in_a_list_search_and_tell_what_they_do(browser: Browser, base: str) -> None:
    page = browser.new_page()
    page.goto(f"{base}/en/search?q=Kyiv")
    focused = "document.activeElement.textContent.trim()"
    titles = [one.strip() for one in page.locator(".hit-title").all_inner_texts()]
    page.keyboard.press("j")
    assert page.evaluate(focused) == titles[0]
    page.keyboard.press("j")
    assert page.evaluate(focused) == titles[1]
    page.keyboard.press("k")
    assert page.evaluate(focused) == titles[0]
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("jk?")
    assert page.input_value("#q").startswith("jk?")
    page.goto(f"{base}/en/claims")
    page.keyboard.press("?")
    assert page.locator(".keys").is_visible()
    page.keyboard.press("/")
    page.wait_for_url(f"{base}/en/search")
    page.context.close()


def test_every_page_says_the_same_without_scripts(browser: Browser, base: str, walked: dict[str, str]) -> None:
    bare = browser.new_context(java_script_enabled=False).new_page()
    scripted = browser.new_page()
    for path, address in walked.items():
        bare.goto(base + address)
        scripted.goto(base + address)
        counts = [
            [page.locator(what).count() for what in ("h1", "h2", "table tr", "main a", "svg")]
            for page in (bare, scripted)
        ]
        assert counts[0] == counts[1], path
    bare.goto(f"{base}/en/search")
    bare.fill("#q", "Kyiv")
    bare.click("form[role=search] button")
    assert bare.locator(".hit mark").count() > 0
    bare.context.close()
    scripted.context.close()


def test_a_theme_that_is_chosen_stays(browser: Browser, base: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{base}/en/claims")
    with page.expect_navigation():
        page.select_option("#theme", "dark")
    page.goto(f"{base}/en/map")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()
    assert dark == "rgb(20, 23, 26)"
