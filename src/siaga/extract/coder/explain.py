"""Why an event was coded as it was: each question that the coder asked, the answers, and what spoke for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from siaga.base.document import Mention
from siaga.base.event import Event, Status
from siaga.base.record import Record
from siaga.extract.coder.assemble import assemble
from siaga.extract.coder.decide import (
    BLEND,
    STATUSES,
    Decision,
    Models,
    decisions,
    read_in_context,
    side_log_odds,
    status_probabilities,
    weighed,
)
from siaga.extract.coder.features import party_features, trigger_features
from siaga.extract.coder.linear import Linear, sigmoid
from siaga.extract.coder.sides import SIDE_FEATURES, Draft, Scene, side_features
from siaga.extract.coder.status import status_features
from siaga.extract.coder.trees import RowModel
from siaga.extract.coder.triggers import Hit
from siaga.extract.coder.view import View

__all__ = ["Answer", "Explanation", "Reason", "Step", "explain"]

REASONS = 6
"""How many features are told of an answer: those that weigh most."""


class Reason(Record):
    """A feature that held, and what it added to the log odds of an answer."""

    feature: str
    weight: float


class Answer(Record):
    """An answer that was possible: a rule, a status or a code, its probability, and whether it was taken."""

    answer: str
    probability: float
    taken: bool
    reasons: tuple[Reason, ...] = ()


class Step(Record):
    """A question of the coder and its possible answers, likeliest first."""

    question: str
    """`trigger`, `status`, `actor` or `recipient`."""
    answers: tuple[Answer, ...]


class Explanation(Record):
    """An event with its sentence in context and the steps that led to it."""

    event: Event
    before: str
    """The sentence before; empty at the beginning of the text."""
    after: str
    hits: tuple[str, ...]
    """Sentences in which the rule must find an event, from the pack."""
    steps: tuple[Step, ...]


def explain(views: Sequence[View], models: Models, event_id: str) -> Explanation | None:
    """The explanation of one event of a document; null where today's coder codes no event of this id."""
    found, decided = decisions(views, models)
    for decision in decided:
        event = assemble(decision)
        if event.id == event_id:
            scene = next(one for one in found if _same(one.draft, decision))
            return _explanation(event, decision, scene, models)
    return None


def _same(draft: Draft, decision: Decision) -> bool:
    return draft.view is decision.view and draft.candidate == decision.candidate


def _explanation(event: Event, decision: Decision, scene: Scene, models: Models) -> Explanation:
    view, rule = decision.view, decision.candidate.trigger.rule
    steps = (_trigger(scene.draft, models), _status(scene.draft, models, decision.status))
    sides = (
        _side(scene, side, models, {choice.side.code for choice in chosen})
        for side, chosen in (("actor", decision.actors), ("recipient", decision.recipients))
    )
    return Explanation(
        event=event, before=_sentence(view, -1), after=_sentence(view, 1), hits=tuple(map(_text, rule.hits)),
        steps=(*steps, *sides),
    )  # fmt: skip


def _trigger(draft: Draft, models: Models) -> Step:
    """The readings of the words of the trigger, and of words that overlap with it."""
    view, chosen = draft.view, draft.candidate
    told = read_in_context([view], models).get(view.number)
    answers = [
        _answer(
            f"{view.language}/{one.candidate.trigger.rule.id}", one.probability, one.candidate == chosen,
            _reasons(models.trigger, trigger_features(view, one.candidate), "trigger", one.said and one.said.trigger),
        )
        for one in weighed(view, models, told)
        if one.candidate.first < chosen.last and chosen.first < one.candidate.last
    ]  # fmt: skip
    return _step("trigger", answers)


def _status(draft: Draft, models: Models, taken: Status) -> Step:
    features = status_features(draft.view, draft.candidate)
    probabilities = status_probabilities(draft, models)
    said = dict(zip(STATUSES, draft.said.statuses, strict=True)) if draft.said else {}
    return _step(
        "status",
        [
            _answer(
                status,
                probabilities.get(status, 0.0),
                status == taken,
                _reasons(outcome, features, "status", said.get(status)),
            )
            for status in STATUSES
            if (outcome := models.status.outcomes.get(status)) is not None
        ],
    )


def _side(scene: Scene, side: str, models: Models, taken: set[str | None]) -> Step:
    """Who may be on a side; of those whom the sentence names also what the first look found."""
    draft, first = scene.draft, models.actor if side == "actor" else models.recipient
    [odds] = side_log_odds([scene], models.sides)
    answers = []
    for code, row in side_features(scene, side).items():
        reasons = _numeric_reasons(models.sides, row)
        leaning = draft.leanings[side].get(code)
        if leaning is not None and leaning.side.mention is not None:
            features = party_features(draft.view, draft.candidate, leaning.side.mention)
            reasons += _reasons(first, features, "side", _said_of(draft, side, leaning.side.mention))
        answers.append(_answer(code, sigmoid(odds[side][code]), code in taken, reasons))
    return _step(side, answers)


def _step(question: str, answers: Iterable[Answer]) -> Step:
    return Step(question=question, answers=tuple(sorted(answers, key=lambda answer: -answer.probability)))


def _answer(answer: str, probability: float, taken: bool, reasons: Iterable[Reason]) -> Answer:  # noqa: FBT001
    return Answer(answer=answer, probability=round(probability, 3), taken=taken, reasons=tuple(reasons))


def _said_of(draft: Draft, side: str, mention: Mention) -> float | None:
    """What the network in context says of a named one."""
    if draft.said is None:
        return None
    number = next(n for n, named in enumerate(draft.view.named) if named.mention is mention)
    return draft.said.sides[number][0 if side == "actor" else 1]


def _reasons(model: Linear, features: Iterable[str], question: str, context: float | None) -> list[Reason]:
    """The features that weigh most, heaviest first, among them what the network in context says."""
    share, share_in_context = BLEND[question] if context is not None else (1.0, 0.0)
    found = [(feature, share * model.weights[feature]) for feature in features if feature in model.weights]
    if context is not None:
        found.append(("context", share_in_context * context))
    found.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
    return [Reason(feature=feature, weight=round(weight, 3)) for feature, weight in found[:REASONS]]


def _numeric_reasons(model: RowModel, row: Sequence[float]) -> list[Reason]:
    """The columns that weigh most, each with its value."""
    weighed = zip(SIDE_FEATURES, row, model.reasons(np.array(row, np.float64)).tolist(), strict=True)
    ranked = sorted(weighed, key=lambda one: -abs(one[2]))[:REASONS]
    return [Reason(feature=f"{name}={value:.3g}", weight=round(weight, 3)) for name, value, weight in ranked]


def _sentence(view: View, step: int) -> str:
    """The sentence so many before or after."""
    number = view.number + step
    sentences = view.document.sentences
    if not 0 <= number < len(sentences):
        return ""
    return view.document.article.text[sentences[number].start : sentences[number].end]


def _text(hit: Hit) -> str:
    return hit.text
