"""`/metrics` of `siaga serve`: for whoever may read the pages, with a token (`Authorization: Bearer`) or alone here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from siaga.serve.accounts.people import person_of
from siaga.serve.metrics.exposition import MEDIA_TYPE, exposition
from siaga.serve.metrics.meter import Meter
from siaga.serve.metrics.standing import process_families, workspace_families
from siaga.serve.web.serving import PersonOf
from siaga.store.workspace import Workspace

__all__ = ["PATH", "metrics_route"]

PATH = "/metrics"
UNKNOWN, FORBIDDEN = 401, 403


def metrics_route(place: Workspace, meter: Meter, who: PersonOf = person_of) -> BaseRoute:
    """The numbers of a workspace, of this process, and of the requests that a meter counts.

    Args:
        place: the workspace.
        meter: of the application.
        who: says who asks.

    """
    return Route(PATH, _Metrics(place, meter, who).get, methods=["GET"])


@dataclass(frozen=True)
class _Metrics:
    place: Workspace
    meter: Meter
    who: PersonOf

    def get(self, request: Request) -> Response:
        """The numbers, for whoever may read."""
        person = self.who(self.place, request)
        if person is None:
            raise HTTPException(UNKNOWN)
        if not person.may("viewer"):
            raise HTTPException(FORBIDDEN)
        families = (*workspace_families(self.place, datetime.now(UTC)), *process_families(), *self.meter.families())
        return Response(exposition(families), media_type=MEDIA_TYPE)
