"""When an alert is told: once an occasion, not again while it cools down, later where it is night.

All of it is reckoned on days and moments that are given, so that the past is replayed as it would have been.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from siaga.base.alert import Match, Rule, Trigger, target_of
from siaga.base.errors import GivenError
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.warning import LEVELS, Level
from siaga.monitor.episodes import Course
from siaga.monitor.series import families
from siaga.monitor.steps import step_named
from siaga.monitor.warning import Past

__all__ = ["check_rule", "grouped", "may_be_sent", "stretches", "told", "unusual_days"]

DAY_HOURS = 24
WEEK = 7
_QUIET = re.compile(r"(?P<from>\d\d:\d\d)-(?P<until>\d\d:\d\d)")


def stretches(past: Past, trigger: Trigger, unit: str) -> Iterator[Match]:
    """The days on which a trigger holds of a unit, each with the first day of its stretch.

    Args:
        past: of the unit.
        trigger: of `level`, `episode` or `probability`; the last is judged once a week.
        unit: whose past it is.

    """
    since = None
    for day, holds, match in _judged(past, trigger, unit):
        since = (since or day) if holds else None
        if since is not None:
            yield match.replace(since=since)


def unusual_days(went: Course, first: int, unit: str) -> Iterator[Match]:
    """The days on which an unusual week of a series was the last one that was over.

    Args:
        went: how the weeks of the unit went.
        first: number of the first week.
        unit: whose series it is.

    """
    for begin, end in went.spans:
        since = _sunday(first + begin)
        for week in range(begin, end + 1):
            for later in range(WEEK):
                day = (_sunday(first + week) + timedelta(days=later)).isoformat()
                yield Match(day=day, subject=unit, since=since.isoformat())


def _sunday(week: int) -> date:
    """The last day of a week, at whose end it is judged."""
    return date.fromisoformat(step_named(week, "week")) + timedelta(days=WEEK - 1)


def grouped(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The matches of a search, those of one story and day as one."""
    found: dict[tuple[str, str], Match] = {}
    for one in matches:
        before = found.setdefault((one.day, one.subject), one.replace(articles=()))
        found[one.day, one.subject] = before.replace(articles=(*before.articles, *one.articles))
    return tuple(found.values())


def told(matches: Iterable[Match], cooldown_hours: float, last: Mapping[str, str]) -> Iterator[Match]:
    """Of these matches, in order of day, those that are told.

    Args:
        matches: of one rule.
        cooldown_hours: between two alerts of a subject, of which days are the measure.
        last: day of the last alert of each subject before.

    """
    days = dict(last)
    for one in matches:
        before = days.get(one.subject)
        if before is None or (before < one.since and _cooled(before, one.day, cooldown_hours)):
            days[one.subject] = one.day
            yield one


def may_be_sent(rule: Rule, match: Match, moment: datetime) -> datetime:
    """The moment from which an alert may be sent: now, or the end of the quiet hours.

    Args:
        rule: with the quiet hours, if any.
        match: what it is about; what is grave enough wakes.
        moment: now, aware.

    """
    if rule.quiet is None or (rule.wakes != "never" and _reaches(match, rule.wakes)):
        return moment
    first, last = _hours(rule.quiet)
    local = moment.astimezone(ZoneInfo(rule.zone))
    within = first <= local.time() < last if first < last else not last <= local.time() < first
    if not within:
        return moment
    ends = local.replace(hour=last.hour, minute=last.minute, second=0, microsecond=0)
    return (ends if ends > local else ends + timedelta(days=1)).astimezone(UTC)


def check_rule(rule: Rule) -> None:
    """Make sure that a rule says all that its trigger needs, and nothing that can't be.

    Raises:
        GivenError: it doesn't.

    """
    trigger = rule.trigger
    needed = {
        "level": "level",
        "probability": "probability",
        "claim": "days",
        "search": "words",
        "unusual": "topic",
    }.get(trigger.when)
    if needed is not None and getattr(trigger, needed) is None:
        raise GivenError(f"trigger.when = {trigger.when!r} needs trigger.{needed}")
    if trigger.level == LEVELS[0]:
        raise GivenError(f"trigger.level = {LEVELS[0]!r} is told of every day; expected one of {', '.join(LEVELS[1:])}")
    if trigger.topic is not None and trigger.topic not in families():
        meant = did_you_mean(nearest(trigger.topic, families()))
        raise GivenError(f"unknown topic {trigger.topic!r}.{meant} There are {', '.join(families())}")
    if trigger.words is not None and not any(map(str.isalnum, trigger.words)):
        raise GivenError(f"trigger.words = {trigger.words!r}: expected words")
    if trigger.unit is not None and trigger.watchlist is not None:
        raise GivenError("expected trigger.unit or trigger.watchlist, not both")
    if rule.quiet is not None:
        _hours(rule.quiet)
    if (rule.escalate_hours is None) != (not rule.escalate_to):
        raise GivenError("escalate_hours and escalate_to go together")
    _check_zone(rule.zone)
    for target in (*rule.to, *rule.escalate_to):
        target_of(target)


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError) as error:  # ZoneInfoNotFoundError is a KeyError, of a name that could be one
        raise GivenError(f"zone {zone!r}: expected a name like Asia/Jakarta") from error
    except KeyError as error:
        raise GivenError(f"zone {zone!r} is not known here; expected a name like Asia/Jakarta") from error


def _judged(past: Past, trigger: Trigger, unit: str) -> Iterator[tuple[str, bool, Match]]:
    """Each day that is judged, in order: whether the trigger holds, and what it would tell."""
    if trigger.when == "probability":
        for number, chance in reversed(past.chances):
            day = date.fromordinal(number).isoformat()
            match = Match(day=day, subject=unit, since=day, level=_level_on(past, number), probability=chance)
            yield day, chance >= (trigger.probability or 1.0), match
        return
    least = LEVELS.index(trigger.level or "awas")
    for at, (level, episode) in enumerate(zip(past.levels, past.episodes, strict=True)):
        day = date.fromordinal(past.first + at).isoformat()
        holds = episode if trigger.when == "episode" else LEVELS.index(level) >= least
        yield day, holds, Match(day=day, subject=unit, since=day, level=level)


def _level_on(past: Past, number: int) -> Level | None:
    at = number - past.first
    return past.levels[at] if 0 <= at < len(past.levels) else None


def _cooled(before: str, day: str, hours: float) -> bool:
    """Whether it is long enough ago. Both are days, so that less than a day is none."""
    apart = (date.fromisoformat(day) - date.fromisoformat(before)).days
    return apart * DAY_HOURS >= hours


def _reaches(match: Match, level: Level) -> bool:
    return match.level is not None and LEVELS.index(match.level) >= LEVELS.index(level)


def _hours(quiet: str) -> tuple[time, time]:
    """From when and until when it is quiet.

    Raises:
        GivenError: these are no hours.

    """
    match = _QUIET.fullmatch(quiet)
    try:
        return (time.fromisoformat(match["from"]), time.fromisoformat(match["until"])) if match else _refuse(quiet)
    except ValueError:
        return _refuse(quiet)


def _refuse(quiet: str) -> tuple[time, time]:
    raise GivenError(f"quiet = {quiet!r}: expected hours as 22:00-06:00")
