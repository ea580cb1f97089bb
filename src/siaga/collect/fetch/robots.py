"""What the robots.txt of a server allows (RFC 9309)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from siaga.base.record import Record
from siaga.collect.decode import printable

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["FRESH", "RobotsFile", "Rules", "robots_file"]

FRESH = 86_400.0
"""Seconds for which it is good (RFC 9309, 2.4)."""
FRESH_FAILURE = 900.0
"""Seconds after which a server that could not say is asked again."""
MOST_READ = 512_000
"""Characters that are looked at (RFC 9309, 2.5: 500 KiB at the least)."""
LONGEST_DELAY = 120.0
"""Seconds between requests that a server may ask for; one that asks for more is asked as seldom as this."""
SERVER_ERROR = 500
TOO_MANY = 429
OK = 200


class RobotsFile(Record):
    """What a server said of robots."""

    origin: str
    verdict: Literal["rules", "all", "none"]
    """Its rules stand in the text; all is allowed, for there is no such file; nothing is, for the server can't say."""
    moment: float
    """When it said so, seconds since 1970."""
    text: str = ""

    def is_fresh(self, now: float) -> bool:
        """Whether it need not be asked for again."""
        return 0 <= now - self.moment < (FRESH_FAILURE if self.verdict == "none" else FRESH)


def robots_file(origin: str, status: int, body: bytes, now: float) -> RobotsFile:
    """What an answer for robots.txt means (RFC 9309, 2.3.1): refused is allowed, broken is forbidden."""
    if status >= SERVER_ERROR or status == TOO_MANY:
        return RobotsFile(origin=origin, verdict="none", moment=now)
    if status != OK:
        return RobotsFile(origin=origin, verdict="all", moment=now)
    text = printable(body[:MOST_READ].decode("utf-8", "replace").removeprefix("\ufeff"))
    return RobotsFile(origin=origin, verdict="rules", text=text, moment=now)


class Rules:
    """The rules of a file for us."""

    def __init__(self, file: RobotsFile, agent: str) -> None:
        self.file = file
        self._agent = agent
        self._parsed: Protego | None = None
        if file.verdict == "rules":
            from protego import Protego  # noqa: PLC0415 - only where something is fetched

            self._parsed = Protego.parse(file.text)

    def allow(self, url: str) -> bool:
        """Whether an address may be asked for."""
        if self._parsed is None:
            return self.file.verdict == "all"
        return self._parsed.can_fetch(url, self._agent)

    @property
    def delay(self) -> float:
        """Seconds between requests that the server asks for; 0 where it doesn't."""
        wanted = self._parsed.crawl_delay(self._agent) if self._parsed else None
        return min(max(0.0, wanted or 0.0), LONGEST_DELAY)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that the file names."""
        return tuple(self._parsed.sitemaps) if self._parsed else ()
