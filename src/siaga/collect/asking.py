"""One address asked for, and what is there looked at."""

from __future__ import annotations

from typing import Literal, NamedTuple

from siaga.base.source import Layout
from siaga.collect.fetch.answer import Answer, Request
from siaga.collect.fetch.fetcher import Fetcher, fetch_patiently
from siaga.collect.outline import Look, Outline, Sheet
from siaga.collect.sitemap import gunzipped

__all__ = ["Asking", "sheet_of"]

ATTEMPTS = 2


class Asking(NamedTuple):
    """Who asks, and how what comes is looked at."""

    fetcher: Fetcher
    look: Look

    def outline(
        self, url: str, expects: Literal["listing", "page", "either"], layout: Layout | None = None
    ) -> tuple[str, Outline]:
        """Where an address led in the end, and what is there.

        Raises:
            RejectError: it can't be had, or is not what is expected.

        """
        answer = fetch_patiently(self.fetcher, Request(url=url), ATTEMPTS)
        return answer.final, self.look(sheet_of(answer, expects, layout))


def sheet_of(answer: Answer, expects: Literal["listing", "page", "either"], layout: Layout | None = None) -> Sheet:
    """An answer as something to be looked at.

    Raises:
        RejectError: `too_large` or `bad_encoding`, a gzip that can't be unpacked.

    """
    return Sheet(body=gunzipped(answer.body), url=answer.final, expects=expects, layout=layout)
