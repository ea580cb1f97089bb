"""The sources: how they fare, to whom they belong, and whose text they print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup

from siaga.base.article import Article
from siaga.base.record import Record
from siaga.base.source import Source
from siaga.base.window import Window
from siaga.collect.owners import owners_with
from siaga.collect.sources import load_sources
from siaga.report.bars import day_bars
from siaga.serve.gathering.checking import SourceState, state_of
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.view import Rows, View
from siaga.store.connection import Connection
from siaga.store.database import now, reading_from
from siaga.store.outlets import Compared, Copied, compared, copied, outlet_days, outlets_of_sources
from siaga.store.workspace import Workspace

__all__ = ["ROUTES"]

BARS = 28
"""Days that are drawn."""
MOST_PAIRS = 12
FAILING = frozenset({"silent", "shrinking", "unwatched", "unreachable"})
COLUMNS = (
    "outlet", "source", "owner", "articles", "compared", "taken", "given", "wires", "state", "expected", "yesterday",
    "last_success", "requests", "rejected", "failed_days",
)  # fmt: skip


class Outlet(Record):
    """An outlet within the window, and the source by which it is fetched, if it is."""

    name: str
    owner: str | None
    articles: int
    days: tuple[int, ...]
    """Articles of each of the last days, the newest last."""
    compared: int
    """Articles that were compared with others."""
    taken: int
    """Of these, made from another outlet's."""
    given: int
    """Articles of others that were made from its own."""
    wires: int
    """Articles that print agency text, as others do."""
    fetched: SourceState | None = None

    @property
    def state(self) -> str:
        """How it fares; `read` for one that is not fetched by itself."""
        return self.fetched.state if self.fetched else "read"


class SourcesPage(Record):
    """What the page shows."""

    as_of: str | None
    window: Window | None = None
    outlets: tuple[Outlet, ...] = ()
    """Those that fail first, then those that published most."""
    pairs: tuple[Copied, ...] = ()
    """Who prints whose text most."""
    owners: tuple[tuple[str, int], ...] = ()
    """Owners of several outlets here, and how many: they count as one independent source."""


class SourcesView(View):
    """The same, with drawings."""

    bars: Mapping[str, Markup] = {}
    """By outlet."""


def show(asking: Asking) -> View:
    """The sources within a window."""
    with reading_from(asking.workspace) as connection:
        as_of = asking.as_of(connection)
    words = asking.words
    page = SourcesPage(as_of=None) if as_of is None else _page(asking, as_of)
    bars = {one.name: Markup(day_bars(one.days, _said(one, asking))) for one in page.outlets}  # noqa: S704 - escaped
    return SourcesView(
        title=words.say("web_sources.title"), template="sources.html", shown=page,
        rows=Rows(columns=COLUMNS, lines=tuple(map(_line, page.outlets))), bars=bars,
    )  # fmt: skip


def _said(one: Outlet, asking: Asking) -> str:
    return asking.words.say("web_sources.bars", name=one.name, days=len(one.days), articles=sum(one.days))


def _page(asking: Asking, as_of: date) -> SourcesPage:
    window, moment = asking.window(as_of), now()
    key = ("sources", window, as_of, moment[:13])
    return asking.kept.get(asking.workspace, key, lambda: _reckoned(asking.workspace, window, as_of, moment))


def _reckoned(workspace: Workspace, window: Window, as_of: date, moment: str) -> SourcesPage:
    sources = load_sources(workspace.sources)
    with reading_from(workspace) as connection:
        outlets = _Outlets(connection, window, as_of)
        states = {one.id: state_of(connection, one, moment) for one in sources}
        found = tuple(outlets.all(sources, states))
    owners = Counter(one.owner for one in found if one.owner)
    return SourcesPage(
        as_of=as_of.isoformat(), window=window, outlets=tuple(sorted(found, key=_worst)),
        pairs=tuple(one for one in outlets.copied if one.taker != one.giver)[:MOST_PAIRS],
        owners=tuple((owner, count) for owner, count in owners.most_common() if count > 1),
    )  # fmt: skip


class _Outlets:
    """What is stored of outlets within a window."""

    def __init__(self, connection: Connection, window: Window, as_of: date) -> None:
        first = (as_of - timedelta(days=BARS - 1)).isoformat()
        self.window, self.bars = window, tuple((as_of - timedelta(days=ago)).isoformat() for ago in range(BARS))[::-1]
        self.days = outlet_days(
            connection, Window(since=min(first, window.since), until=max(self.bars[-1], window.until))
        )
        self.copied = copied(connection, window)
        self.compared = compared(connection, window)
        self.names = outlets_of_sources(connection)

    def all(self, sources: Sequence[Source], states: Mapping[str, SourceState]) -> Iterator[Outlet]:
        """Every outlet that published or is fetched, each once."""
        by_name = {self._name(one): one for one in sources}
        owner_of = owners_with(sources)
        for name in sorted({*self.days, *by_name}):
            source = by_name.get(name)
            owner = source.owner if source and source.owner else owner_of(Article(id="", source=name, text=""))
            yield self._outlet(name, owner, states[source.id] if source else None)

    def _name(self, source: Source) -> str:
        return next(iter(self.names.get(source.id, ())), source.name)

    def _outlet(self, name: str, owner: str | None, fetched: SourceState | None) -> Outlet:
        days, of = self.days.get(name, {}), self.compared.get(name, Compared(wires=0, articles=0))
        return Outlet(
            name=name, owner=owner, articles=sum(count for day, count in days.items() if self.window.holds(day)),
            days=tuple(days.get(day, 0) for day in self.bars), compared=of.articles, wires=of.wires,
            taken=sum(one.articles for one in self.copied if one.taker == name != one.giver),
            given=sum(one.articles for one in self.copied if one.giver == name != one.taker), fetched=fetched,
        )  # fmt: skip


def _worst(one: Outlet) -> tuple[bool, int, str]:
    return one.state not in FAILING, -one.articles, one.name


def _line(one: Outlet) -> tuple[str | int | float | None, ...]:
    state = one.fetched
    fetched = (
        (state.expected, state.seen, state.last_success, state.requests, state.rejected, state.failed_days)
        if state
        else (None,) * 6
    )
    return (
        one.name, state.source if state else None, one.owner, one.articles, one.compared, one.taken, one.given,
        one.wires, one.state, *fetched,
    )  # fmt: skip


ROUTES = (Page(path="/sources", show=show, nav="web_sources.nav"),)
