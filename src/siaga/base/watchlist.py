"""Watch lists: the countries and bodies, pairs and topics that somebody wants to be warned of."""

from __future__ import annotations

from siaga.base.record import Record

__all__ = ["WatchList", "pair_name"]


class WatchList(Record):
    """A file of the folder watchlists/ of a workspace; without its name, which is that of the file."""

    actors: tuple[str, ...] = ()
    """Codes of countries and bodies."""
    pairs: tuple[str, ...] = ()
    """Two codes each, in alphabetical order: `RUS-UKR`."""
    topics: tuple[str, ...] = ()
    """Families or types of events, e.g. `protest` or `MOBILIZE`."""

    def with_all(self, more: WatchList) -> WatchList:
        """The list with what another has beside it, each once."""
        return WatchList(
            actors=tuple(dict.fromkeys((*self.actors, *more.actors))),
            pairs=tuple(dict.fromkeys((*self.pairs, *more.pairs))),
            topics=tuple(dict.fromkeys((*self.topics, *more.topics))),
        )

    def without(self, those: WatchList) -> WatchList:
        """The list without what another has."""
        return WatchList(
            actors=tuple(one for one in self.actors if one not in those.actors),
            pairs=tuple(one for one in self.pairs if one not in those.pairs),
            topics=tuple(one for one in self.topics if one not in those.topics),
        )

    @property
    def entries(self) -> tuple[str, ...]:
        """All that is on it."""
        return (*self.actors, *self.pairs, *self.topics)


def pair_name(one: str, other: str) -> str:
    """A pair as it is written: its codes in alphabetical order."""
    return "-".join(sorted((one, other)))
