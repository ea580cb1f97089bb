"""One address fetched as a polite visitor would: robots.txt first, each redirect checked as the first address was."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from urllib.parse import urljoin

from siaga import __version__
from siaga.base.config import FetchConfig
from siaga.base.errors import RejectError
from siaga.collect.fetch.address import networks
from siaga.collect.fetch.answer import NOT_MODIFIED, OK, Answer, Request, first_header
from siaga.collect.fetch.robots import RobotsFile, Rules, robots_file
from siaga.collect.fetch.target import Target, target_of
from siaga.collect.fetch.unpack import ENCODINGS
from siaga.collect.fetch.wire import Limits, Raw, Resolve, ask, system_resolver

__all__ = ["PASSING", "Fetcher", "fetch_patiently", "require_ok", "will_pass"]

MOST_HOPS = 5
"""Redirects that are followed."""
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({"timed_out", "unreachable", "bad_answer", "no_robots", "http_408", "http_425", "http_429"})
"""Reasons that may be gone when one asks again, as are those of servers (5xx)."""
FIRST_PAUSE = 1.0
"""Seconds before a second try; twice as long before each further one."""


class Fetcher:
    """What a process knows of the servers it asks."""

    def __init__(
        self,
        settings: FetchConfig,
        resolve: Resolve = system_resolver,
        known: Iterable[RobotsFile] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._resolve = resolve
        self._clock = clock
        self._rules = {file.origin: Rules(file, settings.agent) for file in known}
        self._limits = Limits(
            deadline=settings.deadline,
            most_bytes=settings.most_bytes,
            allowed=networks(settings.allow_networks),
        )

    def fetch(self, request: Request) -> Answer:
        """What is found at an address; any status but a redirect is an answer.

        Raises:
            RejectError: it must not be asked for (`robots`, `blocked_address`, `blocked_port`, `not_http`), or there
                is no whole answer (`unreachable`, `timed_out`, `too_large`, `bad_answer` …).

        """
        moment = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        raw, target, hops = self._followed(self._target(request.url), _conditions(request), lawful=True)
        return Answer(
            url=request.url, final=target.url, status=raw.status, headers=raw.headers, body=raw.body, peer=raw.peer,
            hops=hops, moment=moment,
        )  # fmt: skip

    def rules(self, url: str) -> Rules:
        """What the server of an address says of robots.

        Raises:
            RejectError: it is no address that may be asked for.

        """
        return self._rules_of(self._target(url))

    def robots_files(self) -> tuple[RobotsFile, ...]:
        """What is known of robots, to be kept for the next run."""
        return tuple(rules.file for rules in self._rules.values())

    def _target(self, url: str) -> Target:
        return target_of(url, self._settings.ports)

    def _followed(
        self, target: Target, headers: dict[str, str], *, lawful: bool
    ) -> tuple[Raw, Target, tuple[str, ...]]:
        """The first answer that is no redirect, where it was found, and what led there."""
        hops: list[str] = []
        while True:
            if lawful:
                self._require_allowed(target)
            raw = ask(target, self._headers() | headers, self._limits, self._resolve)
            location = first_header(raw.headers, "Location")
            if raw.status not in REDIRECTS or location is None:
                return raw, target, tuple(hops)
            hops.append(target.url)
            if len(hops) > MOST_HOPS:
                raise RejectError("too_many_redirects", f"{hops[0]}: more than {MOST_HOPS} redirects")
            target = self._led_on(target, location)

    def _led_on(self, target: Target, location: str) -> Target:
        """Where a redirect leads. Credentials go on only to the same scheme, host and port."""
        led = self._target(urljoin(target.url, location))
        return led.replace(userinfo=target.userinfo if led.origin == target.origin else None)

    def _require_allowed(self, target: Target) -> None:
        rules = self._rules_of(target)
        if rules.file.verdict == "none":
            raise RejectError("no_robots", f"{target.origin}: its robots.txt can't be had, so nothing is asked for")
        if not rules.allow(target.url):
            raise RejectError("robots", f"{target.url}: the robots.txt of this server asks us not to")

    def _rules_of(self, target: Target) -> Rules:
        known = self._rules.get(target.origin)
        if known is None or not known.file.is_fresh(self._clock()):
            known = Rules(self._asked_robots(target), self._settings.agent)
            self._rules[target.origin] = known
        return known

    def _asked_robots(self, target: Target) -> RobotsFile:
        """What the server says.

        Raises:
            RejectError: there is no answer: nothing else is asked of it then (RFC 9309, 2.3.1.4).

        """
        raw, _, _ = self._followed(target.replace(path="/robots.txt"), {}, lawful=False)
        return robots_file(target.origin, raw.status, raw.body, self._clock())

    def _headers(self) -> dict[str, str]:
        contact = f"; {self._settings.contact}" if self._settings.contact else ""
        return {
            "User-Agent": f"{self._settings.agent}/{__version__} (news reader{contact})",
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json;q=0.9,*/*;q=0.5",
            "Accept-Encoding": ENCODINGS,
        }


def _conditions(request: Request) -> dict[str, str]:
    """What makes the answer short where nothing changed."""
    found = {"If-None-Match": request.etag, "If-Modified-Since": request.modified}
    return {name: value for name, value in found.items() if value}


def require_ok(answer: Answer) -> Answer:
    """The answer, if it is what was asked for or says that nothing changed.

    Raises:
        RejectError: `http_<status>`.

    """
    if answer.status in {OK, NOT_MODIFIED}:
        return answer
    raise RejectError(f"http_{answer.status}", f"{answer.final}: the server answers {answer.status}, expected {OK}")


def will_pass(error: RejectError) -> bool:
    """Whether asking again later may help."""
    return error.code in PASSING or error.code.startswith("http_5")


def fetch_patiently(fetcher: Fetcher, request: Request, attempts: int) -> Answer:
    """What is found at an address, asked for again after pauses where that may help.

    Raises:
        RejectError: it can't be had.

    """
    for number in range(attempts - 1):
        try:
            return require_ok(fetcher.fetch(request))
        except RejectError as error:
            if not will_pass(error):
                raise
        time.sleep(FIRST_PAUSE * 2**number)
    return require_ok(fetcher.fetch(request))
