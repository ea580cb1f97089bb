"""Which triggers report an event, who does it to whom, and whether it happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, starmap
from typing import NamedTuple

import numpy as np

from siaga.base.event import Quote, Status
from siaga.extract.coder.context import STATUSES, ContextModel, Said, load_context
from siaga.extract.coder.dating import choose_days, undated_each
from siaga.extract.coder.features import party_signs, stand_of, trigger_signs
from siaga.extract.coder.history import OPPOSITE, Act
from siaga.extract.coder.kinds import types_in
from siaga.extract.coder.linear import Linear, Softmax, load_linear, load_softmax, scales_of, sigmoid, softmax
from siaga.extract.coder.settle import nearly, settle
from siaga.extract.coder.sides import LEANS, Draft, Leaning, Scene, scenes, side_features
from siaga.extract.coder.status import status_signs
from siaga.extract.coder.trees import RowModel, load_trees
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import Side, View
from siaga.extract.coder.when import Days

__all__ = [
    "BLEND",
    "STATUSES",
    "TRIGGER_THRESHOLD",
    "Choice",
    "Decision",
    "Models",
    "Weighed",
    "decide",
    "decisions",
    "drafts",
    "drafts_of",
    "likeliest",
    "load_models",
    "read_in_context",
    "read_sides",
    "side_log_odds",
    "status_probabilities",
    "weighed",
]

TRIGGER_THRESHOLD = 0.374
"""Least probability at which a trigger counts; of .36 to .46 the best fact F1 on the dev files (.373 before products
were taken in 8 bits)."""
LEAST_NAMED = -0.25
"""Least log odds at which somebody named in the sentence counts as a party. On the dev files, over a grid with
`LEAST_OFFERED` (-.6 to .2, -.4 to .2), who F1 moves by .014 (Indonesian) and .012 (English); near the
best for both."""
LEAST_OFFERED = 0.0
"""Least log odds at which somebody whom only the context offers does."""
SURE = 0.9
"""Probability of a trigger whose row of the lexicon is marked sure: its author vouches, and is wrong now and then."""
SURE_BESIDE = 0.8
"""Probability of a trigger that is counted ("90,000 troops") and followed by a word of its rule's `sure_beside`
("border"): 5 of 6 such sentences of the training news mass troops."""
BESIDE = 8
"""Words within which that word follows."""
BLEND = {"trigger": (0.7, 0.35), "side": (0.45, 0.75), "status": (1.0, 0.3)}
"""How far the linear models and the network in context count: log odds of both are added, each times its share. Near
those fitted on a sixth of the labelled articles by models that had not seen them, .71 and .35 for the trigger and .44
and .77 for sides; of the status, .60 and .66 there, these were better on the dev files."""
CAUTION = 0.35
"""Log odds taken from "happened": to report what did not happen costs more than to hold back. Best on the dev files."""


class Models(NamedTuple):
    """The models of a language."""

    trigger: Linear
    actor: Linear
    recipient: Linear
    status: Softmax
    sides: RowModel
    days: Linear
    dating: RowModel
    context: ContextModel | None = None
    """Null: the linear models alone."""


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
        dating=load_trees("dating"),
        context=load_context(),
    )


def decide(views: Iterable[View], models: Models) -> list[Decision]:
    """The events of a document in the order of their triggers."""
    _, decided = decisions(views, models)
    return decided


def decisions(views: Iterable[View], models: Models) -> tuple[list[Scene], list[Decision]]:
    """Each event among the others of its article, and what was decided of it."""
    every = list(views)
    found = scenes(drafts_of(_told_first(every), models))
    drafted = [scene.draft for scene in found]
    statuses = _statuses(drafted, models)
    dated = undated_each(
        [(one.view, one.candidate, likeliest(odds)) for one, odds in zip(drafted, statuses, strict=True)], models.days
    )
    sides, days = side_log_odds(found, models.sides), choose_days(dated, every, models.dating)
    decided = starmap(_decision, zip(drafted, sides, statuses, days, strict=True))
    return found, list(_without_repeats(decided))


def _told_first(views: Iterable[View]) -> Iterator[View]:
    """The sentences without those that an earlier one says word for word: teasers come again and again."""
    told: set[str] = set()
    for view in views:
        text = view.document.article.text[view.sentence.start : view.sentence.end]
        if text not in told:
            told.add(text)
            yield view


def drafts_of(views: Iterable[View], models: Models) -> list[Draft]:
    """The triggers of some sentences of a document that count, with a first reading of their parties."""
    every = list(views)
    weighed_each = _weighed_each(every, models, read_in_context(every, models))
    counting = [(view, one) for view, found in zip(every, weighed_each, strict=True) for one in _counting(found)]
    return _read_sides(counting, models)


def read_in_context(views: Sequence[View], models: Models) -> Mapping[int, tuple[Said, ...]]:
    """What the network says of the candidates of each view, if there is one."""
    return models.context(views) if models.context else {}


def drafts(view: View, models: Models, said: Sequence[Said] | None = None) -> list[Draft]:
    """The triggers of one sentence that count, with a first reading of their parties."""
    return _read_sides([(view, one) for one in _counting(weighed(view, models, said))], models)


def _counting(found: Iterable[Weighed]) -> list[Weighed]:
    """Those that are likely enough, in order; of two that overlap the likelier."""
    kept: list[Weighed] = []
    likely = [one for one in found if one.probability >= TRIGGER_THRESHOLD]
    for one in sorted(likely, key=lambda one: -one.probability):
        if not any(_overlap(one.candidate, earlier.candidate) for earlier in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.candidate.first)


class Weighed(NamedTuple):
    """A word that may report an event, how probable that is, and what the network says of it."""

    candidate: Candidate
    probability: float
    said: Said | None = None


def weighed(view: View, models: Models, said: Sequence[Said] | None = None) -> list[Weighed]:
    """Every word of a sentence that may report an event, whether it counts or not."""
    return next(_weighed_each([view], models, {view.number: said} if said else {}))


def _weighed_each(views: Sequence[View], models: Models, told: Mapping[int, Sequence[Said]]) -> Iterator[list[Weighed]]:
    """The same of each of some sentences."""
    signs = [trigger_signs(view, candidate) for view in views for candidate in view.candidates]
    odds = iter(scales_of(models.trigger).weigh(signs)[:, 0].tolist())
    for view in views:
        every = told.get(view.number) or (None,) * len(view.candidates)
        blended = _weigh(list(zip(view.candidates, every, odds, strict=False)))
        yield [one._replace(probability=_vouched(view, one, blended)) for one in blended]


def _weigh(found: Sequence[tuple[Candidate, Said | None, float]]) -> list[Weighed]:
    """Each candidate with its probability; the network says whether its words tell of an act, not of which."""
    told_of: dict[tuple[int, int], float] = {}
    for one, said, _ in found:
        if said:
            told_of[one[:2]] = max(said.trigger, told_of.get(one[:2], said.trigger))
    return [Weighed(one, sigmoid(_blend("trigger", linear, told_of.get(one[:2]))), said) for one, said, linear in found]


def _blend(question: str, linear: float, context: float | None) -> float:
    """Log odds by both kinds of models; by the linear one alone where the network did not read."""
    if context is None:
        return linear
    share, share_in_context = BLEND[question]
    return share * linear + share_in_context * context


def read_sides(view: View, trigger: Weighed, models: Models) -> Draft:
    """A trigger with the leanings of those whom its sentence names."""
    return _read_sides([(view, trigger)], models)[0]


def _read_sides(triggers: Sequence[tuple[View, Weighed]], models: Models) -> list[Draft]:
    """The same of many triggers at once."""
    stands = [stand_of(view, one.candidate) for view, one in triggers]
    signs = [party_signs(stand, mention) for stand in stands for mention, _ in stand.view.named]
    odds = iter(scales_of(models.actor, models.recipient).weigh(signs).tolist())
    return [_leaning(view, one, list(islice(odds, len(view.named)))) for view, one in triggers]


def _leaning(view: View, trigger: Weighed, odds: Sequence[Sequence[float]]) -> Draft:
    """A trigger with the leanings of each named one, as the linear models and the network have them."""
    leanings: dict[str, dict[str, Leaning]] = {"actor": {}, "recipient": {}}
    strangers: dict[str, Leaning] = {}
    said = trigger.said
    for number, (mention, codes) in enumerate(view.named):
        for column, side in enumerate(leanings):
            log_odds = _blend("side", odds[number][column], said and said.sides[number][column])
            for code in codes:
                _keep_stronger(leanings[side], code, Leaning(log_odds, Side(code, mention)))
            if not codes:
                _keep_stronger(strangers, side, Leaning(log_odds, Side(None, mention)))
    return Draft(view, trigger.candidate, trigger.probability, leanings, strangers, said)


def _keep_stronger(kept: dict[str, Leaning], key: str, leaning: Leaning) -> None:
    if key not in kept or leaning.log_odds > kept[key].log_odds:
        kept[key] = leaning


def _vouched(view: View, one: Weighed, every: Sequence[Weighed]) -> float:
    """How probable it is that a trigger reports an event; at least as sure as its row or its rule is."""
    if one.candidate.trigger.sure:
        return max(one.probability, SURE)
    return max(one.probability, SURE_BESIDE) if _is_sure(view, one.candidate, every) else one.probability


def _is_sure(view: View, candidate: Candidate, every: Sequence[Weighed]) -> bool:
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
            other.probability >= TRIGGER_THRESHOLD for other in every if candidate.last <= other.candidate.first < token
        )
    )


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.first < other.last and other.first < one.last


def _decision(
    draft: Draft, odds: Mapping[str, Mapping[str, float]], statuses: Mapping[str, float], days: Days
) -> Decision:
    status = likeliest(statuses)
    actors, recipients = _parties(draft, odds)
    return Decision(
        view=draft.view,
        candidate=draft.candidate,
        probability=draft.probability,
        actors=actors,
        recipients=recipients,
        status=status,
        status_probability=statuses[status],
        days=days,
    )


def likeliest(statuses: Mapping[str, float]) -> Status:
    """The status that is most probable; of two as probable, the one that stands first in `STATUSES`."""
    return max(STATUSES, key=lambda name: statuses.get(name, 0.0))


def status_probabilities(draft: Draft, models: Models) -> dict[str, float]:
    """Of each status, how probable it is."""
    return _statuses([draft], models)[0]


def _statuses(found: Sequence[Draft], models: Models) -> list[dict[str, float]]:
    """The same of many drafts at once."""
    outcomes = models.status.outcomes
    rows = scales_of(*outcomes.values()).weigh([status_signs(draft.view, draft.candidate) for draft in found])
    return [
        _status(draft, dict(zip(outcomes, row, strict=True))) for draft, row in zip(found, rows.tolist(), strict=True)
    ]


def _status(draft: Draft, scores: dict[str, float]) -> dict[str, float]:
    if draft.said:
        told: dict[str, float] = dict(zip(STATUSES, draft.said.statuses, strict=True))
        scores = {status: _blend("status", score, told[status]) for status, score in scores.items()}
        scores["happened"] -= CAUTION
    return softmax(scores)


def _parties(draft: Draft, odds: Mapping[str, Mapping[str, float]]) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Actors and recipients, likeliest first; a stranger, if nobody with a code is likely enough; or nobody."""
    rule = draft.candidate.trigger.rule
    together = rule.frame == "mutual" or rule.type in types_in("mutual")
    gains = {side: _gains(draft, side, odds[side]) for side in OPPOSITE}
    actors, recipients = settle(gains["actor"], gains["recipient"], together=together)
    if not actors and not _is_strange(draft, "actor"):
        actors = nearly(gains["actor"], recipients)
    if not recipients and not _is_strange(draft, "recipient"):
        recipients = nearly(gains["recipient"], actors)
    return _choices(draft, "actor", odds["actor"], actors), _choices(draft, "recipient", odds["recipient"], recipients)


def _is_strange(draft: Draft, side: str) -> bool:
    """Whether somebody without a code is likely enough on a side."""
    return side in draft.strangers and draft.strangers[side].log_odds >= LEANS[side]


def _gains(draft: Draft, side: str, odds: Mapping[str, float]) -> dict[str, float]:
    """Log odds of each code over those at which it counts."""
    named = draft.leanings[side]
    return {code: value - (LEAST_NAMED if code in named else LEAST_OFFERED) for code, value in odds.items()}


def _choices(draft: Draft, side: str, odds: Mapping[str, float], codes: Iterable[str]) -> tuple[Choice, ...]:
    named = draft.leanings[side]
    choices = [Choice(named[code].side if code in named else Side(code), sigmoid(odds[code])) for code in sorted(codes)]
    if not choices and _is_strange(draft, side):
        stranger = draft.strangers[side]
        choices.append(Choice(stranger.side, sigmoid(stranger.log_odds)))
    return tuple(sorted(choices, key=lambda choice: -choice.probability))


def side_log_odds(found: Iterable[Scene], model: RowModel) -> list[dict[str, dict[str, float]]]:
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
