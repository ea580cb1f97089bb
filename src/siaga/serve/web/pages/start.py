"""First steps: try the archive that comes with the program, add a source, or paste an article."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from siaga.base.errors import GivenError
from siaga.base.record import Record
from siaga.collect.sources import load_sources
from siaga.serve.starting import Done, Given, add_source, read_demo, read_text
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.view import View
from siaga.store.database import reading_from
from siaga.store.published import newest_day

__all__ = ["ROUTES"]

MOST_LETTERS = 200_000
"""Of an article that is pasted."""


class StartPage(Record):
    """What the page shows."""

    sources: int
    newest: str | None
    """Day of the newest article."""
    step: str | None = None
    """That was just done: `demo`, `source` or `text`."""
    done: Done | None = None


def show(asking: Asking) -> View:
    """The steps, and how far one is."""
    return _view(asking, None, None)


def act(asking: Asking) -> View:
    """Do a step, and tell what came of it."""
    step = asking.given("step")
    if step == "demo":
        return _view(asking, step, read_demo(asking.workspace, asking.language))
    if step == "source":
        return _view(asking, step, add_source(asking.workspace, _address(asking), asking.language))
    if step == "text":
        return _view(asking, step, read_text(asking.workspace, _given(asking), asking.language))
    raise GivenError("step: expected demo, source or text")


def _address(asking: Asking) -> str:
    """An address of the web; no name of a file, and no option of a command."""
    url = asking.given("url")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise GivenError("url: expected an address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise GivenError("url: expected an address that begins with http:// or https://")
    return url


def _given(asking: Asking) -> Given:
    text = asking.given("text")
    if not text or len(text) > MOST_LETTERS:
        raise GivenError(f"text: expected an article of at the most {MOST_LETTERS} letters")
    return Given(
        text=text, title=asking.given("title") or None, source=asking.given("source") or None,
        date=_day(asking.given("date")),
    )  # fmt: skip


def _day(written: str) -> str | None:
    try:
        return date.fromisoformat(written).isoformat() if written else None
    except ValueError as error:
        raise GivenError("date: expected a day YYYY-MM-DD") from error


def _view(asking: Asking, step: str | None, done: Done | None) -> View:
    with reading_from(asking.workspace) as connection:
        newest = newest_day(connection)
    page = StartPage(
        sources=len(load_sources(asking.workspace.sources)), newest=newest.isoformat() if newest else None, step=step,
        done=done,
    )  # fmt: skip
    return View(title=asking.words.say("web_start.title"), template="start.html", shown=page)


ROUTES = (Page(path="/start", show=show, role="admin", act=act, act_role="admin"),)
