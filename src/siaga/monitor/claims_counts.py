"""A source's own count ("for the second time this year") as a claim: found, and held against our count of episodes.

What a source counts are stretches of time in which something was unusual, the present one among them. We count the
stretches of unusual weeks of the same series that began in the same period, up to the week in which it was said. What
the source tells of is the present one; whether our own count has it, too, is said beside the answer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Literal

from siaga.base.claim import Because, Claim, CountQuery, Outcome, Verdict
from siaga.base.document import Reading
from siaga.base.errors import PackError
from siaga.base.event import Event, Evidence
from siaga.base.expected import convert
from siaga.base.ids import content_id
from siaga.base.pack import asset, languages, lexicon, load_pack
from siaga.base.pattern import compile_pattern
from siaga.base.record import Record
from siaga.monitor.alarm import LEARNING_WEEKS, Series
from siaga.monitor.episodes import Rule
from siaga.monitor.hindsight import Stretch, stretches
from siaga.monitor.steps import number_of, step_named

__all__ = ["Counted", "OrdinalRule", "check_count", "counts_in", "ordinal_patterns", "ordinals"]

LEAST_COVERED = 0.8
"""Share of the period, in weeks, in which anything must be told of the unit for a count of ours to contradict one."""
MOST_UNJUDGED = 0.25
"""Share of the period, in weeks, before our first article or with too little before and after it to say what is usual,
above which we can't tell."""


class OrdinalRule(Record):
    """A way to count within a period."""

    id: str
    pattern: str
    period: Literal["year", "months"]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    months: int = 12
    around: bool = False
    """The act stands within the phrase."""


class Counted(Record):
    """A count found in a sentence: `[start, end)` of its phrase in code points, its number and period."""

    start: int
    end: int
    ordinal: int
    period: Literal["year", "months"]
    number: int | None
    """The year, where one is named, or months."""
    around: bool


class _Ordinal(Record):
    word: str
    value: int


def counts_in(reading: Reading) -> Iterator[Claim]:
    """The counts of an article, each of the act that its sentence tells of."""
    article, seen = reading.article, set[Evidence]()
    if not article.published or article.language not in languages():
        return
    for event in reading.events:
        if event.evidence in seen:
            continue
        seen.add(event.evidence)
        for counted in ordinals(event.evidence.text, str(article.language)):
            if (meant := _meant(reading, event.evidence, counted)) is not None:
                yield _claim(reading, meant, counted)


def ordinals(sentence: str, language: str) -> tuple[Counted, ...]:
    """The counts of a sentence, each once; those of an ordinal above one, for a first time repeats nothing."""
    found: dict[int, Counted] = {}
    for rule, pattern in ordinal_patterns(language):
        for match in pattern.finditer(sentence):
            one = _counted(match, rule, language)
            if one is not None and not any(other.start < one.end and one.start < other.end for other in found.values()):
                found[one.start] = one
    return tuple(found[start] for start in sorted(found))


def check_count(claim: Claim, known: Sequence[Series], as_of: str) -> Verdict | None:
    """What our own count says to that of a source, by what was known on a day; null if it can't be resolved.

    Args:
        claim: of kind `count`.
        known: the series of its units of which anything is stored, in their order, up to the day.
        as_of: the day.

    """
    if claim.count is None:
        return None
    if not known:
        because: tuple[Because, ...] = (Because(code="few_weeks"),)
        return Verdict(claim=claim.id, as_of=as_of, outcome="cannot_tell", because=because)
    tries = [_compared(claim.count, series) for series in known]
    outcome, because = next((one for one in tries if _has_the_present(one[1])), tries[0])
    return Verdict(claim=claim.id, as_of=as_of, outcome=outcome, because=because, decided=claim.made)


def _has_the_present(because: Iterable[Because]) -> bool:
    return any(one.code == "present_counted" for one in because)


@cache
def ordinal_patterns(language: str) -> tuple[tuple[OrdinalRule, re.Pattern[str]], ...]:
    """The rules of a language, each with its pattern as it is matched.

    Raises:
        PackError: one is none.

    """
    figure = str(_file(language)["figure"])
    ordinal = "|".join((*map(re.escape, sorted(_words(language), key=len, reverse=True)), figure))
    return tuple(
        (rule, compile_pattern(_written_out(rule.pattern, ordinal), rule.id, re.IGNORECASE))
        for rule in _rules(language)
    )


def _rules(language: str) -> tuple[OrdinalRule, ...]:
    tables = _file(language)["rule"]
    where = f"{language}/claims/ordinals.toml"
    assert isinstance(tables, list)  # noqa: S101 - TOML has tables of this name as a list
    return tuple(convert(table, OrdinalRule, f"{where}: rule {number}") for number, table in enumerate(tables, 1))


def _compared(asked: CountQuery, series: Series) -> tuple[Outcome, tuple[Because, ...]]:
    """What our count says: how many stretches began before the week of the claim, and whether it lies in one itself."""
    week = min(number_of(date.fromisoformat(asked.until), "week") - series.first, series.counts.shape[1] - 1)
    begin = number_of(date.fromisoformat(asked.since), "week") - series.first
    if week < 0:
        return "cannot_tell", (Because(code="period_not_read", number=1.0),)
    found = [one for one in stretches(series, 0, Rule(), last=week) if one.begin >= begin]
    now = next((one for one in found if one.begin <= week <= one.end), None)
    before = [one for one in found if one is not now]
    number = len(before) + 1
    because = (
        Because(
            code="counted",
            number=number,
            other=asked.ordinal,
            first=asked.since,
            last=asked.until,
            unit=series.units[0],
        ),
        *(_stretch(series, one) for one in before),
        Because(
            code="present_counted" if now else "present_not_counted", first=_monday(series, now.begin if now else week)
        ),
    )
    if (unjudged := _unjudged(begin, week)) > MOST_UNJUDGED:
        return "cannot_tell", (*because, Because(code="period_not_read", number=round(unjudged, 2)))
    if number == asked.ordinal:
        return "agrees", because
    covered = _covered(series, max(begin, 0), week)
    if covered < LEAST_COVERED:
        return "cannot_tell", (*because, Because(code="thin", number=round(covered, 2)))
    return "differs", because


def _unjudged(begin: int, week: int) -> float:
    """The share of the weeks of a period that could not be judged, neither by what was before nor by what followed."""
    judged = sum(place >= LEARNING_WEEKS or week - place >= LEARNING_WEEKS for place in range(max(begin, 0), week + 1))
    return 1 - judged / max(1, week - begin + 1)


def _covered(series: Series, begin: int, week: int) -> float:
    """The share of weeks in which anything is told of the unit."""
    told = series.counts if series.exposure is None else series.exposure
    return float((told[0, begin : week + 1] > 0).mean())


def _stretch(series: Series, one: Stretch) -> Because:
    last = date.fromisoformat(_monday(series, one.end)) + timedelta(days=6)
    return Because(code="counted_stretch", number=one.events, first=_monday(series, one.begin), last=last.isoformat())


def _monday(series: Series, week: int) -> str:
    return step_named(series.first + week, "week")


def _claim(reading: Reading, event: Event, counted: Counted) -> Claim:
    article = reading.article
    made = (article.published or "")[:10]
    units = _units(event)
    asked = CountQuery(
        units=units,
        family=event.type,
        ordinal=counted.ordinal,
        since=_since(counted, made),
        until=_until(counted, made),
    )
    return Claim(
        id=content_id("claim", "count", event.id, counted.ordinal, asked.since), kind="count", made=made,
        speaker=event.speaker, code=None, medium=event.medium, source=article.source, article=article.id,
        event=event.id, evidence=event.evidence, words=event.evidence.text[counted.start : counted.end],
        status=event.status, band=None, type=event.type, actors=_codes(event, "actors"),
        recipients=_codes(event, "recipients"), place=event.place.name if event.place else None,
        country=event.place.country if event.place else None, earliest=asked.since, latest=asked.until,
        count=asked if units else None, reason=None if units else "no_parties",
    )  # fmt: skip


def _meant(reading: Reading, evidence: Evidence, counted: Counted) -> Event | None:
    """The act that is counted: within the phrase, or the one nearest to it; null if it is none that happened."""
    acts = [one for one in reading.events if one.evidence == evidence and one.status == "happened"]
    placed = [(evidence.text.find(one.trigger), one) for one in acts if one.trigger in evidence.text]
    if counted.around:
        placed = [(at, one) for at, one in placed if counted.start <= at < counted.end]
    return min(placed, key=lambda one: _gap(one[0], counted), default=(0, None))[1]


def _gap(at: int, counted: Counted) -> int:
    return max(counted.start - at, at - counted.end, 0)


def _units(event: Event) -> tuple[str, ...]:
    """The series that an act belongs to: the pair, else the party; and the place."""
    actors, recipients = _codes(event, "actors"), _codes(event, "recipients")
    others = [code for code in recipients if code not in actors]
    place = (f"@{event.place.country}",) if event.place and event.place.country else ()
    if actors and others:
        return (f"{actors[0]}>{others[0]}", *place)
    return (*(actors or recipients)[:1], *place)


def _codes(event: Event, side: Literal["actors", "recipients"]) -> tuple[str, ...]:
    parties = event.actors if side == "actors" else event.recipients
    return tuple(dict.fromkeys(party.code for party in parties if party.code))


def _since(counted: Counted, made: str) -> str:
    if counted.period == "year":
        return f"{counted.number or made[:4]}-01-01"
    day = date.fromisoformat(made)
    return (day - timedelta(days=round((counted.number or 12) * 365.25 / 12))).isoformat()


def _until(counted: Counted, made: str) -> str:
    return min(made, f"{counted.number}-12-31") if counted.period == "year" and counted.number else made


def _counted(match: re.Match[str], rule: OrdinalRule, language: str) -> Counted | None:
    groups = match.groupdict()
    ordinal = _value(groups.get("ordinal") or groups.get("other") or "", language)
    if ordinal is None or ordinal < 2:  # noqa: PLR2004 - a first time repeats nothing
        return None
    told = groups.get("year") or groups.get("months")
    number = int(told) if told else rule.months if rule.period == "months" else None
    return Counted(
        start=match.start(), end=match.end(), ordinal=ordinal, period=rule.period, number=number, around=rule.around
    )


def _value(word: str, language: str) -> int | None:
    if digits := re.search(r"\d+", word):
        return int(digits[0])
    return _words(language).get(word.casefold())


@cache
def _words(language: str) -> Mapping[str, int]:
    """Ordinal words and their values; Roman figures count nothing here."""
    rows = lexicon(load_pack(language), "ordinals", _Ordinal)
    return {row.word: row.value for row in rows if row.word.islower()}


def _written_out(pattern: str, ordinal: str) -> str:
    return r"\b" + pattern.replace("ORDINAL", ordinal).replace("GAP", r"(?:[^\s.,;]{1,40} ){1,6}")


@cache
def _file(language: str) -> Mapping[str, object]:
    path = asset("lang", language, "claims", "ordinals.toml")
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, FileNotFoundError) as error:
        raise PackError(f"{path}: expected [[rule]] tables, met {error}") from error
