"""Cards: the level of countries and pairs on a day, and all that it stands on, by what was known at its end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Literal, NamedTuple

import numpy as np

from siaga import __version__
from siaga.base.event import Event
from siaga.base.warning import (
    LEVELS,
    Act,
    AlarmRecord,
    Card,
    ClaimAbout,
    Condition,
    Level,
    Method,
    SeriesTold,
    Signals,
    UnitKind,
)
from siaga.monitor.acts import acts_by_unit
from siaga.monitor.alarm import LEARNING_WEEKS
from siaga.monitor.drivers import Footing, day_of, drivers, footnotes, sources_of
from siaga.monitor.features import feature_panel
from siaga.monitor.odds import Outlooks, odds_of, outlooks
from siaga.monitor.panel import Flags, Floats
from siaga.monitor.rule import WarningRule, changes, counts, met, signal_of, signals_on
from siaga.monitor.series import types_of
from siaga.monitor.stand import Coverage, blind, coverage, is_silent, stand_of
from siaga.monitor.track import PastAlarm, alarm_record, past_alarms
from siaga.monitor.walk import FOUR_WEEKS, WEEK, Walk, bound, episodes_of, monday, open_until, still_unusual, walk
from siaga.store.known import Known
from siaga.store.load import load_events

__all__ = ["Past", "Scene", "SeriesName", "alarms_of", "card", "judged", "past_of", "scene", "track_of"]

NEIGHBOURS, MOST_CANDIDATES = 40, 160
"""Units with most acts that tell how unlike each other units of a kind are; and those of which acts are made to see."""
MOST_LATELY = 1_000
"""Units told of lately that are judged: where there are more, those with most acts that warn. To judge 5,655 pairs of a
million invented events was not done after two minutes of CPU, and nobody reads so many."""
MOST_WEEKS = 208
"""Looked back on: three years of a baseline, and one before them."""
MOST_DRIVERS, MOST_EASING = 6, 3
YEAR = 52
SeriesName = Literal["signals", "conflict"]
WALKED: tuple[SeriesName, ...] = ("signals", "conflict")


@dataclass(frozen=True, slots=True)
class Scene:
    """All units of a kind on a day: what each is judged among."""

    known: Known
    kind: UnitKind
    rule: WarningRule
    units: tuple[str, ...]
    acts: Mapping[str, tuple[Act, ...]]
    walks: Mapping[SeriesName, Walk]
    seen: Coverage
    expectations: Outlooks

    @property
    def today(self) -> int:
        """Number of the day."""
        return self.known.as_of.toordinal()

    @property
    def silent(self) -> bool:
        """Whether nothing comes in any more: that nothing is told is no sign of peace."""
        return is_silent(self.seen)


def scene(known: Known, kind: UnitKind, asked: Sequence[str], rule: WarningRule) -> Scene:
    """The units of a kind that something was told of lately, or most, or that are asked for.

    Args:
        known: the day.
        kind: pairs or countries.
        asked: names of further units.
        rule: what warns.

    """
    since = known.as_of - timedelta(days=rule.counting.recent_days)
    found = tuple(dict.fromkeys((*known.units(kind, since, MOST_CANDIDATES), *asked)))
    imported = known.imported(kind, found)
    acts = acts_by_unit(known.mentions(kind, found), imported, rule)
    units = tuple(dict.fromkeys((*_judged_together(acts, since.toordinal(), rule), *asked)))
    begin = _begin(known)
    span = known.as_of, -(-(known.as_of.toordinal() - begin + 1) // WEEK)
    expectations = outlooks(feature_panel(units, acts, span, rule), rule.question)  # takes most, so before walks
    walks = {name: walk(begin, _daily(name, (units, acts), (known, begin), rule), rule.unusual) for name in WALKED}
    return Scene(
        known=known,
        kind=kind,
        rule=rule,
        units=units,
        acts=acts,
        walks=walks,
        seen=coverage(known),
        expectations=expectations,
    )


def judged(of: Scene, unit: str) -> tuple[Signals, Condition | None]:
    """What the level of a unit is judged by, and the condition that is met."""
    signals = signals_on(of.acts.get(unit, ()), of.today, of.rule, episode=_until(of, unit) is not None)
    return signals, met(signals, of.kind, of.rule)


def track_of(of: Scene, unit: str) -> AlarmRecord:
    """What became of past warnings of a unit."""
    opened = _open_days(of, of.units.index(unit))
    return alarm_record(of.acts.get(unit, ()), opened, (of.kind, of.today), of.rule)


class Past(NamedTuple):
    """What a unit was judged to be at the end of each day that is looked back on, by what was known then."""

    first: int
    """Number of the first day; one entry a day follows."""
    levels: tuple[Level, ...]
    episodes: tuple[bool, ...]
    """Whether one was open."""
    chances: tuple[tuple[int, float], ...]
    """Of an act of force within the horizon, before calibration: number of the day at whose end it was forecast."""


def past_of(of: Scene, unit: str) -> Past:
    """The past of a unit in one go: the same acts and episodes as a replay of each day has."""
    row, acts = of.units.index(unit), of.acts.get(unit, ())
    opened, first = _open_days(of, row), of.today - len(of.walks["signals"].counts[row]) + 1
    signals = (signals_on(acts, first + at, of.rule, episode=bool(one)) for at, one in enumerate(opened))
    return Past(
        first=first,
        levels=tuple(_level(met(one, of.kind, of.rule)) for one in signals),
        episodes=tuple(bool(one) for one in opened),
        chances=tuple(_chances(of, row)),
    )


def _chances(of: Scene, row: int) -> Iterator[tuple[int, float]]:
    """The forecasts of past weeks, where the past is long enough for any."""
    every = of.expectations.chances
    weeks = () if every is None else every[row]
    for age, chance in enumerate(reversed(weeks)):
        if not np.isnan(chance):
            yield of.today - WEEK * age, float(chance)


def alarms_of(of: Scene, unit: str) -> tuple[PastAlarm, ...]:
    """The past warnings of a unit, the first first."""
    opened = _open_days(of, of.units.index(unit))
    return past_alarms(of.acts.get(unit, ()), opened, (of.kind, of.today), of.rule)


def card(of: Scene, unit: str, claims: tuple[ClaimAbout, ...] = ()) -> Card:
    """The warning of one unit.

    Args:
        of: the day, and the units among which it is judged.
        unit: one of them.
        claims: what the ledger has about it.

    """
    row, acts, known = of.units.index(unit), of.acts.get(unit, ()), of.known
    signals, because = judged(of, unit)
    since = known.as_of - timedelta(days=of.rule.counting.recent_days - 1)
    told = load_events(known.connection, known.events(of.kind, unit, since))
    events = tuple(one for one in told if day_of(one) >= since.isoformat() and _counts(one.event, of.rule))
    footing = Footing(known, events)
    warning = tuple(one for one in events if signal_of(one.event.type, one.event.status, of.rule))
    moving, easing = drivers(events, footing, of.rule)
    shown, notes = footnotes((*moving[:MOST_DRIVERS], *easing[:MOST_EASING]), events)
    most = min(len(moving), MOST_DRIVERS)
    sources = sources_of(warning, footing)
    weeks = of.walks["signals"].counts.shape[1] // WEEK
    stand = stand_of(known, of.seen, (of.kind, unit), (tuple(footing.articles), weeks))
    return Card(
        kind="warning",
        version=1,
        unit=unit,
        unit_kind=of.kind,
        as_of=known.as_of.isoformat(),
        level=None if because is None and blind(stand.state) else _level(because),
        confirmed=sources.independent > 1,
        because=because,
        signals=signals,
        recent_days=of.rule.counting.recent_days,
        series=tuple(_told(of, name, unit) for name in WALKED),
        sources=sources,
        drivers=shown[:most],
        more_drivers=len(moving) - most,
        easing=shown[most:],
        odds=odds_of(of.expectations, row),
        alarms=track_of(of, unit),
        claims=claims,
        stand=stand,
        changes=changes(acts, signals, of.kind, (of.today, _unusual_until(of, unit)), of.rule),
        notes=notes,
        method=Method(program=__version__, rule=of.rule.version),
    )


def _counts(event: Event, rule: WarningRule) -> bool:
    return counts(event.type, event.status, rule, sure=event.confidence >= rule.counting.sure_confidence)


def _level(because: Condition | None) -> Level:
    return because.level if because else LEVELS[0]


def _judged_together(acts: Mapping[str, tuple[Act, ...]], since: int, rule: WarningRule) -> tuple[str, ...]:
    """The units with most acts, and those of which one became known since a day: never by how many articles tell it."""
    ranked = sorted(acts, key=lambda unit: (-sum(act.number for act in acts[unit]), unit))
    lately = [unit for unit in ranked if acts[unit][-1].told >= since]
    if len(lately) > MOST_LATELY:
        warning = {unit: sum(map(partial(_warns_since, since, rule), acts[unit])) for unit in lately}
        lately = sorted(lately, key=lambda unit: -warning[unit])[:MOST_LATELY]
    return tuple(dict.fromkeys((*ranked[:NEIGHBOURS], *lately)))


def _warns_since(since: int, rule: WarningRule, act: Act) -> bool:
    return act.told >= since and signal_of(act.type, act.status, rule) is not None


def _begin(known: Known) -> int:
    """Number of the Monday from which days are looked at."""
    first = known.first_day() or known.as_of
    return max(monday(first), monday(known.as_of) - WEEK * MOST_WEEKS)


def _daily(
    name: SeriesName, told: tuple[Sequence[str], Mapping[str, tuple[Act, ...]]], days: tuple[Known, int],
    rule: WarningRule,
) -> Floats:  # fmt: skip
    """Acts of a series by unit and the day on which they became known."""
    (units, acts), (known, begin) = told, days
    counts = np.zeros((len(units), known.as_of.toordinal() - begin + 1))
    for row, unit in enumerate(units):
        for act in _of_series(name, acts.get(unit, ()), rule):
            if act.told >= begin:
                counts[row, act.told - begin] += act.number
    return counts


def _of_series(name: SeriesName, acts: Sequence[Act], rule: WarningRule) -> tuple[Act, ...]:
    if name == "signals":
        return tuple(one for one in acts if signal_of(one.type, one.status, rule))
    types = types_of("conflict")
    return tuple(one for one in acts if one.status == "happened" and one.type in types)


def _until(of: Scene, unit: str) -> int | None:
    """The last unusual day of any series, where an episode is open."""
    row = of.units.index(unit)
    found = (open_until(went, row, of.rule.unusual) for went in of.walks.values())
    return max((one for one in found if one is not None), default=None)


def _unusual_until(of: Scene, unit: str) -> int | None:
    """The last day of any series that will be unusual if nothing more is told, where an episode is open."""
    if _until(of, unit) is None:
        return None
    row = of.units.index(unit)
    return max(still_unusual(went, row, of.rule.unusual) for went in of.walks.values())


def _open_days(of: Scene, row: int) -> Flags:
    """Whether an episode was open on each day, by what was known then: what is seen in hindsight was not."""
    unusual = np.any([went.unusual[row] for went in of.walks.values()], axis=0)
    unusual[: WEEK * LEARNING_WEEKS] = False
    opened: Flags = np.convolve(unusual, np.ones(WEEK * of.rule.unusual.quiet_weeks))[: len(unusual)] > 0
    return opened


def _told(of: Scene, name: SeriesName, unit: str) -> SeriesTold:
    went, row = of.walks[name], of.units.index(unit)
    mean, size = float(went.expected[row, -1]), float(went.size[row, -1])
    learnt = not np.isnan(mean)
    told = np.array([act.told for act in _of_series(name, of.acts.get(unit, ()), of.rule)], dtype=np.int64)
    observed = float(went.seven[row, -1])
    return SeriesTold(
        name=name,
        observed=observed,
        expected=mean if learnt else None,
        bound=max(of.rule.unusual.least_acts, bound(mean, size, of.rule.unusual.chance)) if learnt else None,
        ratio=observed / mean if learnt else None,
        chance=float(went.chance[row, -1]) if learnt else None,
        observed_four_weeks=float(went.month[row, -1]),
        expected_four_weeks=FOUR_WEEKS / WEEK * mean if learnt else None,
        chance_four_weeks=float(went.chance_month[row, -1]) if learnt else None,
        weeks_known=-(-went.counts.shape[1] // WEEK),
        last_year=tuple(float(one) for one in went.seven[row, ::-1][: WEEK * YEAR : WEEK][::-1]),
        episodes=episodes_of(went, row, told, of.rule.unusual),
    )
