"""What moves a level: acts between sides, each with its best sentence, and on how many words all of it rests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, partial

from siaga.base.article import Article
from siaga.base.event import Event, Party
from siaga.base.lineage import Lineage, Voice
from siaga.base.warning import Driver, Footnote, SignalKind, Sources
from siaga.link.independence import as_claim, independence, voice
from siaga.link.lineages import lineages
from siaga.monitor.rule import WarningRule, is_easing, signal_of
from siaga.store.known import Known
from siaga.store.lineages import load_pairs
from siaga.store.load import StoredEvent, load_article

__all__ = ["Footing", "day_of", "drivers", "footnotes", "note_of", "sources_of"]

RANKS: tuple[SignalKind, ...] = ("force", "feared", "posture", "threat", "coercion")
"""Kinds of signals as they are listed."""
SURE = 0.5
"""Confidence of the reader from which a sentence is shown before a newer one."""
FRESH_DAYS = 3
"""Within which a sentence that tells a town or a number is shown before a newer one that tells neither."""
NARROW = frozenset({"site", "city"})
MOST_SOURCES = 12
"""Names of sources on a card."""


class Footing:
    """The articles behind some events: their texts, lineages and voices, by what was known on a day."""

    def __init__(self, known: Known, events: Iterable[StoredEvent]) -> None:
        self._known = known
        self._ids = tuple(dict.fromkeys(one.article.id for one in events))

    @cached_property
    def articles(self) -> Mapping[str, Article]:
        """The articles, and those copies of them that were published by the day."""
        connection, as_of = self._known.connection, self._known.as_of.isoformat()
        pairs = load_pairs(connection, self._ids)
        ids = dict.fromkeys((*self._ids, *(one for pair in pairs for one in (pair.a, pair.b))))
        found = (load_article(connection, one) for one in ids)
        return {one.id: one for one in found if one and one.published and one.published[:10] <= as_of}

    @cached_property
    def lineages(self) -> tuple[Lineage, ...]:
        """Which of them derive from one text."""
        return lineages(self.articles, load_pairs(self._known.connection, self.articles))

    def behind(self, ids: Iterable[str]) -> tuple[Lineage, ...]:
        """The lineages of some of the articles, each once, in their order."""
        places = sorted({place for id_ in ids for place in self._places.get(id_, ())})
        return tuple(self.lineages[place] for place in places)

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        """Of an article among the lineages."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, lineage in enumerate(self.lineages):
            for id_ in lineage.articles:
                found[id_].append(place)
        return found

    @cached_property
    def voices(self) -> Mapping[str, Voice]:
        """On whose word each rests."""
        heard = self._known.heard
        heard |= {id_: voice(article) for id_, article in self.articles.items() if id_ not in heard}
        return {id_: heard[id_] for id_ in self.articles}


def drivers(events: Sequence[StoredEvent], footing: Footing, rule: WarningRule) -> tuple[tuple[Driver, ...], ...]:
    """What warns, the gravest first, and what may be easing, the latest first; notes are not numbered yet.

    Args:
        events: that recent articles tell of the unit.
        footing: their articles.
        rule: what warns.

    """
    groups: defaultdict[tuple[object, ...], list[StoredEvent]] = defaultdict(list)
    for one in events:
        if signal_of(one.event.type, one.event.status, rule) or is_easing(one.event.type, one.event.status, rule):
            groups[_key(one.event)].append(one)
    told = [_driver(group, footing, rule) for group in groups.values()]
    warning = [one for one in told if one.signal is not None]
    easing = [one for one in told if one.signal is None]
    by_day = sorted(easing, key=lambda one: (one.last, one.acts, one.events), reverse=True)
    return tuple(sorted(warning, key=_gravest)), tuple(by_day)


def footnotes(told: Sequence[Driver], events: Sequence[StoredEvent]) -> tuple[tuple[Driver, ...], tuple[Footnote, ...]]:
    """The same with their sentences numbered, each once."""
    known = {one.event.id: one for one in events}
    notes: dict[tuple[str, int, int], Footnote] = {}
    numbered = []
    for driver in told:
        one = known[driver.events[0]]
        key = one.article.id, one.event.evidence.start, one.event.evidence.end
        note = notes.setdefault(key, note_of(len(notes) + 1, one))
        numbered.append(driver.replace(notes=(note.number,)))
    return tuple(numbered), tuple(notes.values())


def sources_of(events: Sequence[StoredEvent], footing: Footing) -> Sources:
    """On how many words these events rest, copies of their articles counted as articles."""
    ids = {one.article.id for one in events}
    behind = footing.behind(ids)
    claims = [
        *_claims(events, footing),
        *(footing.voices[id_] for one in behind for id_ in one.articles if id_ not in ids),
    ]
    found = independence(behind, claims)
    names = (source.name for source in found.sources if source.name and not source.anonymous)
    return Sources(
        articles=found.articles,
        texts=found.texts,
        independent=found.independent_sources,
        anonymous=found.anonymous_sources,
        names=tuple(sorted(names))[:MOST_SOURCES],
    )


def _key(event: Event) -> tuple[object, ...]:
    return event.type, event.status, tuple(sorted(_codes(event.actors))), tuple(sorted(_codes(event.recipients)))


def _codes(parties: Iterable[Party]) -> Iterator[str]:
    yield from dict.fromkeys(party.code or party.name or party.text for party in parties)


def _driver(group: Sequence[StoredEvent], footing: Footing, rule: WarningRule) -> Driver:
    newest = max((one.article.published or "")[:10] for one in group)
    ranked = sorted(group, key=partial(_best_told, newest), reverse=True)
    best = ranked[0].event
    days = sorted(day_of(one) for one in group)
    return Driver(
        signal=signal_of(best.type, best.status, rule),
        event=best,
        first=days[0],
        last=days[-1],
        acts=len(set(days)),
        articles=len({one.article.id for one in group}),
        independent_sources=sources_of(group, footing).independent,
        notes=(),
        events=tuple(one.event.id for one in ranked),
    )


def _best_told(newest: str, one: StoredEvent) -> tuple[object, ...]:
    """A sentence of which the reader is sure, if there is one; of the last days with a town or number; the newest."""
    published, event = (one.article.published or "")[:10], one.event
    is_fresh = published > (date.fromisoformat(newest) - timedelta(days=FRESH_DAYS)).isoformat()
    is_concrete = bool(event.magnitude) or bool(event.place and event.place.precision in NARROW)
    return event.confidence >= SURE, is_fresh, is_fresh and is_concrete, published, event.confidence, event.id


def day_of(one: StoredEvent) -> str:
    """The day on which it is told to be; that of publication for what has not happened, or says no day."""
    published, told = (one.article.published or "")[:10], one.event.earliest or one.event.latest
    return min(told, published) if told and one.event.status == "happened" else published


def _gravest(one: Driver) -> tuple[object, ...]:
    rank = RANKS.index(one.signal) if one.signal else len(RANKS)
    return one.event.confidence < SURE, rank, -one.acts, -one.articles, one.events


def _claims(events: Iterable[StoredEvent], footing: Footing) -> Iterator[Voice]:
    """On whose word each article tells it: that of whoever is said to say it, if all it tells is on their word."""
    told: defaultdict[str, list[Event]] = defaultdict(list)
    for one in events:
        told[one.article.id].append(one.event)
    for id_, said in told.items():
        speakers = {event.speaker for event in said}
        speaker = speakers.pop() if len(speakers) == 1 else None
        yield as_claim(footing.voices[id_], speaker, None, anonymous=False)


def note_of(number: int, one: StoredEvent) -> Footnote:
    """The sentence of an event as a note."""
    return Footnote(
        number=number, article=one.article.id, url=one.article.url, source=one.article.source,
        published=one.article.published, event=one.event.id, start=one.event.evidence.start,
        end=one.event.evidence.end, sentence=one.event.evidence.text,
    )  # fmt: skip
