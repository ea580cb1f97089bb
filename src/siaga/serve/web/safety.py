"""What keeps the pages safe, whatever they show: headers, hosts, origins, caps and the tokens of forms.

request ──▶ Headers ──▶ Hosts ──▶ Origins ──▶ Cap ──▶ pages
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers as Given
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "MOST_BODY_BYTES", "Cap", "Hosts", "Origins", "SafeHeaders", "form_token", "is_form_token"]

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    ("Content-Security-Policy", CONTENT_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),  # with no-referrer, browsers send `Origin: null` along with our own forms
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cache-Control", "private, no-cache"),
)
"""On every response; one that sets its own `Cache-Control` keeps it."""
MOST_BODY_BYTES = 1_000_000
"""Of a request: a long playbook in a form is a tenth of it."""
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class SafeHeaders:
    """Puts `HEADERS` on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, _WithHeaders(send))


class _WithHeaders:
    def __init__(self, send: Send) -> None:
        self.send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS:
                headers.setdefault(name, value)
        await self.send(message)


class Hosts:
    """Answers only to the names that we go by: a page elsewhere can't reach us by a name it lets point here."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self.app = app
        self.names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and _host(Given(scope=scope).get("host", "")) not in self.names:
            await _refusal(400)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Origins:
    """Takes what changes something only from our own pages, or with a bearer token, which no browser adds by itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in READING and not _is_ours(Given(scope=scope)):
            await _refusal(403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Cap:
    """Refuses a request whose body is longer than `most` bytes, whatever it says of its length."""

    def __init__(self, app: ASGIApp, most: int = MOST_BODY_BYTES) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in READING:
            await self.app(scope, receive, send)
            return
        body = await _body(receive, self.most)
        if body is None:
            await _refusal(413)(scope, receive, send)
            return
        await self.app(scope, _Again(body, receive), send)


class _Again:
    """Gives a body that was read already."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self.body: bytes | None = body
        self.receive = receive

    async def __call__(self) -> Message:
        if self.body is None:
            return await self.receive()
        body, self.body = self.body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def _body(receive: Receive, most: int) -> bytes | None:
    """The whole body; null if it is longer."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > most:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def form_token(secret: bytes, visitor: str) -> str:
    """What the forms of a visitor carry: only we can make it, and it is no other visitor's."""
    return hmac.new(secret, visitor.encode(), "sha256").hexdigest()


def is_form_token(given: str, secret: bytes, visitor: str) -> bool:
    """Whether a form that was sent is one that we gave to this visitor."""
    return bool(visitor) and hmac.compare_digest(given.encode(), form_token(secret, visitor).encode())


def _host(header: str) -> str:
    """The name in a `Host` header, without the port."""
    try:
        return (urlsplit(f"//{header}").hostname or "").lower()
    except ValueError:
        return ""


def _is_ours(given: Given) -> bool:
    if given.get("authorization", "").lower().startswith("bearer ") and "cookie" not in given:
        return True
    if (origin := given.get("origin")) is not None:
        return urlsplit(origin).netloc == given.get("host", "") != ""
    return given.get("sec-fetch-site") == "same-origin"


def _refusal(status: int) -> Response:
    return PlainTextResponse(f"{status}\n", status)
