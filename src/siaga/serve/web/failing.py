"""What is answered when there is no answer: a page that says what kind of thing went wrong, and repeats nothing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from siaga.base.errors import AbsentError, BusyError, GivenError, PanelError, SearchError, StoreError
from siaga.base.person import NOBODY
from siaga.base.record import Record
from siaga.report.catalogue import catalogue_languages
from siaga.serve.web.asking import Asking
from siaga.serve.web.freshness import Freshness
from siaga.serve.web.rendering import rendered
from siaga.serve.web.safety import HEADERS
from siaga.serve.web.serving import Serving
from siaga.serve.web.view import View
from siaga.store.workspace import Workspace

__all__ = ["FAILURES", "Failing", "Refusal"]

STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (AbsentError, 404), (GivenError, 400), (SearchError, 400), (PanelError, 400), (BusyError, 503), (StoreError, 503),
)  # fmt: skip
"""What each error means to who asks; any other is our mistake, and of status 500."""
FAILURES: tuple[type[Exception], ...] = (HTTPException, *(kind for kind, _ in STATUSES), Exception)
OURS = 500
TOLD = frozenset({400, 401, 403, 404, 405, 413, 415, 500, 503})
"""Statuses with words of their own in the catalogue."""
UNKNOWN = Freshness(as_of=None, newest=None, saved=None, articles=0, failed=())
LOG = logging.getLogger("siaga.serve")


class Refusal(Record):
    """What went wrong."""

    status: int
    reason: str
    """As HTTP calls it."""


@dataclass(frozen=True, slots=True)
class Failing:
    """Errors of one application."""

    place: Workspace
    how: Serving

    async def answer(self, request: Request, error: Exception) -> Response:
        """The answer to a request that failed."""
        status = _status(error)
        if isinstance(error, StoreError):  # any other mistake of ours is logged by the server
            LOG.error("a page could not be answered: %s", error)
        refusal = Refusal(status=status, reason=HTTPStatus(status).phrase)
        headers = {**dict(HEADERS), **(getattr(error, "headers", None) or {})}
        if request.scope.get("siaga.suffix", "html") == "html":
            return Response(self._page(request, refusal), status, headers, "text/html; charset=utf-8")
        return Response(msgspec.json.encode({"error": refusal}), status, headers, "application/json")

    def _page(self, request: Request, refusal: Refusal) -> str:
        asking = Asking(
            workspace=self.place, language=_language(request), path="/board", cookies=request.cookies,
            person=request.scope.get("siaga.person") or NOBODY,
        )  # fmt: skip
        told = refusal.status if refusal.status in TOLD else OURS
        view = View(title=asking.words.say(f"web.error.{told}"), template="error.html", shown=refusal)
        return rendered(asking, view, UNKNOWN)


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    return next((status for kind, status in STATUSES if isinstance(error, kind)), OURS)


def _language(request: Request) -> str:
    """Of the address, if it has one."""
    first = request.scope["path"].split("/")[1]
    return first if first in catalogue_languages() else catalogue_languages()[0]
