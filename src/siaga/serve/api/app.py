"""The API as an application: mounted at /api/v1 by `siaga serve`.

request ─▶ who asks, and may they ─▶ parameters or body ─▶ resource ─▶ JSON, or a problem
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from siaga.base.person import Person, Role
from siaga.serve.accounts.people import person_of
from siaga.serve.api.description import PATH, description
from siaga.serve.api.exports import EXPORTS, Export
from siaga.serve.api.parameters import PAGING, NothingAsked, asked_of
from siaga.serve.api.problems import FAILURES, AskedError, answer
from siaga.serve.api.resources import ITEMS, LISTS, Item, List
from siaga.serve.api.writing import WRITES, Write
from siaga.store.workspace import Workspace

__all__ = ["PersonOf", "api", "mount"]

PersonOf = Callable[[Workspace, Request], Person | None]
JSON = "application/json"
UNKNOWN, FORBIDDEN, WRONG_TYPE, CREATED, UNFIT = 401, 403, 415, 201, 422


def mount(place: Workspace) -> BaseRoute:
    """The API of a workspace where the pages expect what else is answered."""
    return Mount(PATH, api(place))


def api(place: Workspace, who: PersonOf = person_of) -> Starlette:
    """The API of a workspace.

    Args:
        place: the workspace.
        who: says who asks.

    """
    gate = Gate(place, who)
    return Starlette(routes=[*_routes(gate)], exception_handlers=dict.fromkeys(FAILURES, answer))


@dataclass(frozen=True)
class Gate:
    """Who may pass to a workspace."""

    place: Workspace
    who: PersonOf

    def person(self, request: Request, least: Role) -> Person:
        """Whoever asks, if they may.

        Raises:
            HTTPException: 401 for a stranger, 403 for somebody who may not.

        """
        person = self.who(self.place, request)
        if person is None:
            raise HTTPException(UNKNOWN)
        if not person.may(least):
            raise HTTPException(FORBIDDEN)
        return person

    @cached_property
    def described(self) -> bytes:
        """The description, as JSON."""
        return msgspec.json.encode(description())


def _routes(gate: Gate) -> Iterator[BaseRoute]:
    yield Route("/openapi.json", Described(gate).get, methods=["GET"])
    for export in EXPORTS:
        yield Route(f"/{export.name}", Exporting(gate, export).get, methods=["GET"])
    for one in LISTS:
        yield Route(f"/{one.name}", Listing(gate, one).get, methods=["GET"])
    for item in ITEMS:
        yield Route(f"/{item.name}/{{id}}", Showing(gate, item).get, methods=["GET"])
    for write in WRITES:
        yield Route(f"/{write.name}", Writing(gate, write).post, methods=["POST"])


@dataclass(frozen=True)
class Described:
    """The description of the API (OpenAPI 3.1)."""

    gate: Gate

    def get(self, request: Request) -> Response:
        """The description, for whoever may ask."""
        self.gate.person(request, "viewer")
        asked_of(request.query_params, NothingAsked)
        return Response(self.gate.described, media_type=JSON)


@dataclass(frozen=True)
class Listing:
    """A resource that is listed."""

    gate: Gate
    resource: List

    def get(self, request: Request) -> Response:
        """A page of it."""
        self.gate.person(request, "viewer")
        found = self.resource.find(self.gate.place, asked_of(request.query_params, self.resource.asked))
        headers = {"Link": f'<{_next(request, found.next)}>; rel="next"'} if found.next else {}
        return _json({"items": found.items, "next": found.next}, headers)


@dataclass(frozen=True)
class Showing:
    """One record of a resource."""

    gate: Gate
    resource: Item

    def get(self, request: Request) -> Response:
        """The record of an id."""
        self.gate.person(request, "viewer")
        asked = asked_of(request.query_params, self.resource.asked)
        found = self.resource.load(self.gate.place, request.path_params["id"], asked)
        if found is None:
            raise HTTPException(404)
        return _json(found, {})


@dataclass(frozen=True)
class Exporting:
    """A resource that is exported whole."""

    gate: Gate
    export: Export

    def get(self, request: Request) -> Response:
        """All of it, as a stream."""
        self.gate.person(request, "viewer")
        if cut := next((name for name in PAGING if name in request.query_params), None):
            raise AskedError("expected none: an export is whole", cut)
        return self.export.write(self.gate.place, asked_of(request.query_params, self.export.asked))


@dataclass(frozen=True)
class Writing:
    """What may be sent."""

    gate: Gate
    write: Write

    async def post(self, request: Request) -> Response:
        """Take what is sent."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
            raise HTTPException(WRONG_TYPE)  # a form of another site can't be of this type
        body = await request.body()
        return await run_in_threadpool(self._taken, request, body)

    def _taken(self, request: Request, body: bytes) -> Response:
        person = self.gate.person(request, "analyst")
        asked_of(request.query_params, NothingAsked)
        return _json(self.write.write(self.gate.place, person, _read(body, self.write.body)), {}, CREATED)


def _read(body: bytes, kind: type[Any]) -> Any:  # noqa: ANN401 - of that kind
    """What was sent, as a record."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise AskedError("the body is not what was expected: see openapi.json", status=UNFIT) from error


def _next(request: Request, cursor: str) -> str:
    """The address of the next page."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*query, ('cursor', cursor)])}"


def _json(found: Any, headers: dict[str, str], status: int = 200) -> Response:  # noqa: ANN401 - any record
    return Response(msgspec.json.encode(found), status, headers, JSON)
