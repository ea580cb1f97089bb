"""Which triggers report an event, who does it to whom, and whether it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from siaga.base.event import Quote, Status
from siaga.extract.coder.features import party_features, trigger_features
from siaga.extract.coder.history import OPPOSITE, Act
from siaga.extract.coder.linear import Linear, Softmax, load_linear, load_softmax, sigmoid
from siaga.extract.coder.settle import settle
from siaga.extract.coder.sides import LEANS, Draft, Leaning, Scene, scenes, side_features
from siaga.extract.coder.status import status_features
from siaga.extract.coder.trees import load_trees
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import Side, View
from siaga.extract.coder.when import Days, choose_days

__all__ = [
    "TRIGGER_THRESHOLD",
    "Choice",
    "Decision",
    "Models",
    "SideModel",
    "decide",
    "decisions",
    "drafts",
    "load_models",
    "read_sides",
    "side_log_odds",
    "trigger_probability",
    "weighed",
]

TRIGGER_THRESHOLD = 0.43
"""Least probability at which a trigger counts; between .37 and .44 the type F1 on the dev files is flat, and there are
fewer false alarms."""
LEAST_NAMED = -0.4
"""Least log odds at which somebody named in the sentence counts as a party: those of .40, which was best on the dev
files before the trees. Between -.6 and 0 the fact F1 there moves by .03 (Indonesian) and .01 (English)."""
LEAST_OFFERED = -0.2
"""Least log odds at which somebody whom only the context offers does: those of .45, likewise."""
SURE = 0.9
"""Probability of a trigger whose row of the lexicon is marked sure: its author vouches, and is wrong now and then."""
SURE_BESIDE = 0.8
"""Probability of a trigger that is counted ("90,000 troops") and followed by a word of its rule's `sure_beside`
("border"): 5 of 6 such sentences of the training news mass troops."""
BESIDE = 8
"""Words within which that word follows."""
STATUSES: tuple[Status, ...] = ("happened", "planned", "considered", "possible", "denied")


class SideModel(Protocol):
    """Whatever says how likely a code is on a side."""

    def log_odds(self, rows: npt.NDArray[np.float64], /) -> npt.NDArray[np.float64]:
        """Log odds of rows in the order of `SIDE_FEATURES`."""

    def reasons(self, row: npt.NDArray[np.float64], /) -> npt.NDArray[np.float64]:
        """What each column adds to the log odds of a row."""


class Models(NamedTuple):
    """The models of a language."""

    trigger: Linear
    actor: Linear
    recipient: Linear
    status: Softmax
    sides: SideModel
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
        sides=load_trees("sides"),
        days=load_linear(language, "days"),
    )


def decide(views: Iterable[View], models: Models) -> list[Decision]:
    """The events of a document in the order of their triggers."""
    _, decided = decisions(views, models)
    return decided


def decisions(views: Iterable[View], models: Models) -> tuple[list[Scene], list[Decision]]:
    """Each event among the others of its article, and what was decided of it."""
    found = scenes([draft for view in _told_first(views) for draft in drafts(view, models)])
    sides = side_log_odds(found, models.sides)
    decided = (_decision(scene, models, odds) for scene, odds in zip(found, sides, strict=True))
    return found, list(_without_repeats(decided))


def _told_first(views: Iterable[View]) -> Iterator[View]:
    """The sentences without those that an earlier one says word for word: teasers come again and again."""
    told: set[str] = set()
    for view in views:
        text = view.document.article.text[view.sentence.start : view.sentence.end]
        if text not in told:
            told.add(text)
            yield view


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
    for mention, codes in view.named:
        features = party_features(view, candidate, mention)
        for side, model in (("actor", models.actor), ("recipient", models.recipient)):
            log_odds = model.score(features)
            for code in codes:
                _keep_stronger(leanings[side], code, Leaning(log_odds, Side(code, mention)))
            if not codes:
                _keep_stronger(strangers, side, Leaning(log_odds, Side(None, mention)))
    return Draft(view, candidate, probability, leanings, strangers)


def _keep_stronger(kept: dict[str, Leaning], key: str, leaning: Leaning) -> None:
    if key not in kept or leaning.log_odds > kept[key].log_odds:
        kept[key] = leaning


def _likely(view: View, models: Models) -> Iterator[tuple[Candidate, float]]:
    return (pair for pair in weighed(view, models) if pair[1] >= TRIGGER_THRESHOLD)


def trigger_probability(view: View, candidate: Candidate, models: Models) -> float:
    """How probable it is that a trigger reports an event; at least as sure as its row or its rule is."""
    probability = models.trigger.probability(trigger_features(view, candidate))
    if candidate.trigger.sure:
        return max(probability, SURE)
    return max(probability, SURE_BESIDE) if _is_sure(view, candidate, models) else probability


def _is_sure(view: View, candidate: Candidate, models: Models) -> bool:
    """Whether the trigger is counted, and a word that makes its rule sure follows with no act between the two."""
    beside, counted = candidate.trigger.rule.sure_beside, view.document.magnitudes
    if not beside or not any(one.first <= candidate.first < one.last for one in counted):
        return False
    after = range(candidate.last, view.sentence.last)
    token = next((token for token in after if view.lowers[token] in beside), None)
    return (
        token is not None
        and view.steps(candidate.last, token) <= BESIDE
        and not any(
            models.trigger.probability(trigger_features(view, other)) >= TRIGGER_THRESHOLD
            for other in view.candidates
            if candidate.last <= other.first < token
        )
    )


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.first < other.last and other.first < one.last


def _decision(scene: Scene, models: Models, odds: Mapping[str, Mapping[str, float]]) -> Decision:
    draft = scene.draft
    statuses = models.status.probabilities(status_features(draft.view, draft.candidate))
    status = max(STATUSES, key=lambda name: statuses.get(name, 0.0))
    actors, recipients = _parties(draft, odds)
    return Decision(
        view=draft.view,
        candidate=draft.candidate,
        probability=draft.probability,
        actors=actors,
        recipients=recipients,
        status=status,
        status_probability=statuses[status],
        days=choose_days(draft.view, draft.candidate, status, models.days),
    )


def _parties(draft: Draft, odds: Mapping[str, Mapping[str, float]]) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Actors and recipients, likeliest first; a stranger, if nobody with a code is likely enough; or nobody."""
    actors, recipients = settle(*(_gains(draft, side, odds[side]) for side in OPPOSITE))
    return _choices(draft, "actor", odds["actor"], actors), _choices(draft, "recipient", odds["recipient"], recipients)


def _gains(draft: Draft, side: str, odds: Mapping[str, float]) -> dict[str, float]:
    """Log odds of each code over those at which it counts."""
    named = draft.leanings[side]
    return {code: value - (LEAST_NAMED if code in named else LEAST_OFFERED) for code, value in odds.items()}


def _choices(draft: Draft, side: str, odds: Mapping[str, float], codes: Iterable[str]) -> tuple[Choice, ...]:
    named = draft.leanings[side]
    choices = [Choice(named[code].side if code in named else Side(code), sigmoid(odds[code])) for code in sorted(codes)]
    if not choices and side in draft.strangers and draft.strangers[side].log_odds >= LEANS[side]:
        stranger = draft.strangers[side]
        choices.append(Choice(stranger.side, sigmoid(stranger.log_odds)))
    return tuple(sorted(choices, key=lambda choice: -choice.probability))


def side_log_odds(found: Iterable[Scene], model: SideModel) -> list[dict[str, dict[str, float]]]:
    """Of each event, of each side: code -> log odds that it stands there, of all who may."""
    features = [{side: side_features(scene, side) for side in OPPOSITE} for scene in found]
    rows = [row for of_event in features for of_side in of_event.values() for row in of_side.values()]
    odds = iter(model.log_odds(np.array(rows, np.float64)).tolist() if rows else ())
    return [
        {side: {code: next(odds) for code in of_side} for side, of_side in of_event.items()} for of_event in features
    ]


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
