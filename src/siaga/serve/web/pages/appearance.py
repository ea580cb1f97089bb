"""How the pages look: a choice that the browser keeps."""

from __future__ import annotations

from siaga.base.errors import AbsentError, GivenError
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.rendering import THEMES
from siaga.serve.web.view import Cookie, Elsewhere, View

__all__ = ["ROUTES"]

YEAR_SECONDS = 31_536_000


def show(_asking: Asking) -> View:
    """Nothing: it is only sent to."""
    raise AbsentError("the choice stands on every page")


def choose(asking: Asking) -> Elsewhere:
    """Keep the choice, and go back to where it was made."""
    theme = asking.given("theme")
    if theme not in THEMES:
        raise GivenError(f"theme: expected one of {', '.join(THEMES)}")
    back = asking.given("back")
    if not back.startswith(f"/{asking.language}/"):
        raise GivenError("back: expected an address of ours")
    return Elsewhere(path=back, cookies=(Cookie(name="siaga_theme", value=theme, seconds=YEAR_SECONDS),))


ROUTES = (Page(path="/appearance", show=show, act=choose, act_role="viewer", open=True),)
