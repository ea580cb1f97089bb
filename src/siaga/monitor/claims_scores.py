"""Records of speakers and outlets: how much better their words were than the base rate, drawn to that of all.

A claim is scored at the middle of the band that its words say (Brier 1950; the logarithm beside it), and so is the base
rate of its query; the difference is its skill. A record is shown only from ten answered claims on, drawn towards the
mean of all the more, the fewer claims there are and the less speakers differ (empirical Bayes by moments; Morris 1983).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log
from statistics import fmean, variance
from typing import Literal

from siaga.base.claim import ANSWERED, Entry, Outcome, Standing
from siaga.base.record import Record

__all__ = ["LEAST_ANSWERED", "Score", "Tally", "Track", "score", "tallies", "tracks"]

LEAST_ANSWERED = 10
"""Answered claims from which a record says anything."""
CAME_TRUE: Mapping[Outcome, float] = {"hit": 1.0, "partly": 0.5, "miss": 0.0}
Whose = Literal["speaker", "outlet"]


class Score(Record):
    """How one claim did. Gains are against the base rate: above 0 is better than it."""

    chance: float
    """That the words gave it."""
    base_rate: float
    came_true: float
    """1, 0, or one half for what came true in part."""
    brier_gain: float
    log_gain: float
    """In nats."""


class Tally(Record):
    """All claims together, by outcome."""

    outcome: str
    """An outcome, or `not_resolvable`."""
    claims: int


class Track(Record):
    """The record of a speaker or an outlet."""

    whose: Whose
    name: str
    claims: int
    """All of them, copies merged."""
    answered: int
    """Hit, missed or partly true."""
    scored: int
    """Of these, those whose query has a base rate."""
    share_true: float | None = None
    """Of the answered ones; partly true counts half. Null with this and all that follows: too few are answered."""
    base_rate: float | None = None
    """Mean of the scored ones: what would have come true without a word from anybody."""
    brier_skill: float | None = None
    """1 less the Brier score by that of the base rate."""
    log_gain: float | None = None
    """Mean, in nats."""
    drawn_gain: float | None = None
    """Mean Brier gain, drawn towards that of all: by this, records are ranked."""
    weight: float | None = None
    """Of their own claims in it, 0 to 1; the rest is the mean of all."""


def score(standing: Standing) -> Score | None:
    """How a claim did against the base rate of its query; null where it has no answer or no base rate."""
    verdict, band = standing.verdict, standing.entry.claim.band
    if verdict is None or band is None or verdict.outcome not in ANSWERED or verdict.base_rate is None:
        return None
    chance, base, true = band.middle, verdict.base_rate, CAME_TRUE[verdict.outcome]
    return Score(
        chance=chance, base_rate=base, came_true=true,
        brier_gain=(base - true) ** 2 - (chance - true) ** 2,
        log_gain=true * log(chance / base) + (1 - true) * log((1 - chance) / (1 - base)),
    )  # fmt: skip


def tallies(ledger: Iterable[Standing]) -> tuple[Tally, ...]:
    """How many claims that stand have each outcome, the most frequent first."""
    counts: defaultdict[str, int] = defaultdict(int)
    for one in ledger:
        if one.entry.superseded_by is None:
            counts[one.verdict.outcome if one.verdict else "not_resolvable"] += 1
    return tuple(
        Tally(outcome=name, claims=counts[name]) for name in sorted(counts, key=lambda name: (-counts[name], name))
    )


def tracks(ledger: Iterable[Standing], whose: Whose) -> tuple[Track, ...]:
    """The records of all speakers, or all outlets, the best first; those with too few answers after them."""
    by_name: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in ledger:
        if one.entry.superseded_by is None and one.entry.claim.kind == "forecast":
            for name in _names(one.entry, whose):
                by_name[name].append(one)
    scores = {name: tuple(filter(None, map(score, ones))) for name, ones in by_name.items()}
    prior = _prior([[one.brier_gain for one in found] for found in scores.values()])
    found = (_track(whose, name, ones, (scores[name], prior)) for name, ones in by_name.items())
    return tuple(sorted(found, key=lambda one: (one.drawn_gain is None, -(one.drawn_gain or 0), -one.claims, one.name)))


class _Prior(Record):
    """The mean gain of all claims, and how gains differ within and between those who make them."""

    mean: float
    within: float
    between: float


def _track(whose: Whose, name: str, ones: Sequence[Standing], known: tuple[tuple[Score, ...], _Prior]) -> Track:
    scores, prior = known
    answered = [CAME_TRUE[one.verdict.outcome] for one in ones if one.verdict and one.verdict.outcome in ANSWERED]
    track = Track(whose=whose, name=name, claims=len(ones), answered=len(answered), scored=len(scores))
    if len(answered) < LEAST_ANSWERED:
        return track
    if not scores:
        return track.replace(share_true=fmean(answered))
    weight = _weight(prior, len(scores))
    return track.replace(
        share_true=fmean(answered),
        base_rate=fmean(one.base_rate for one in scores),
        brier_skill=_brier_skill(scores),
        log_gain=fmean(one.log_gain for one in scores),
        drawn_gain=weight * fmean(one.brier_gain for one in scores) + (1 - weight) * prior.mean,
        weight=weight,
    )


def _brier_skill(scores: Sequence[Score]) -> float | None:
    base = sum((one.base_rate - one.came_true) ** 2 for one in scores)
    return 1 - sum((one.chance - one.came_true) ** 2 for one in scores) / base if base else None


def _prior(gains: Sequence[Sequence[float]]) -> _Prior:
    """By moments: the variance of the means of those with several claims, less what chance puts there."""
    every = [gain for some in gains for gain in some]
    several = [some for some in gains if len(some) > 1]
    if len(several) < 2:  # noqa: PLR2004 - one mean varies from nothing
        return _Prior(mean=fmean(every) if every else 0.0, within=1.0, between=0.0)
    within = sum(variance(some) * (len(some) - 1) for some in several) / sum(len(some) - 1 for some in several)
    chance = fmean(within / len(some) for some in several)
    return _Prior(mean=fmean(every), within=within, between=max(0.0, variance(map(fmean, several)) - chance))


def _weight(prior: _Prior, claims: int) -> float:
    """Of own claims against the mean of all."""
    if prior.between <= 0 or not claims:
        return 0.0
    return prior.between / (prior.between + prior.within / claims)


def _names(entry: Entry, whose: Whose) -> tuple[str, ...]:
    """Whose claim it is: one speaker, or every outlet that carries it."""
    if whose == "speaker":
        return (entry.claim.speaker or entry.claim.code or "",) if entry.claim.speaker or entry.claim.code else ()
    return tuple(dict.fromkeys(one.source for one in entry.media if one.source))
