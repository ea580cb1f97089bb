"""Which triggers report an event, who does it to whom, and whether it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from siaga.base.event import Status
from siaga.extract.coder.features import Gap, offer_features, party_features, trigger_features
from siaga.extract.coder.history import Act, History
from siaga.extract.coder.linear import Linear, Softmax, load_linear, load_softmax
from siaga.extract.coder.status import status_features
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import Side, View

__all__ = ["Choice", "Decision", "Models", "decide", "load_models"]

TRIGGER_THRESHOLD = 0.37
"""Least probability at which a trigger counts. Between .33 and .46 the type F1 on the dev files is flat; within that it
was set with an eye on the page the project starts from, where .41 lost an event."""
PARTY_THRESHOLDS = {"actor": 0.45, "recipient": 0.38}
"""Least probability at which somebody named in the sentence counts as a party; best party F1 on the dev files."""
OFFER_THRESHOLD = 0.35
"""Least probability at which somebody whom only the context offers does."""
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


def decide(views: Iterable[View], models: Models) -> list[Decision]:
    """The events of a document in the order of their triggers: first by what each sentence names, then gaps filled."""
    drafts = [draft for view in views for draft in _drafts(view, models)]
    history = History(_act(draft) for draft in drafts)
    return list(_without_repeats(_filled(draft, models, history) for draft in drafts))


def _drafts(view: View, models: Models) -> list[Decision]:
    """The events of one sentence, with the parties that the sentence names."""
    drafts: list[Decision] = []
    for candidate, probability in sorted(_likely(view, models), key=lambda pair: -pair[1]):
        if not any(_overlap(candidate, earlier.candidate) for earlier in drafts):
            drafts.append(_draft(view, models, candidate, probability))
    return sorted(drafts, key=lambda draft: draft.candidate.first)


def _likely(view: View, models: Models) -> Iterator[tuple[Candidate, float]]:
    for candidate in view.candidates:
        probability = models.trigger.probability(trigger_features(view, candidate))
        if probability >= TRIGGER_THRESHOLD:
            yield candidate, probability


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.first < other.last and other.first < one.last


def _draft(view: View, models: Models, candidate: Candidate, probability: float) -> Decision:
    featured = [(side, party_features(view, candidate, side.mention)) for side in view.named if side.mention]
    statuses = models.status.probabilities(status_features(view, candidate))
    status = max(STATUSES, key=lambda name: statuses.get(name, 0.0))
    return Decision(
        view=view,
        candidate=candidate,
        probability=probability,
        actors=_named(models.actor, featured, PARTY_THRESHOLDS["actor"]),
        recipients=_named(models.recipient, featured, PARTY_THRESHOLDS["recipient"]),
        status=status,
        status_probability=statuses[status],
    )


def _named(model: Linear, featured: Iterable[tuple[Side, list[str]]], least: float) -> tuple[Choice, ...]:
    """The parties on one side among those whom the sentence names, likeliest first, one a code."""
    choices = _best_of_codes(Choice(side, model.probability(features)) for side, features in featured)
    return tuple(choice for choice in choices if choice.probability >= least)


def _filled(draft: Decision, models: Models, history: History) -> Decision:
    """The event with the sides that its sentence leaves out, where the context makes one likely enough."""
    if not _codes(draft.actors):
        gap = Gap("actor", _codes(draft.recipients), history)
        draft = draft._replace(actors=_offered(models.actor, draft, gap) or draft.actors)
    if not _codes(draft.recipients):
        gap = Gap("recipient", _codes(draft.actors), history)
        draft = draft._replace(recipients=_offered(models.recipient, draft, gap) or draft.recipients)
    return draft


def _offered(model: Linear, draft: Decision, gap: Gap) -> tuple[Choice, ...]:
    """The likeliest code that the context offers, if it is likely enough."""
    view, candidate = draft.view, draft.candidate
    codes = dict.fromkeys((*view.offers, *sorted(gap.history.partners(gap.side, gap.others)), *sorted(gap.others)))
    choices = [Choice(Side(code), model.probability(offer_features(view, candidate, code, gap))) for code in codes]
    best = max(choices, key=lambda choice: choice.probability, default=None)
    return (best,) if best is not None and best.probability >= OFFER_THRESHOLD else ()


def _act(draft: Decision) -> Act:
    return Act(draft.candidate.trigger.rule.type, _codes(draft.actors), _codes(draft.recipients))


def _best_of_codes(choices: Iterable[Choice]) -> list[Choice]:
    """The likeliest choice of each code, likeliest first."""
    best: dict[str | None, Choice] = {}
    for choice in choices:
        code = choice.side.code
        if code not in best or choice.probability > best[code].probability:
            best[code] = choice
    return sorted(best.values(), key=lambda choice: -choice.probability)


def _without_repeats(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """One event for one act: the first in a sentence of those with the same type, parties and status."""
    seen: set[tuple[int, Act, Status]] = set()
    for decision in decisions:
        key = (decision.view.number, _act(decision), decision.status)
        if key not in seen:
            seen.add(key)
            yield decision


def _codes(choices: tuple[Choice, ...]) -> frozenset[str]:
    return frozenset(choice.side.code for choice in choices if choice.side.code)
