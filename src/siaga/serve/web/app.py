"""The application: every page in every language and format, behind what keeps it safe.

request ─▶ headers, hosts, origins, cap ─▶ suffix ─▶ who asks ─▶ page(asking) ─▶ view ─▶ the format of the suffix
"""

from __future__ import annotations

from collections.abc import Iterator

from starlette.applications import Starlette
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from siaga.report.catalogue import catalogue_languages
from siaga.serve.web.answering import Answering
from siaga.serve.web.failing import FAILURES, Failing
from siaga.serve.web.kept import Kept
from siaga.serve.web.outlook import Outlooks
from siaga.serve.web.pages import pages
from siaga.serve.web.respond import FORMATS
from siaga.serve.web.safety import Cap, Hosts, Origins, SafeHeaders
from siaga.serve.web.serving import Serving
from siaga.store.workspace import Workspace

__all__ = ["application"]


class LanguageConvertor(StringConvertor):
    """The languages in which pages are written."""

    regex = "|".join(catalogue_languages())


register_url_convertor("language", LanguageConvertor())


def application(place: Workspace, serving: Serving | None = None) -> Starlette:
    """The pages of a workspace, as an ASGI application.

    Args:
        place: the workspace.
        serving: how it is served; by default to this machine only, and without users.

    """
    how = serving or Serving()
    failing = Failing(place, how)
    return Starlette(
        routes=[*how.mounts, *_fixed(), *_routes(place, how)],
        middleware=[
            Middleware(SafeHeaders), Middleware(Hosts, how.names), Middleware(Origins), Middleware(Cap),
            Middleware(Suffixes),
        ],
        exception_handlers=dict.fromkeys(FAILURES, failing.answer),
    )  # fmt: skip


class Suffixes:
    """Takes the format off the end of a page's address: `/en/board.csv` is the page `/en/board` in another format."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.beginnings = tuple(f"/{language}/" for language in catalogue_languages())
        self.known = frozenset(FORMATS) | {extra.suffix for page in pages() for extra in page.extras}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(self.beginnings):
            path, dot, suffix = scope["path"].rpartition(".")
            if dot and suffix in self.known:
                scope = {**scope, "path": path, "siaga.suffix": suffix}
        await self.app(scope, receive, send)


def _fixed() -> Iterator[BaseRoute]:
    for path in ("/", "/{language:language}", "/{language:language}/"):
        yield Route(path, _to_the_board, methods=["GET"])
    yield Mount("/static", StaticFiles(packages=[("siaga.serve.web", "static")]), name="static")


async def _to_the_board(request: Request) -> Response:
    return RedirectResponse(f"/{request.path_params.get('language') or _preferred(request)}/board", 302)


def _preferred(request: Request) -> str:
    """The first language we have of those that the browser asks for."""
    asked = (part.strip()[:2].lower() for part in request.headers.get("accept-language", "").split(","))
    return next((one for one in asked if one in catalogue_languages()), catalogue_languages()[0])


def _routes(place: Workspace, how: Serving) -> Iterator[Route]:
    kept, outlooks = Kept(), Outlooks(place)
    for page in pages():
        answering = Answering(place, how, kept, outlooks, page)
        yield Route(f"/{{language:language}}{page.path}", answering.show, methods=["GET"])
        if page.act:
            yield Route(f"/{{language:language}}{page.path}", answering.act, methods=["POST"])
