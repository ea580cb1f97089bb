"""Every page of the application, found as a reader finds it, and pictures of each.

    python -m tools.screens [--workspace FOLDER] [--into build/screens] [--readme]

Pages are those that the application has: one by its own address, one with a part that varies by the first link that
leads to it. Without a workspace, the demo archive is read into one. `--readme` makes the four of README.md anew, too.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from siaga.serve.web.app import application
from siaga.serve.web.asking import Page
from siaga.serve.web.pages import pages
from siaga.store.workspace import find_workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["CHROMIUM", "LANGUAGES", "THEMES", "addresses", "chromium", "lived_in", "served"]

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
LANGUAGES = ("en", "id")
THEMES = ("light", "dark")
WIDTHS = {"wide": 1280, "narrow": 360}
HEIGHT = 900
LINK = re.compile(r'href="(?P<address>/[^"]*)"')
PART = re.compile(r"\{(?P<name>\w+)(?P<path>:path)?\}")
DEMO = "as_of=2022-02-23"
"""The eve of the invasion, by which the demo archive is shown."""
RULE = "Tell atom:desk when any source falls silent"
GIVEN = {"/alerts/new": f"?name=silence&sentence={quote(RULE)}"}
"""What is asked of pages to which a form leads."""
README = {
    "board": f"/en/board?{DEMO}",
    "map": f"/en/map?from=2021-12-01&until=2022-02-23&{DEMO}&area=europe",
    "pair": f"/en/pair/RUS-UKR?{DEMO}",
    "claims": "/en/claims?state=resolved",
}
SHOWN, NEEDS_MORE = 200, 400
"""What a page answers by its path alone: it shows something, or must be told of what; another shows nothing."""
MOST_ASKED = 200
"""Pages that are looked through for links."""
LOCAL = "http://127.0.0.1:8000"


def addresses(app: Starlette, language: str = "en") -> dict[str, str]:
    """The address of each page that shows something, by its path; of one with a part that varies, the first linked to.

    Raises:
        LookupError: no link leads to a page.

    """
    with TestClient(app, base_url=LOCAL) as reader:
        plain = {page.path: f"/{language}{page.path}" for page in pages() if not PART.search(page.path)}
        answers = {path: reader.get(address).status_code for path, address in plain.items()}
        found = {path: address for path, address in plain.items() if answers[path] == SHOWN}
        varying = [page for page in pages() if answers.get(page.path, NEEDS_MORE) == NEEDS_MORE]
        asked = {page.path: plain[page.path] + GIVEN[page.path] for page in varying if page.path in GIVEN}
        varying = [page for page in varying if page.path not in asked]
        linked = _linked(reader, list(found.values()), varying, language)
    if missing := [page.path for page in varying if page.path not in linked]:
        raise LookupError(f"no link leads to {', '.join(missing)}; expected one on a page that links lead to")
    return {**found, **asked, **linked}


def lived_in(folder: Path) -> Path:
    """The workspace with what people make in it: a rule of alerts, a run of a playbook, the draft of a brief."""
    for step in (
        ("alerts", "add", "silence", RULE), ("playbook", "start", "border-build-up", "--unit", "RUS-UKR"),
        ("brief", "draft"),
    ):  # fmt: skip
        command = [sys.executable, "-m", "siaga", *step, "-w", str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def _linked(reader: TestClient, queue: list[str], wanted: list[Page], language: str) -> dict[str, str]:
    """The first link to each of these pages, looked for on the pages that are known, then on those they lead to."""
    found: dict[str, str] = {}
    for asked in range(MOST_ASKED):
        if len(found) == len(wanted) or asked == len(queue):
            break
        links = [unescape(match["address"]) for match in LINK.finditer(reader.get(queue[asked]).text)]
        for page, address in ((page, address) for address in links for page in wanted):
            if _leads_to(address, page, language):
                found.setdefault(page.path, address)
                queue += [] if address in queue else [address]
    return found


def _leads_to(address: str, page: Page, language: str) -> bool:
    pattern = PART.sub(lambda part: "[^?#]+" if part["path"] else "[^/?#]+", re.sub(r"[.]", r"\\.", page.path))
    return bool(re.fullmatch(rf"/{language}{pattern}(\?.*)?", address)) and not re.search(r"\.\w+(\?|$)", address)


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The application on a port of this machine, until the end; its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.05)
    [port] = [socket.getsockname()[1] for one in server.servers for socket in one.sockets]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--into", type=Path, default=ROOT / "build/screens")
    parser.add_argument("--readme", action="store_true")
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        workspace = args.workspace or _demo(Path(folder))
        app = application(find_workspace(str(workspace), {}, Path()))
        with served(app) as base, chromium() as browser:
            _every(browser, base, addresses(app), args.into)
            if args.readme:
                _readme(browser, base)
    return 0


def _demo(folder: Path) -> Path:
    """A workspace with the demo archive."""
    archive = str(files("siaga").joinpath("assets", "demo", "pages"))
    steps = (["init", str(folder)], ["read", archive, "--save", "-f", "none"], ["link"], ["claims", "resolve"])
    for step in steps:
        place = [] if step[0] == "init" else ["-w", str(folder)]
        subprocess.run([sys.executable, "-m", "siaga", *step, *place], check=True, stdout=subprocess.DEVNULL)
    return lived_in(folder)


def _every(browser: Browser, base: str, found: dict[str, str], into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    for language, theme, width in (("en", "light", "wide"), ("id", "dark", "wide"), ("id", "light", "narrow")):
        context = browser.new_context(
            viewport={"width": WIDTHS[width], "height": HEIGHT}, color_scheme="dark" if theme == "dark" else "light"
        )
        page = context.new_page()
        for path, address in found.items():
            page.goto(base + address.replace("/en/", f"/{language}/", 1))
            name = re.sub(r"\W+", "-", path).strip("-")
            page.screenshot(path=into / f"{name}-{language}-{theme}-{width}.png", full_page=True)
        context.close()


def _readme(browser: Browser, base: str) -> None:
    into = ROOT / "docs/screens"
    into.mkdir(exist_ok=True)
    page = browser.new_context(viewport={"width": 1200, "height": 760}, color_scheme="light").new_page()
    for name, address in README.items():
        page.goto(base + address)
        page.screenshot(path=into / f"{name}.png")


if __name__ == "__main__":
    raise SystemExit(main())
