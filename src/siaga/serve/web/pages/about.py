"""How it works, what it can't do, and whose data is in it."""

from __future__ import annotations

from siaga.base.record import Record
from siaga.report.catalogue import Catalogue
from siaga.report.outlines import load_outlines
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.view import Rows, View

__all__ = ["ROUTES"]

METHOD = ("read", "copies", "stories", "usual", "level", "chance", "claims")
LIMITS = ("news", "reader", "languages", "outlets", "places", "chance", "decide")
DATA = ("geonames", "cldr", "reign", "plover", "treebanks", "natural_earth", "ours")


class Part(Record):
    """A paragraph with its heading."""

    heading: str
    text: str


class AboutPage(Record):
    """What the page shows."""

    method: tuple[Part, ...]
    limits: tuple[Part, ...]
    data: tuple[Part, ...]


def show(asking: Asking) -> View:
    """The method, the limits, and the data of others."""
    words = asking.words
    page = AboutPage(
        method=_parts("method", METHOD, words), limits=_parts("limit", LIMITS, words), data=_parts("data", DATA, words)
    )
    lines = tuple((one.heading, one.text) for one in (*page.method, *page.limits, *page.data))
    return View(
        title=words.say("web_about.title"), template="about.html", shown=page,
        rows=Rows(columns=("heading", "text"), lines=lines),
    )  # fmt: skip


def _parts(kind: str, names: tuple[str, ...], words: Catalogue) -> tuple[Part, ...]:
    dated = {"dated": load_outlines().dated}
    return tuple(
        Part(heading=words.say(f"web_about.{kind}_{one}"), text=words.say(f"web_about.{kind}_{one}_text", **dated))
        for one in names
    )


ROUTES = (Page(path="/about", show=show, nav="web_about.nav"),)
