"""Claims -> verdicts: what later news says of what was foreseen, by what was known on a day, with the reasons.

Only what was published on or before the day counts, so that the same day gives the same answer whatever comes later.
A claim is missed only if somebody was looking: where next to nothing was read of its parties, it is void.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from siaga.base.claim import Because, BecauseCode, Claim, Occurrence, Outcome, Query, Verdict, Watch
from siaga.base.record import Record
from siaga.extract.actor_tables import is_country

__all__ = ["GRACE_DAYS", "SLACK_DAYS", "Known", "base_rate", "resolve"]

GRACE_DAYS = 7
"""Days after a window in which news of it may still come."""
SLACK_DAYS = 14
"""Days before or after a window, at the most, within which what was foreseen came true in part; a tenth of the window
where that is less, three at the least."""
TOGETHER_DAYS = 7
"""Days within which sources tell the same thing."""
LEAST_SURE, SURE = 0.3, 0.5
"""Confidence of a report that counts beside others, and of one that counts alone."""
LEAST_ARTICLES = 3
"""About its parties, within the window: with fewer, nobody was looking."""
LEAST_STRETCHES = 2
"""Of the length of the window: a shorter past gives no base rate."""
LOOK_BACK_DAYS = 730


class Known(Record):
    """What was known of a claim on a day: what is told of its query and of its condition, and how well we looked."""

    told: tuple[Occurrence, ...]
    watch: Watch
    condition: tuple[Occurrence, ...] = ()


class _Answer(Record):
    outcome: Outcome
    because: tuple[Because, ...]
    events: tuple[str, ...] = ()
    decided: str | None = None


def resolve(claim: Claim, known: Known, as_of: str) -> Verdict | None:
    """What came of a forecast claim by what was known on a day; null if it can't be resolved."""
    if (query := claim.query) is None or claim.made is None:
        return None
    known = known.replace(told=tuple(one for one in known.told if one.published <= as_of))
    answer = _answer(claim, query, known, as_of)
    return Verdict(
        claim=claim.id, as_of=as_of, outcome=answer.outcome, because=answer.because, events=answer.events,
        decided=answer.decided, base_rate=base_rate(claim, query, known),
    )  # fmt: skip


def base_rate(claim: Claim, query: Query, known: Known) -> float | None:
    """How often the query came true in stretches as long as its window before the claim was made.

    Stretches overlap; the share is drawn a little towards one half (Jeffreys), so that it is never 0 or 1.
    Null where the past that was read is shorter than two such stretches.
    """
    made = date.fromisoformat(claim.made or query.earliest)
    length = (date.fromisoformat(query.latest) - date.fromisoformat(query.earliest)).days + 1
    first = max(date.fromisoformat(known.watch.first), made - timedelta(days=LOOK_BACK_DAYS))
    starts = (made - first).days - length + 1
    if starts < 1 or (made - first).days < LEAST_STRETCHES * length:
        return None
    past = [one for one in known.told if one.published < made.isoformat() and _fits(query, one)]
    true = [
        (date.fromisoformat(day) - first).days
        for day in sorted({one.day for one in past})
        if _told_by(query, past, day)
    ]
    share = sum(any(start <= day < start + length for day in true) for start in range(starts)) / starts
    stretches = (made - first).days / length
    return (share * stretches + 0.5) / (stretches + 1)


def _answer(claim: Claim, query: Query, known: Known, as_of: str) -> _Answer:
    full = [one for one in known.told if _fits(query, one)]
    within = [one for one in full if query.earliest <= one.day <= query.latest]
    over = min(as_of, known.watch.newest) > _later(query.latest, GRACE_DAYS)
    if (unmet := _unmet_condition(claim, known, as_of)) is not None:
        return unmet if over else _open(query, known, as_of)
    hit = _established(query, within)
    if hit is not None and not _is_broad(query, hit):
        return _told("hit", "told", hit, query)
    if not over:
        return _open(query, known, as_of)
    return _in_part(query, known, (full, within)) or _missed(query, known)


def _is_broad(query: Query, hit: Sequence[Occurrence]) -> bool:
    """Whether such acts are many: those of one country with itself, unless told of the place that is named."""
    parties = {*query.actors, *query.recipients}
    if len(parties) != 1 or query.country is not None or not all(map(is_country, parties)):
        return False
    return query.place is None or not any((one.place or "").casefold() == query.place.casefold() for one in hit)


def _unmet_condition(claim: Claim, known: Known, as_of: str) -> _Answer | None:
    """That the condition was not met: then nothing was foreseen."""
    if claim.condition is None or claim.condition.query is None:
        return None
    asked = claim.condition.query
    told = [one for one in known.condition if one.published <= as_of and _fits(asked, one)]
    within = [one for one in told if asked.earliest <= one.day <= asked.latest]
    if _established(asked, within) is not None:
        return None
    return _Answer(
        outcome="void", because=(Because(code="condition_not_told", first=asked.earliest, last=asked.latest),)
    )


def _in_part(query: Query, known: Known, told: tuple[Sequence[Occurrence], Sequence[Occurrence]]) -> _Answer | None:
    """What came true in part, once the window is over."""
    full, within = told
    if (broad := _established(query, within)) is not None:
        return _told("partly", "may_be_another", broad, query)
    if sure := [one for one in within if one.confidence >= SURE]:
        return _told("partly", "told_by_few", sure, query)
    slack = _slack(query)
    begin, end = _later(query.earliest, -slack), _later(query.latest, slack)
    late = _established(query, [one for one in full if query.latest < one.day <= end])
    if late is not None:
        return _told("partly", "after_window", late, query)
    early = _established(query, [one for one in full if begin <= one.day < query.earliest])
    if early is not None:
        return _told("partly", "before_window", early, query)
    part = [one for one in known.told if _fits_in_part(query, one) and query.earliest <= one.day <= query.latest]
    found = _established(query, part)
    return None if found is None else _told("partly", "part_of_parties", found, query)


def _missed(query: Query, known: Known) -> _Answer:
    looked = known.watch.articles
    outcome: Outcome = "miss" if looked >= LEAST_ARTICLES else "void"
    code: BecauseCode = "nothing_told" if looked >= LEAST_ARTICLES else "little_read"
    because = Because(code=code, number=looked, first=query.earliest, last=query.latest)
    return _Answer(outcome=outcome, because=(because, *_by_rule(query)))


def _open(query: Query, known: Known, as_of: str) -> _Answer:
    over = min(as_of, known.watch.newest) > query.latest
    code: BecauseCode = "late_news" if over else "not_over"
    return _Answer(
        outcome="open", because=(Because(code=code, first=query.earliest, last=query.latest), *_by_rule(query))
    )


def _told(outcome: Outcome, code: BecauseCode, found: Sequence[Occurrence], query: Query) -> _Answer:
    days = sorted(one.day for one in found)
    because = Because(code=code, number=_independent(found), other=query.least_sources, first=days[0], last=days[-1])
    return _Answer(
        outcome=outcome, because=(because, *_by_rule(query)), events=tuple(one.event for one in found), decided=days[-1]
    )


def _by_rule(query: Query) -> tuple[Because, ...]:
    return (Because(code="end_by_rule", first=query.earliest, last=query.latest),) if query.end_by_rule else ()


def _established(query: Query, told: Iterable[Occurrence]) -> tuple[Occurrence, ...] | None:
    """The reports that first establish a thing: enough independent sources within a week; null if none do."""
    found = sorted(told, key=lambda one: (one.day, one.published, one.event))
    for day in dict.fromkeys(one.day for one in found):
        if together := _told_by(query, found, day):
            return together
    return None


def _told_by(query: Query, told: Iterable[Occurrence], day: str) -> tuple[Occurrence, ...]:
    """The reports of a day and the week before it, if they are enough; else none."""
    since = _later(day, 1 - TOGETHER_DAYS)
    near = tuple(one for one in told if since <= one.day <= day)
    if _independent(near) < query.least_sources:
        return ()
    return near if query.least_sources > 1 or any(one.confidence >= SURE for one in near) else ()


def _independent(told: Iterable[Occurrence]) -> int:
    """Sources left when copies, and texts of one outlet, are merged."""
    groups: list[set[str]] = []
    for voices in {one.voices for one in told}:
        near = [group for group in groups if not group.isdisjoint(voices)]
        groups = [group for group in groups if group not in near] + [set(voices).union(*near)]
    return len(groups)


def _fits(query: Query, one: Occurrence) -> bool:
    """Whether a report tells what the query asks, whenever."""
    if one.type not in query.types or one.status != "happened" or one.confidence < LEAST_SURE:
        return False
    if one.day > one.published or (query.country is not None and one.country != query.country):
        return False
    if query.mutual:
        asked = {*query.actors, *query.recipients}
        return len(asked & {*one.actors, *one.recipients}) >= min(2, len(asked))
    suffered = (*one.recipients, *([one.country] if one.country else []))  # on its soil is to it, too
    return _meets(query.actors, one.actors) and _meets(query.recipients, suffered)


def _fits_in_part(query: Query, one: Occurrence) -> bool:
    """Whether a report tells such an act of one of the parties."""
    if one.type not in query.types or one.status != "happened" or one.confidence < LEAST_SURE:
        return False
    return not _fits(query, one) and (
        _meets(query.actors, one.actors) if query.actors else _meets(query.recipients, one.recipients)
    )


def _meets(asked: Iterable[str], told: Iterable[str]) -> bool:
    wanted = set(asked)
    return not wanted or not wanted.isdisjoint(told)


def _slack(query: Query) -> int:
    length = (date.fromisoformat(query.latest) - date.fromisoformat(query.earliest)).days + 1
    return min(SLACK_DAYS, max(3, length // 10))


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
