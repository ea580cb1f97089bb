"""Requests, counted and timed on their way through the service."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from siaga.report.catalogue import catalogue_languages
from siaga.serve.logs import note
from siaga.serve.metrics.exposition import Family, Sample

__all__ = ["Meter", "Metered"]

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds; as client libraries of Prometheus have them."""
AREAS = {"api": "api", "static": "static", "metrics": "metrics"} | dict.fromkeys(catalogue_languages(), "pages")
"""First part of a path -> what was asked for. Paths are no labels: there are as many as somebody makes up."""
METHODS = frozenset({"GET", "HEAD", "POST"})


class Meter:
    """What was counted by now; any number of threads count."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, str]] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._buckets: Counter[tuple[str, int]] = Counter()

    def count(self, area: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        with self._lock:
            self._requests[area, method, str(status)] += 1
            self._seconds[area] += seconds
            self._buckets[area, bisect_left(BOUNDS, seconds)] += 1

    def families(self) -> tuple[Family, ...]:
        """What was counted, for Prometheus."""
        with self._lock:
            requests = tuple(
                Sample(number, {"area": area, "method": method, "status": status})
                for (area, method, status), number in sorted(self._requests.items())
            )
            timed = tuple(one for area in sorted(self._seconds) for one in self._histogram(area))
        return (
            Family("siaga_http_requests_total", "counter", "Requests that were answered.", requests),
            Family("siaga_http_request_duration_seconds", "histogram", "Seconds until an answer was whole.", timed),
        )

    def _histogram(self, area: str) -> Iterator[Sample]:
        total = 0
        for place, bound in enumerate((*BOUNDS, None)):
            total += self._buckets[area, place]
            yield Sample(total, {"area": area, "le": "+Inf" if bound is None else f"{bound:g}"}, "_bucket")
        yield Sample(self._seconds[area], {"area": area}, "_sum")
        yield Sample(total, {"area": area}, "_count")


class Metered:
    """An application whose answers are counted, refusals too."""

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        self.app, self.meter = app, meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        noted, begun = _Noting(send), time.perf_counter()
        try:
            await self.app(scope, receive, noted)
        finally:
            area = AREAS.get(scope["path"].split("/")[1], "other")
            method = scope["method"] if scope["method"] in METHODS else "other"
            seconds = time.perf_counter() - begun
            self.meter.count(area, method, noted.status, seconds)
            note("request", area=area, method=method, status=noted.status, seconds=round(seconds, 4))


class _Noting:
    """Passes an answer on and notes its status; 500 where there was none."""

    def __init__(self, send: Send) -> None:
        self.send, self.status = send, 500

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
        await self.send(message)
