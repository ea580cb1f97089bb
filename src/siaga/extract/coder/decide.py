"""Which triggers report an event, who does it to whom, and whether it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from siaga.base.event import Status
from siaga.extract.coder.features import party_features, status_features, trigger_features
from siaga.extract.coder.linear import Linear, Softmax, load_linear, load_softmax
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import Side, View

__all__ = ["Choice", "Decision", "Models", "decide", "load_models"]

TRIGGER_THRESHOLD = 0.42
"""Least probability at which a trigger counts; best type F1 on the dev files of both languages."""
PARTY_THRESHOLD = 0.5
"""Least probability at which a party counts when it is not the only one."""
PARTY_FLOOR = 0.3
"""Least probability at which the likeliest party counts when none reaches the threshold."""
STATUSES: tuple[Status, ...] = ("happened", "planned", "considered", "possible", "denied")


class Models(NamedTuple):
    """The four models of a language."""

    trigger: Linear
    actor: Linear
    recipient: Linear
    status: Softmax


class Choice(NamedTuple):
    """A party and how probable it is."""

    side: Side
    probability: float


class Decision(NamedTuple):
    """An event before it is written down."""

    view: View
    candidate: Candidate
    probability: float
    actors: tuple[Choice, ...]
    recipients: tuple[Choice, ...]
    status: Status
    status_probability: float


def load_models(language: str) -> Models:
    """The models that the pack ships."""
    return Models(
        trigger=load_linear(language, "trigger"),
        actor=load_linear(language, "actor"),
        recipient=load_linear(language, "recipient"),
        status=load_softmax(language, "status"),
    )


def decide(view: View, models: Models) -> list[Decision]:
    """The events of one sentence, in the order of their triggers."""
    kept = sorted(_likely(view, models), key=lambda pair: -pair[1])
    decisions: list[Decision] = []
    for candidate, probability in kept:
        if not any(_overlap(candidate, earlier.candidate) for earlier in decisions):
            decisions.append(_complete(view, models, candidate, probability))
    return sorted(_without_repeats(decisions), key=lambda decision: decision.candidate.first)


def _likely(view: View, models: Models) -> Iterator[tuple[Candidate, float]]:
    for candidate in view.candidates:
        probability = models.trigger.probability(trigger_features(view, candidate))
        if probability >= TRIGGER_THRESHOLD:
            yield candidate, probability


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.first < other.last and other.first < one.last


def _complete(view: View, models: Models, candidate: Candidate, probability: float) -> Decision:
    featured = [(side, party_features(view, candidate, side)) for side in view.sides]
    statuses = models.status.probabilities(status_features(view, candidate))
    status = max(STATUSES, key=lambda name: statuses.get(name, 0.0))
    return Decision(
        view=view,
        candidate=candidate,
        probability=probability,
        actors=_chosen(models.actor, featured),
        recipients=_chosen(models.recipient, featured),
        status=status,
        status_probability=statuses[status],
    )


def _chosen(model: Linear, featured: Iterable[tuple[Side, list[str]]]) -> tuple[Choice, ...]:
    """The parties on one side, likeliest first, one a code; what the context offers only where no mention will do."""
    choices = [Choice(side, model.probability(features)) for side, features in featured]
    mentioned = _best_of_codes(choice for choice in choices if choice.side.mention)
    sure = tuple(choice for choice in mentioned if choice.probability >= PARTY_THRESHOLD)
    if sure:
        return sure
    ranked = _best_of_codes(choices)
    return tuple(choice for choice in ranked[:1] if choice.probability >= PARTY_FLOOR)


def _best_of_codes(choices: Iterable[Choice]) -> list[Choice]:
    """The likeliest choice of each code, likeliest first."""
    best: dict[str | None, Choice] = {}
    for choice in choices:
        code = choice.side.code
        if code not in best or choice.probability > best[code].probability:
            best[code] = choice
    return sorted(best.values(), key=lambda choice: -choice.probability)


def _without_repeats(decisions: list[Decision]) -> Iterator[Decision]:
    """One event for one act: the likeliest of those with the same type, parties and status."""
    seen: set[tuple[object, ...]] = set()
    for decision in decisions:
        key = (
            decision.candidate.trigger.rule.type,
            _codes(decision.actors),
            _codes(decision.recipients),
            decision.status,
        )
        if key not in seen:
            seen.add(key)
            yield decision


def _codes(choices: tuple[Choice, ...]) -> frozenset[str | None]:
    return frozenset(choice.side.code for choice in choices)
