"""Mentions of one act, from many articles, put together: an incident, with what agrees and what contradicts.

A mention joins an incident if it agrees with every mention in it on type, parties, place and days; what is not told
agrees with anything. Between articles of different stories, day and town must be told and be the same (`widened`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import LONGEST_ACT, Event, EventType, Party, Place
from siaga.base.record import Record

__all__ = ["Happening", "Told", "acts", "told_in", "widened"]

SURE_ENOUGH = 0.5
"""Confidence (0 to 1) that one mention of an act must have: below it, it is more likely wrong than right."""
HEARD = 0.4
"""Confidence from which a mention is put to an act that others are sure of."""
MUTUAL: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types in which it makes no difference which side is named first."""
DEEDS: frozenset[EventType] = frozenset(
    {"ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST", "RETREAT", "AID", "COOPERATE", "CONSULT"}
)
"""Acts of which one can say that it is one: a criticism that is repeated is another criticism."""
NARROW = frozenset({"site", "city"})
AHEAD = frozenset({"planned", "considered", "possible"})
REPORTED_WITHIN = 2
"""Days before publication in which an act without a day happened: papers follow up for a day or two."""
OTHER_ORDER = 10
"""Times that one number is another of the same act, at most: first tolls may be low, but not by more."""
FORESEEN_WITHIN = 31
"""Days after publication in which what is foreseen without a day may come."""


Happening = tuple[EventType, str, str]
"""A type of act, the town and the day: what mentions of different stories must have in common."""


class Told(Record):
    """A mention of an act, and where it stands."""

    event: Event
    article: str
    story: str
    published: str | None
    """Day of publication."""

    @property
    def days(self) -> tuple[str, str]:
        """The first and last day on which the act can be; empty ones where nothing says."""
        event = self.event
        if (event.earliest or event.latest) and not _is_vague(event):
            return event.earliest or event.latest or "", event.latest or event.earliest or ""
        if not self.published:
            return "", ""
        told = date.fromisoformat(self.published)
        if event.status in AHEAD:
            return self.published, (told + timedelta(FORESEEN_WITHIN)).isoformat()
        return (told - timedelta(REPORTED_WITHIN)).isoformat(), self.published

    @property
    def says_day(self) -> bool:
        """Whether one day is told for it."""
        return self.event.earliest is not None and self.event.earliest == self.event.latest

    @property
    def town(self) -> str | None:
        """The town or site in which it is told to be."""
        place = self.event.place
        return place.name.casefold() if place and place.precision in NARROW else None

    @property
    def happening(self) -> Happening | None:
        """What it has in common with mentions of the same act in other stories; null if day or town is not told."""
        return (self.event.type, self.town, self.days[0]) if self.town and self.says_day else None


class Act:
    """Mentions that agree with each other: what becomes an incident."""

    def __init__(self, first: Told) -> None:
        self.told = [first]

    def takes(self, one: Told) -> bool:
        """Whether a mention can be of this act."""
        return all(_agree(one, other) for other in self.told)


def told_in(reading: Reading, story: str) -> Iterator[Told]:
    """The mentions of acts in an article's body that are worth hearing."""
    article: Article = reading.article
    for event in reading.events:
        if event.confidence >= HEARD and event.type in DEEDS and (event.actors or event.recipients):
            yield Told(event=event, article=article.id, story=story, published=(article.published or "")[:10] or None)


def acts(told: Iterable[Told]) -> tuple[tuple[Told, ...], ...]:
    """The mentions of each act, story by story, the best told first; the same in whatever order they come."""
    by_story: defaultdict[tuple[EventType, str], list[Act]] = defaultdict(list)
    for one in sorted(told, key=_best_first):
        near = by_story[one.event.type, one.story]
        act = next((act for act in near if act.takes(one)), None)
        if act is None:
            near.append(Act(one))
        else:
            act.told.append(one)
    found = (act.told for near in by_story.values() for act in near)
    return tuple(tuple(one) for one in found if any(mention.event.confidence >= SURE_ENOUGH for mention in one))


def widened(act: Sequence[Told], others: Iterable[Told]) -> tuple[Told, ...]:
    """The mentions of an act, and those of other stories that agree with each of them.

    Rather two incidents too many than two strikes of one day as one: both must be told for the same single day, and in
    the same town.
    """
    wide = Act(act[0])
    wide.told.extend(act[1:])
    happenings = {one.happening for one in act} - {None}
    for one in sorted(others, key=_best_first):
        if one.happening in happenings and one.event.confidence >= SURE_ENOUGH and wide.takes(one):
            wide.told.append(one)
    return tuple(wide.told)


def _best_first(one: Told) -> tuple[object, ...]:
    """Those that say most: others are measured against them."""
    event = one.event
    says = bool(event.actors) + bool(event.recipients) + one.says_day + (one.town is not None) + bool(event.magnitude)
    return -says, event.status != "happened", -event.confidence, one.published or "", event.id


def _agree(one: Told, other: Told) -> bool:
    return (
        _parties_agree(one, other)
        and _places_agree(one.event.place, other.event.place)
        and _modes_agree(one.event, other.event)
        and _numbers_agree(one.event, other.event)
        and _days_agree(one, other)
    )


def _parties_agree(told: Told, others_told: Told) -> bool:
    one, other = told.event, others_told.event
    if one.type in MUTUAL:
        both, others = _keys((*one.actors, *one.recipients)), _keys((*other.actors, *other.recipients))
        return both <= others or others <= both
    sides = ((_keys(one.actors), _keys(other.actors)), (_keys(one.recipients), _keys(other.recipients)))
    if not all(not mine or not its or mine & its for mine, its in sides):
        return False
    if sides[0][0] == sides[1][0]:  # within one country a code is too wide
        passing = told.story == others_told.story and (_is_passing(told) or _is_passing(others_told))
        return passing or _names_meet(one, other)
    return any(mine & its for mine, its in sides)


def _is_passing(one: Told) -> bool:
    """Whether an act is but named again: "the attack", without town or number."""
    return one.town is None and not one.event.magnitude


def _names_meet(one: Event, other: Event) -> bool:
    """Whether the acts of a country's own people name some party or number the same."""
    named, others = _named(one), _named(other)
    return bool(named & others) or bool(_numbers(one) & _numbers(other))


def _named(event: Event) -> frozenset[str]:
    return frozenset((party.text or party.name or "").casefold() for party in (*event.actors, *event.recipients))


def _numbers(event: Event) -> frozenset[tuple[str, float]]:
    return frozenset((one.unit, one.minimum) for one in event.magnitude)


def _keys(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.code or (party.name or party.text).casefold() for party in parties)


def _places_agree(one: Place | None, other: Place | None) -> bool:
    """Another country is another place, and so is another town."""
    if one is None or other is None:
        return True
    if one.country != other.country:
        return False
    narrow = one.precision in NARROW and other.precision in NARROW
    points = (one.latitude, one.longitude), (other.latitude, other.longitude)
    return not narrow or one.name == other.name or points[0] == points[1] != (None, None)


def _modes_agree(one: Event, other: Event) -> bool:
    return one.mode is None or other.mode is None or one.mode == other.mode


def _numbers_agree(one: Event, other: Event) -> bool:
    """Whether no number is of another order: the tolls of an attack and of the war are not of one act."""
    return all(
        max(own.minimum, its.minimum) <= OTHER_ORDER * max(1.0, min(own.minimum, its.minimum))
        for own in one.magnitude
        for its in other.magnitude
        if own.unit == its.unit and own.minimum and its.minimum
    )


def _days_agree(one: Told, other: Told) -> bool:
    """Whether both can be of one day. What is foreseen may come on any day that is foreseen."""
    (first, last), (its_first, its_last) = one.days, other.days
    if not first or not its_first:
        return one.story == other.story and not (one.says_day and other.says_day)
    return first <= its_last and its_first <= last


def _is_vague(event: Event) -> bool:
    if not event.earliest or not event.latest:
        return False
    return date.fromisoformat(event.latest) - date.fromisoformat(event.earliest) > LONGEST_ACT
