"""Templates: strings are escaped, always; what is drawn comes as markup from our own functions."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from siaga.report.catalogue import catalogue_languages
from siaga.report.warning import figure
from siaga.serve.web import drawings

if TYPE_CHECKING:
    from siaga.serve.web.asking import Asking
    from siaga.serve.web.freshness import Freshness
    from siaga.serve.web.view import View

__all__ = ["asset_url", "rendered"]

THEMES = ("auto", "light", "dark")


def rendered(asking: Asking, view: View, fresh: Freshness) -> str:
    """A view as a page."""
    from siaga.serve.web.pages import menu  # noqa: PLC0415 - the pages import what they are shown with

    words = asking.words
    return _environment().get_template(view.template).render(
        asking=asking, view=view, shown=view.shown, fresh=fresh, words=words, say=words.say, link=asking.link,
        menu=menu(), languages=catalogue_languages(), theme=asking.cookies.get("siaga_theme", THEMES[0]), themes=THEMES,
    )  # fmt: skip


@cache
def asset_url(name: str) -> str:
    """The address of a file in `static/`; it changes with what is in the file, so that no browser keeps an old one."""
    content = files("siaga.serve.web").joinpath("static", name).read_bytes()
    return f"/static/{name}?v={sha256(content).hexdigest()[:12]}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("siaga.serve.web", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.globals |= {"asset_url": asset_url, "draw": drawings, "figure": figure}
    return made
