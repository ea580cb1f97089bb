"""What is answered when there is no answer: problem details (RFC 9457).

They tell no path and nothing of the machine; what they repeat of what was sent are words within JSON that no browser
takes for anything else.
"""

from __future__ import annotations

import logging
from http import HTTPStatus

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from siaga.base.errors import (
    AbsentError,
    BusyError,
    GivenError,
    NotSavedError,
    PanelError,
    SearchError,
    StoreError,
)
from siaga.base.record import Record

__all__ = ["FAILURES", "MEDIA_TYPE", "AskedError", "Problem", "answer"]

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 30
STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (AbsentError, 404),
    (PanelError, 404),
    (GivenError, 422),
    (SearchError, 422),
    (BusyError, 503),
    (NotSavedError, 507),
    (StoreError, 503),
)
"""What each error means to who asks; any other is our mistake, and of status 500."""
DETAILS = {
    400: "a parameter is unknown, or not what was expected",
    401: "expected a session, or the header Authorization: Bearer TOKEN with a token that holds (siaga token add)",
    403: "the role, or the scope of the token, does not suffice",
    404: "there is nothing of this name or id, or nothing is stored of it",
    405: "expected another method",
    413: "more was sent than is taken",
    415: "expected application/json",
    422: "what was sent can't be: a name or code that is not known, a value out of its range",
    500: "something broke here; it stands in the log of the server",
    503: "the store is being written to by another process, or can't be read; try again in a moment",
    507: "the disk is full or can't be written to",
}
WELL_SAID = (GivenError, PanelError, AbsentError)
"""Errors whose message is for who asks, and made of what they sent and of what is known to everybody."""
MOST_SIGNS = 400
OURS = 500
LOG = logging.getLogger("siaga.serve")


class Problem(Record):
    """Why there is no answer (RFC 9457)."""

    type: str
    """`about:blank`: the status says it all."""
    title: str
    status: int
    detail: str
    parameter: str | None = None
    """The one that is meant, if it is one of ours."""


class AskedError(Exception):
    """A parameter or a body is not what was expected; the message is made of our own words alone."""

    def __init__(self, detail: str, parameter: str | None = None, status: int = 400) -> None:
        super().__init__(detail)
        self.detail, self.parameter, self.status = detail, parameter, status


FAILURES: tuple[type[Exception], ...] = (HTTPException, AskedError, *(kind for kind, _ in STATUSES), Exception)


async def answer(_request: Request, error: Exception) -> Response:
    """The answer to a request that failed."""
    if isinstance(error, StoreError):
        LOG.error("the API could not answer: %s", error)
    if isinstance(error, AskedError):
        return _response(error.status, error.detail, error.parameter)
    return _response(_status(error), _told(error), None)


def _told(error: Exception) -> str | None:
    """What an error says to who asks; null where it speaks to whoever runs the server."""
    if not isinstance(error, WELL_SAID):
        return None
    return "".join(sign if sign.isprintable() else "?" for sign in str(error)[:MOST_SIGNS])


def _response(status: int, detail: str | None, parameter: str | None) -> Response:
    problem = Problem(
        type="about:blank", title=HTTPStatus(status).phrase, status=status, parameter=parameter,
        detail=detail or DETAILS.get(status, DETAILS[OURS]),
    )  # fmt: skip
    headers = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_SECONDS)
    written = msgspec.json.encode(problem).replace(b"<", b"\\u003c")
    return Response(written, status, headers, MEDIA_TYPE)


def _status(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    return next((status for kind, status in STATUSES if isinstance(error, kind)), OURS)
