"""Which triggers report an event, who does it to whom, and whether it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from siaga.base.event import Quote, Status
from siaga.extract.coder.features import party_features, trigger_features
from siaga.extract.coder.history import OPPOSITE, Act, History
from siaga.extract.coder.linear import Linear, Softmax, load_linear, load_softmax, sigmoid
from siaga.extract.coder.sides import LEANS, Draft, Leaning, first_act, side_features, standing
from siaga.extract.coder.status import status_features
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import Side, View
from siaga.extract.coder.when import Days, choose_days

__all__ = [
    "TRIGGER_THRESHOLD",
    "Choice",
    "Decision",
    "Models",
    "decide",
    "decisions",
    "drafts",
    "load_models",
    "read_sides",
    "side_probabilities",
    "trigger_probability",
    "weighed",
]

TRIGGER_THRESHOLD = 0.41
"""Least probability at which a trigger counts; between .37 and .44 the type F1 on the dev files is flat."""
NAMED_THRESHOLD = 0.4
"""Least probability at which somebody named in the sentence counts as a party; best on the dev files."""
OFFERED_THRESHOLD = 0.45
"""Least probability at which somebody whom only the context offers does."""
SURE = 0.9
"""Probability of a trigger whose row of the lexicon is marked sure: its author vouches, and is wrong now and then."""
STATUSES: tuple[Status, ...] = ("happened", "planned", "considered", "possible", "denied")


class Models(NamedTuple):
    """The models of a language."""

    trigger: Linear
    actor: Linear
    recipient: Linear
    status: Softmax
    sides: Linear
    days: Linear


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
    days: Days


def load_models(language: str) -> Models:
    """The models that the pack ships."""
    return Models(
        trigger=load_linear(language, "trigger"),
        actor=load_linear(language, "actor"),
        recipient=load_linear(language, "recipient"),
        status=load_softmax(language, "status"),
        sides=load_linear(language, "sides"),
        days=load_linear(language, "days"),
    )


def decide(views: Iterable[View], models: Models) -> list[Decision]:
    """The events of a document in the order of their triggers."""
    _, _, decided = decisions(views, models)
    return decided


def decisions(views: Iterable[View], models: Models) -> tuple[list[Draft], History, list[Decision]]:
    """Each sentence read by itself, what the article says on the whole, and the events in view of that."""
    found = [draft for view in views for draft in drafts(view, models)]
    history = History(first_act(draft) for draft in found)
    return found, history, list(_without_repeats(_decision(draft, models, history) for draft in found))


def drafts(view: View, models: Models) -> list[Draft]:
    """The triggers of one sentence that count, with a first reading of their parties."""
    found: list[Draft] = []
    for candidate, probability in sorted(_likely(view, models), key=lambda pair: -pair[1]):
        if not any(_overlap(candidate, earlier.candidate) for earlier in found):
            found.append(read_sides(view, candidate, probability, models))
    return sorted(found, key=lambda draft: draft.candidate.first)


def weighed(view: View, models: Models) -> Iterator[tuple[Candidate, float]]:
    """Every word of a sentence that may report an event, with how probable that is, whether it counts or not."""
    return ((candidate, trigger_probability(view, candidate, models)) for candidate in view.candidates)


def read_sides(view: View, candidate: Candidate, probability: float, models: Models) -> Draft:
    """A trigger with the leanings of those whom its sentence names."""
    leanings: dict[str, dict[str, Leaning]] = {"actor": {}, "recipient": {}}
    strangers: dict[str, Leaning] = {}
    for named in view.named:
        if named.mention is not None:
            features = party_features(view, candidate, named.mention)
            for side, model in (("actor", models.actor), ("recipient", models.recipient)):
                leaning = Leaning(model.score(features), named)
                if named.code is None:
                    _keep_stronger(strangers, side, leaning)
                else:
                    _keep_stronger(leanings[side], named.code, leaning)
    return Draft(view, candidate, probability, leanings, strangers)


def _keep_stronger(kept: dict[str, Leaning], key: str, leaning: Leaning) -> None:
    if key not in kept or leaning.log_odds > kept[key].log_odds:
        kept[key] = leaning


def _likely(view: View, models: Models) -> Iterator[tuple[Candidate, float]]:
    return (pair for pair in weighed(view, models) if pair[1] >= TRIGGER_THRESHOLD)


def trigger_probability(view: View, candidate: Candidate, models: Models) -> float:
    """How probable it is that a trigger reports an event; as sure as its row says, if that is more."""
    probability = models.trigger.probability(trigger_features(view, candidate))
    return max(probability, SURE) if candidate.trigger.sure else probability


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.first < other.last and other.first < one.last


def _decision(draft: Draft, models: Models, history: History) -> Decision:
    statuses = models.status.probabilities(status_features(draft.view, draft.candidate))
    status = max(STATUSES, key=lambda name: statuses.get(name, 0.0))
    return Decision(
        view=draft.view,
        candidate=draft.candidate,
        probability=draft.probability,
        actors=_parties(draft, "actor", models, history),
        recipients=_parties(draft, "recipient", models, history),
        status=status,
        status_probability=statuses[status],
        days=choose_days(draft.view, draft.candidate, status, models.days),
    )


def _parties(draft: Draft, side: str, models: Models, history: History) -> tuple[Choice, ...]:
    """Who is on a side, likeliest first; a stranger, if nobody with a code is likely enough; or nobody."""
    named, choices = draft.leanings[side], []
    for code, probability in side_probabilities(draft, side, models, history).items():
        if probability >= (NAMED_THRESHOLD if code in named else OFFERED_THRESHOLD):
            choices.append(Choice(named[code].side if code in named else Side(code), probability))
    if not choices and side in draft.strangers and draft.strangers[side].log_odds >= LEANS[side]:
        stranger = draft.strangers[side]
        choices.append(Choice(stranger.side, sigmoid(stranger.log_odds)))
    return tuple(sorted(choices, key=lambda choice: -choice.probability))


def side_probabilities(draft: Draft, side: str, models: Models, history: History) -> dict[str, float]:
    """Code -> how probable it is that it stands on this side, of all who may."""
    act = first_act(draft)
    rest = history.without(act)
    return {
        code: models.sides.probability(side_features(draft, side, code, act, rest))
        for code in standing(draft, side, act.of(OPPOSITE[side]), rest)
    }


def _without_repeats(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """One event for one act: the first in a sentence of those with the same type, parties, status and speaker."""
    seen: set[tuple[int, Act, Status, Quote | None]] = set()
    for decision in decisions:
        act = Act(decision.candidate.trigger.rule.type, _codes(decision.actors), _codes(decision.recipients))
        key = (decision.view.number, act, decision.status, decision.view.quote_at(decision.candidate.first))
        if key not in seen:
            seen.add(key)
            yield decision


def _codes(choices: tuple[Choice, ...]) -> frozenset[str]:
    return frozenset(choice.side.code for choice in choices if choice.side.code)
