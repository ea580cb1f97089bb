"""Train the models of the event coder on hand-coded sentences, and say how good they are.

    python -m tools.train_coder SHARED --cv        5-fold cross-validation by article over train + dev
    python -m tools.train_coder SHARED --dev       train on train, score on dev
    python -m tools.train_coder SHARED --ship      train on train, write the packs' model/*.csv
    python -m tools.train_coder SHARED --ship --only status                    one linear model beside those that ship
    python -m tools.train_coder SHARED --ship --only trigger --language en --keep .1
                                                   its weights, a tenth of them as they were, of one language

Our own labels (`tools/labels`), what analysts corrected in a workspace (`--workspace FOLDER`, repeatable) and the hits
and misses of the packs are trained on in each case; the dev files never
are in what is shipped, so that its scores on them mean something. SHARED is the folder that holds `gold/`, `data/news/`
and `score/score.py`. Needs scikit-learn. Features of both languages are pooled: each feature has a weight common to the
languages and one of its own for each, so that what is the same in both is learned from both; the shipped weight is the
sum. Deterministic: fixed order, fixed seed.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import types
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from siaga import flow
from siaga.base.article import Article
from siaga.base.document import Document, Reading
from siaga.base.pack import asset
from siaga.collect.article import articles
from siaga.collect.load import load
from siaga.extract.coder.assemble import assemble, certainty_of, reported
from siaga.extract.coder.confidence import Certainty, confidence, numbers
from siaga.extract.coder.context import ContextModel, Said
from siaga.extract.coder.dating import Undated, day_rows, undated
from siaga.extract.coder.decide import (
    Models,
    Weighed,
    decide,
    drafts_of,
    likeliest,
    load_models,
    read_in_context,
    read_sides,
    status_probabilities,
)
from siaga.extract.coder.features import party_features, trigger_features
from siaga.extract.coder.history import OPPOSITE
from siaga.extract.coder.linear import Linear, Softmax
from siaga.extract.coder.sides import Draft, Scene, scenes, side_features
from siaga.extract.coder.status import status_features
from siaga.extract.coder.trees import RowModel, Trees
from siaga.extract.coder.triggers import Candidate, EventRule, Hit, event_rules
from siaga.extract.coder.view import View, views
from siaga.extract.coder.when import Days, day_features, days_on_offer
from siaga.extract.events import Events
from tools.labels import corrected, labelled
from tools.train.lessons import Lesson, classes_of, lesson
from tools.train.rows import NO_TREES, RowExample, grow

LANGUAGES = ("id", "en")
LINEAR = ("trigger", "actor", "recipient", "status", "days")
"""The linear models of a pack."""
FOLDS = 5
"""Parts of a cross-validation."""
BINS = 10
"""Parts of a calibration table."""
SIDE_FOLDS = 3
"""Parts of what is trained on: the second look at sides learns from first readings of articles not trained on."""
REGULARISATION = {"trigger": 0.1, "actor": 0.1, "recipient": 0.1, "status": 0.015, "days": 0.15}
"""Inverse strength C of the L2 penalty; best of 0.01–1 in cross-validation over train + dev."""
RARE_EMPHASIS = 0.6
"""A status seen n times less often than `happened` counts n to the power of this; 0.5–0.8 in cross-validation."""
PACK_EMPHASIS = 10
"""How often a hit or miss of a pack counts: it is the example that a rule must keep."""
PACK_LESSONS = 3
"""The same for the network in context; 15 made it worse on the English dev file (fact F1 .405 for .418)."""
TEAM_EMPHASIS = 3
"""How often the day of an event counts that the team coded; days are where our own labels differ most from theirs. Of
days given and days asked, F1 in cross-validation over the team's articles: .57 / .61 with 1, .59 / .62 with 3."""
LEAST_COUNT = 2
"""A feature seen fewer times in training is left out."""
LEAST_WEIGHT = 0.02
"""A weight nearer to 0 is not shipped: it changes no decision on the dev files."""


class Example(NamedTuple):
    """Features and the right answer."""

    language: str
    features: list[str]
    answer: str
    group: str = ""
    """Right answers of one group are alternatives of which one need hold: mentions of one party in a sentence."""


class Coded(NamedTuple):
    """An article read up to its quotes, with its views and its hand-coded sentences."""

    language: str
    document: Document
    views: list[View]
    gold: dict[str, Any]
    gold_of: dict[int, int]
    """Number of our sentence -> number of the hand-coded one."""
    by_team: bool = True
    """Whether it is of the sets that we are scored on, not of our own further labels."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cv", action="store_true")
    parser.add_argument("--dev", action="store_true")
    parser.add_argument("--ship", action="store_true")
    parser.add_argument(
        "--only", choices=LINEAR, action="append", help="fit this linear model alone, with --dev or --ship"
    )
    parser.add_argument("--language", choices=LANGUAGES, action="append", help="with --only: for this language alone")
    parser.add_argument("--keep", type=float, default=0.0, help="with --only: the share of the weights that ship now")
    parser.add_argument("--misses", type=int, default=0, help="print so many disagreements a language")
    parser.add_argument("--workspace", type=Path, action="append", default=[], help="train on what was corrected here")
    args = parser.parse_args()
    if args.only and args.cv:
        parser.error("--only goes with --dev or --ship; --cv trains all models anew")
    score = _module(args.shared / "score" / "score.py")
    train, dev = (list(_coded(args.shared, part, score)) for part in ("train", "dev"))
    ours = list(_labelled(args.shared, args.workspace, score))
    if args.only:
        languages = args.language or LANGUAGES
        models = refitted(train + ours, args.only, languages, args.keep)
        report(score, dev, models, "dev", args.misses)
        if args.ship:
            ship_linear({language: models[language] for language in languages}, args.only)
        return 0
    lessons = Lessons([*train, *dev, *ours])
    if args.dev or args.ship:
        trained = _trained(score, train + ours, lessons)
        report(score, dev, trained.models, "dev", args.misses)
    if args.cv:
        cross_validate(score, (train + dev, ours), lessons, args.misses)
    if args.ship:
        ship(trained)
    return 0


def cross_validate(
    score: types.ModuleType, coded: tuple[list[Coded], list[Coded]], lessons: Lessons, misses: int
) -> None:
    """Score every article of the first list with models that were trained without it; those of the second only teach.

    The trees learn from first readings by models that did not know the article, the models of the other folds among
    them: they have seen the fold that is scored, though the trees have not. Training five more models for each fold
    would take hours.
    """
    asked, every = {id(one) for one in coded[0]}, [*coded[0], *coded[1]]
    first = [_first_models([one for n, one in enumerate(every) if n % FOLDS != fold], lessons) for fold in range(FOLDS)]
    parts = [every[fold::FOLDS] for fold in range(FOLDS)]
    results = []
    verdicts: list[list[Verdict]] = []
    for part, models in zip(parts, _without_each(parts, first), strict=True):
        asked_here = [one for one in part if id(one) in asked]
        results += [(one, _read(one, models[one.language])) for one in asked_here]
        verdicts.append([one for coded_ in asked_here for one in _verdicts(score, coded_, models[coded_.language])])
    for language in LANGUAGES:
        _print_score(score, [r for r in results if r[0].language == language], f"cv {language}", misses)
    _print_calibration(verdicts)


def _print_calibration(verdicts: Sequence[Sequence[Verdict]]) -> None:
    """Calibration error of confidence, each part weighed by the others."""
    said: list[float] = []
    right: list[bool] = []
    for number, part in enumerate(verdicts):
        weights = fit_confidence([one for n, other in enumerate(verdicts) if n != number for one in other])
        said += [confidence(certainty, weights) for certainty, _ in part]
        right += [fact for _, fact in part]
    bins = np.minimum((np.array(said) * BINS).astype(int), BINS - 1)
    shares = [
        (int(here.sum()), float(np.array(said)[here].mean()), float(np.array(right)[here].mean()))
        for here in (bins == n for n in range(BINS))
        if here.any()
    ]
    error = sum(count * abs(told - true) for count, told, true in shares) / len(said)
    print(f"confidence: calibration error {error:.3f} over {len(said)} events; said and true by tenths:")
    for count, told, true in shares:
        print(f"   {count:5d} {told:.2f} {true:.2f}")


def report(score: types.ModuleType, coded: list[Coded], models: dict[str, Models], name: str, misses: int) -> None:
    """Score these articles with these models, a language at a time."""
    for language in LANGUAGES:
        results = [(c, _read(c, models[language])) for c in coded if c.language == language]
        _print_score(score, results, f"{name} {language}", misses)


def _print_score(score: types.ModuleType, results: list[tuple[Coded, dict[str, Any]]], name: str, misses: int) -> None:
    result, missed = score.score([c.gold for c, _ in results], {c.document.article.id: row for c, row in results})
    levels = "  ".join(f"{level} {result[level]['f1']:.3f}" for level in ("sentence", "type", "who", "fact"))
    precision, recall = result["type"]["precision"], result["type"]["recall"]
    print(f"{name}: {levels}  (type P {precision:.3f} R {recall:.3f})")
    for key in ("false_alarms", "status", "status_macro", "place_elsewhere", "earliest_date", "direct_quotes"):
        print(f"   {key} {result[key]}")
    print("  ", {kind: round(r["f1"], 2) for kind, r in result["types"].items()}, "unplaced", result["unplaced_events"])
    for line in missed[:misses]:
        print("  ", line[:300])


def _read(coded: Coded, models: Models) -> dict[str, Any]:
    events = tuple(reported(decide(coded.views, models)))
    reading = Reading(
        article=coded.document.article, events=events, title_events=(), quotes=coded.document.quotes, forecasts=()
    )
    row: dict[str, Any] = json.loads(reading.to_json())
    return row


def _labelled(shared: Path, workspaces: Iterable[Path], score: types.ModuleType) -> Iterator[Coded]:
    """The articles that we coded ourselves, and those with sentences corrected by analysts: for training only."""
    for language in LANGUAGES:
        by_analysts = (row for workspace in workspaces for row in corrected(workspace, language))
        for article, gold in chain(labelled(shared, language), by_analysts):
            if gold["sentences"]:
                yield _code(language, article, gold, score)._replace(by_team=False)


def _coded(shared: Path, part: str, score: types.ModuleType) -> Iterator[Coded]:
    for language in LANGUAGES:
        gold = json.loads((shared / "gold" / f"{language}_{part}.gold.json").read_text("utf-8"))
        read = {
            a.id: a
            for a in articles(load([str(shared / "gold" / f"{language}_{part}.articles.jsonl")]))
            if isinstance(a, Article)
        }
        for document in gold:
            yield _code(language, read[document["doc"]], document, score)


def _code(language: str, article: Article, gold: dict[str, Any], score: types.ModuleType) -> Coded:
    document = _annotated(article)
    placed = {}
    for number, sentence in enumerate(document.sentences):
        found = score.place_in_sentence(document.article.text[sentence.start : sentence.end], gold["sentences"])
        if found is not None:
            placed[number] = found
    return Coded(language, document, views(document, language), gold, placed)


def _annotated(article: Article) -> Document:
    """The article with every layer that comes before events."""
    document = Document(article=article)
    for annotator in flow.lineup():
        if isinstance(annotator, Events):
            break
        document = annotator(document)
    return document


class Lessons:
    """The lessons of the network in context, made once an article."""

    def __init__(self, coded: Sequence[Coded]) -> None:
        self._classes = classes_of(view for one in coded for view in one.views)
        self._of_packs = [one for language in LANGUAGES for one in self._pack_lessons(language)] * PACK_LESSONS
        self._of_articles: dict[str, list[Lesson]] = {}

    def train(self, coded: Iterable[Coded]) -> ContextModel:
        """The network that learned from these articles and the hits and misses of the packs."""
        from tools.train.context import train as train_context  # noqa: PLC0415 - needs torch

        lessons = [lesson for one in coded for lesson in self._lessons(one)]
        return train_context([*lessons, *self._of_packs], self._classes)

    def _lessons(self, coded: Coded) -> list[Lesson]:
        name = coded.document.article.id
        if name not in self._of_articles:
            answers = _answers_in_context(coded)
            self._of_articles[name] = [lesson(coded.views[n], self._classes, known) for n, known in answers.items()]
        return self._of_articles[name]

    def _pack_lessons(self, language: str) -> Iterator[Lesson]:
        for rule in event_rules(language).values():
            for hit in rule.hits:
                for view, candidate in _hit_triggers(language, rule, hit):
                    number, wanted = view.candidates.index(candidate), _wanted(hit)
                    statuses = [(number, hit.status)] if hit.status else []
                    sides = _sides_in_context(view, number, wanted)
                    yield lesson(view, self._classes, ([(number, True)], statuses, sides))
            for miss in rule.misses:
                for view in _views_of(language, miss):
                    wrong = [(n, False) for n, one in enumerate(view.candidates) if one.trigger.rule.type == rule.type]
                    if wrong:
                        yield lesson(view, self._classes, (wrong, [], []))


Answers = tuple[list[tuple[int, bool]], list[tuple[int, str]], list[tuple[int, int, int, tuple[str, ...]]]]


def _answers_in_context(coded: Coded) -> dict[int, Answers]:
    """Number of a view -> what is known of its candidates: triggers, statuses and sides."""
    answers: dict[int, Answers] = {}
    for sentence, found in _sentences(coded):
        matched = match(sentence.get("events", []), found)
        chosen = [found[position] for position in matched]
        for position, (view, candidate) in enumerate(found):
            if position not in matched and any(_same_words(candidate, other) for _, other in chosen):
                continue
            triggers, statuses, sides = answers.setdefault(view.number, ([], [], []))
            number = view.candidates.index(candidate)
            triggers.append((number, position in matched))
            if event := matched.get(position):
                statuses.append((number, event["status"]))
                sides += _sides_in_context(view, number, {side: _codes_of(event, side) for side in OPPOSITE})
    return answers


def _sides_in_context(
    view: View, number: int, wanted: Mapping[str, frozenset[str]]
) -> list[tuple[int, int, int, tuple[str, ...]]]:
    """Of each side that is known, of each named one: for which codes of that side it may stand."""
    return [
        (number, person, column, tuple(sorted(wanted[side].intersection(meant))))
        for column, side in enumerate(("actor", "recipient"))
        if wanted[side]
        for person, (_, meant) in enumerate(view.named)
    ]


class Trained(NamedTuple):
    """All that ships."""

    models: dict[str, Models]
    confidence: dict[str, float]


def _trained(score: types.ModuleType, coded: list[Coded], lessons: Lessons) -> Trained:
    """The models of each language; what judges a first reading is trained on readings by models of other articles."""
    parts = [coded[fold::SIDE_FOLDS] for fold in range(SIDE_FOLDS)]
    first = [
        _first_models([one for n, one in enumerate(coded) if n % SIDE_FOLDS != fold], lessons)
        for fold in range(SIDE_FOLDS)
    ]
    verdicts = [
        verdict
        for part, models in zip(parts, _without_each(parts, first), strict=True)
        for one in part
        if _is_real(one)
        for verdict in _verdicts(score, one, models[one.language])
    ]
    examples = [example for part in _examples_of_parts(parts, first) for example in part]
    models = _first_models(coded, lessons)
    for language, of_language in models.items():
        examples += _pack_side_examples(language, of_language)
    sides = grow(examples)
    dating = grow([row for part, known in zip(parts, first, strict=True) for row in _dating_examples(part, known)])
    complete = {language: of_language._replace(sides=sides, dating=dating) for language, of_language in models.items()}
    return Trained(complete, fit_confidence(verdicts))


def _is_real(coded: Coded) -> bool:
    """Whether this is no article that was written to be trained on: those are easier."""
    return not coded.document.article.id.startswith("written-")


def _without_each(parts: Sequence[Sequence[Coded]], first: Sequence[dict[str, Models]]) -> Iterator[dict[str, Models]]:
    """Of each part the models that have not seen it; their trees learned from the other parts alone."""
    examples = _examples_of_parts(parts, first)
    dates = [list(_dating_examples(part, models)) for part, models in zip(parts, first, strict=True)]
    for number, models in enumerate(first):
        sides, dating = (
            grow([example for n, part in enumerate(of_parts) if n != number for example in part])
            for of_parts in (examples, dates)
        )
        yield {language: of_language._replace(sides=sides, dating=dating) for language, of_language in models.items()}


def _examples_of_parts(parts: Sequence[Sequence[Coded]], first: Sequence[dict[str, Models]]) -> list[list[RowExample]]:
    """The examples of each part, as read by its models."""
    return [
        [example for one in part for example in _side_examples(one, models[one.language])]
        for part, models in zip(parts, first, strict=True)
    ]


Verdict = tuple[Certainty, bool]


def _verdicts(score: types.ModuleType, coded: Coded, models: Models) -> Iterator[Verdict]:
    """Of each event of a hand-coded sentence, how certain its parts are and whether it is right as a whole."""
    by_sentence: dict[int, list[tuple[Certainty, dict[str, Any]]]] = defaultdict(list)
    for decision in decide(coded.views, models):
        if (number := coded.gold_of.get(decision.view.number)) is not None:
            event = json.loads(assemble(decision).to_json())
            by_sentence[number].append((certainty_of(decision), event))
    for sentence in coded.gold["sentences"]:
        if not sentence.get("unsure"):
            found = by_sentence[sentence["n"]]
            pairs = score.pair_up(sentence.get("events", []), [event for _, event in found])
            right = {id(event) for gold, event in pairs if score.is_fact(gold, event)}
            yield from ((certainty, id(event) in right) for certainty, event in found)


def fit_confidence(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """The weights of `extract/coder/confidence.py`."""
    rows = [numbers(certainty) for certainty, _ in verdicts]
    table = np.array([list(row.values()) for row in rows])
    model = LogisticRegression(C=1.0, fit_intercept=False, max_iter=1000)
    model.fit(table, [fact for _, fact in verdicts])
    return dict(zip(rows[0], model.coef_[0].tolist(), strict=True))


def _first_models(coded: list[Coded], lessons: Lessons) -> dict[str, Models]:
    """The models of the first reading."""
    context, fitted = lessons.train(coded), _fitted(coded, LINEAR)
    return {
        language: Models(
            trigger=fitted["trigger"][language].outcomes["yes"],
            actor=fitted["actor"][language].outcomes["yes"],
            recipient=fitted["recipient"][language].outcomes["yes"],
            status=fitted["status"][language],
            sides=NO_TREES,
            dating=NO_TREES,
            days=fitted["days"][language].outcomes["yes"],
            context=context,
        )
        for language in LANGUAGES
    }


def _fitted(coded: Iterable[Coded], names: Sequence[str]) -> dict[str, dict[str, Softmax]]:
    """Linear models by name and language, from these articles and the hits and misses of the packs."""
    examples: dict[str, list[Example]] = defaultdict(list)
    for one in coded:
        for name, example in _examples(one):
            if name in names:
                examples[name].append(example)
    for language in LANGUAGES:
        for name, example in _pack_examples(language):
            if name in names:
                examples[name] += [example] * PACK_EMPHASIS
    return {name: fit(name, examples[name]) for name in names}


def refitted(coded: Iterable[Coded], names: Sequence[str], languages: Sequence[str], keep: float) -> dict[str, Models]:
    """The models that ship, some linear ones of some languages fitted anew; `keep` is the share that stays of these.

    A mean of weights is a mean of log odds: of a model and of one that learned from more.
    """
    fitted, models = _fitted(coded, names), {language: load_models(language) for language in LANGUAGES}
    for language in languages:
        old = models[language]._asdict()
        new = {name: mean_of(_as_outcomes(old[name]), fitted[name][language], keep) for name in names}
        one_sided = {name: mean.outcomes["yes"] for name, mean in new.items() if name != "status"}
        models[language] = Models(**(old | new | one_sided))
    return models


def _as_outcomes(model: Linear | Softmax) -> Softmax:
    return model if isinstance(model, Softmax) else Softmax({"yes": model})


def mean_of(old: Softmax, new: Softmax, keep: float) -> Softmax:
    """A model whose weights are the mean of those of two, the first counted with `keep` (0 to 1)."""
    return Softmax({
        outcome: Linear({
            feature: weight
            for feature in old.outcomes[outcome].weights.keys() | linear.weights.keys()
            if abs(weight := _mean_weight(old.outcomes[outcome], linear, feature, keep)) >= LEAST_WEIGHT
        })
        for outcome, linear in new.outcomes.items()
    })  # fmt: skip


def _mean_weight(old: Linear, new: Linear, feature: str, keep: float) -> float:
    return keep * old.weights.get(feature, 0.0) + (1 - keep) * new.weights.get(feature, 0.0)


def _side_examples(coded: Coded, models: Models) -> Iterator[RowExample]:
    """Of each hand-coded event that has a trigger of ours: who is on which side, as a first reading shows it."""
    read = drafts_of(coded.views, models)
    told = read_in_context(coded.views, models)
    found = {(one.draft.view.number, one.draft.candidate): one for one in scenes(read)}
    for view, candidate, event in _matched(coded):
        scene = found.get((view.number, candidate)) or _among(read, _certain(view, candidate, told, models))
        yield from _sides_of(scene, {side: _codes_of(event, side) for side in OPPOSITE})


def _dating_examples(part: Sequence[Coded], models: dict[str, Models]) -> Iterator[RowExample]:
    """Of each hand-coded event that has a trigger of ours: on which day on offer it is, among the events around it."""
    for coded in part:
        of_language = models[coded.language]
        wanted = {(view.number, one): event for view, one, event in _matched(coded)}
        events = {(one.view.number, one.candidate): one for one in _read_undated(coded, of_language)}
        for view, candidate, event in _matched(coded):
            events[view.number, candidate] = undated(view, candidate, event["status"], of_language.days)
        ordered = [events[key] for key in sorted(events, key=lambda key: (key[0], key[1].first))]
        for one, rows in zip(ordered, day_rows(ordered, coded.views), strict=True):
            asked = wanted.get((one.view.number, one.candidate))
            if asked is not None and _is_dated(asked):
                weight = TEAM_EMPHASIS if coded.by_team else 1
                yield from _dated(one.offers, rows, asked["earliest"], weight)


def _is_dated(event: Mapping[str, Any]) -> bool:
    """Whether its coder looked for its day: not where only a sentence or three were before him."""
    return "earliest" in event


def _read_undated(coded: Coded, models: Models) -> Iterator[Undated]:
    for draft in drafts_of(coded.views, models):
        yield undated(draft.view, draft.candidate, likeliest(status_probabilities(draft, models)), models.days)


def _dated(offers: Sequence[Days], rows: Sequence[list[float]], day: str | None, weight: float) -> Iterator[RowExample]:
    for days, row in zip(offers, rows, strict=True):
        yield RowExample(row, days.earliest == day, weight)


def _certain(view: View, candidate: Candidate, told: Mapping[int, tuple[Said, ...]], models: Models) -> Draft:
    """A trigger that is known to report an event, with a first reading of its parties."""
    said = told[view.number][view.candidates.index(candidate)] if view.number in told else None
    return read_sides(view, Weighed(candidate, 1.0, said), models)


def _among(read: Sequence[Draft], missed: Draft) -> Scene:
    """An event that the first reading missed, as if it had been found in its place."""
    found = scenes(sorted((*read, missed), key=_position))
    return next(scene for scene in found if scene.draft is missed)


def _position(draft: Draft) -> tuple[int, int]:
    return draft.view.number, draft.candidate.first


def _pack_side_examples(language: str, models: Models) -> Iterator[RowExample]:
    """The same of the hits of a pack, each an article of its own."""
    for rule in event_rules(language).values():
        for hit in rule.hits:
            for view, candidate in _hit_triggers(language, rule, hit):
                [scene] = scenes([_certain(view, candidate, read_in_context([view], models), models)])
                yield from _sides_of(scene, _wanted(hit), PACK_EMPHASIS)


def _sides_of(scene: Scene, wanted: dict[str, frozenset[str]], weight: float = 1.0) -> Iterator[RowExample]:
    for side, codes in wanted.items():
        if codes:
            for code, row in side_features(scene, side).items():
                yield RowExample(row, code in codes, weight)


def _matched(coded: Coded) -> Iterator[tuple[View, Candidate, dict[str, Any]]]:
    """The hand-coded events that have a trigger of ours, with it."""
    for sentence, found in _sentences(coded):
        for position, event in match(sentence.get("events", []), found).items():
            yield *found[position], event


def _sentences(coded: Coded) -> Iterator[tuple[dict[str, Any], list[tuple[View, Candidate]]]]:
    """The hand-coded sentences that the coder was sure of, each with the candidates in it."""
    by_gold: dict[int, list[View]] = defaultdict(list)
    for number, gold_number in coded.gold_of.items():
        by_gold[gold_number].append(coded.views[number])
    for sentence in coded.gold["sentences"]:
        if not sentence.get("unsure"):
            yield sentence, [(view, one) for view in by_gold[sentence["n"]] for one in view.candidates]


def _codes_of(event: dict[str, Any], side: str) -> frozenset[str]:
    return frozenset(code.upper() for code in event[f"{side}s"] if code != "?")


def _pack_examples(language: str) -> Iterator[tuple[str, Example]]:
    """The hits and misses of the pack's rules are hand-coded sentences too."""
    for rule in event_rules(language).values():
        for hit in rule.hits:
            yield from _hit_examples(language, rule, hit)
        for miss in rule.misses:
            for view in _views_of(language, miss):
                for candidate in view.candidates:
                    if candidate.trigger.rule.type == rule.type:
                        yield "trigger", Example(language, trigger_features(view, candidate), "no")


def _hit_examples(language: str, rule: EventRule, hit: Hit) -> Iterator[tuple[str, Example]]:
    for view, candidate in _hit_triggers(language, rule, hit):
        yield "trigger", Example(language, trigger_features(view, candidate), "yes")
        if hit.status is not None:
            yield "status", Example(language, status_features(view, candidate), hit.status)
        yield from _party_examples(language, view, candidate, _wanted(hit))


def _hit_triggers(language: str, rule: EventRule, hit: Hit) -> list[tuple[View, Candidate]]:
    """The trigger of a rule in its hit: one, or none."""
    views_, found = _views_of(language, hit.text), []
    for view in views_:
        found += [(view, one) for one in view.candidates if one.trigger.rule == rule]
    return found[:1]


def _wanted(hit: Hit) -> dict[str, frozenset[str]]:
    return {"actor": frozenset(hit.actors or ()), "recipient": frozenset(hit.recipients or ())}


def _views_of(language: str, text: str) -> list[View]:
    article = Article(id="case", language=language, published="2021-12-01", text=text)
    return views(_annotated(article), language)


def _examples(coded: Coded) -> Iterator[tuple[str, Example]]:
    for sentence, found in _sentences(coded):
        yield from _sentence_examples(coded.language, sentence, found)


def _sentence_examples(
    language: str, sentence: dict[str, Any], found: list[tuple[View, Candidate]]
) -> Iterator[tuple[str, Example]]:
    matched = match(sentence.get("events", []), found)
    chosen = [found[position] for position in matched]
    for position, (view, candidate) in enumerate(found):
        if position not in matched and any(_same_words(candidate, other) for _, other in chosen):
            continue
        answer = "yes" if position in matched else "no"
        yield "trigger", Example(language, trigger_features(view, candidate), answer)
    for position, event in matched.items():
        view, candidate = found[position]
        yield "status", Example(language, status_features(view, candidate), event["status"])
        wanted = {side: _codes_of(event, side) for side in OPPOSITE}
        yield from _party_examples(language, view, candidate, wanted)
        yield from _day_examples(language, view, candidate, event)


def _day_examples(
    language: str, view: View, candidate: Candidate, event: dict[str, Any]
) -> Iterator[tuple[str, Example]]:
    """The days on offer and which of them are the event's, where any of them is."""
    offers = tuple(days_on_offer(view))
    if _is_dated(event) and event["earliest"] in {days.earliest for days in offers}:
        for days in offers:
            answer = "yes" if days.earliest == event["earliest"] else "no"
            features = day_features(view, candidate, event["status"], days, offers)
            yield "days", Example(language, features, answer)


def _party_examples(
    language: str, view: View, candidate: Candidate, wanted: dict[str, frozenset[str]]
) -> Iterator[tuple[str, Example]]:
    """Of each side that is known: whom the sentence names."""
    for side, codes in wanted.items():
        where = f"{view.document.article.id} {view.number} {candidate.first} {candidate.trigger.rule.id}"
        for mention, meant in view.named:
            if codes:
                features = party_features(view, candidate, mention)
                right = sorted(codes.intersection(meant))
                answer = "yes" if right else "no"
                yield side, Example(language, features, answer, f"{where} {'+'.join(right)}")


def _same_words(one: Candidate, other: Candidate) -> bool:
    return one.trigger.rule.type == other.trigger.rule.type and one.first < other.last and other.first < one.last


def match(events: Sequence[dict[str, Any]], found: list[tuple[View, Candidate]]) -> dict[int, dict[str, Any]]:
    """Candidate -> the hand-coded event it expresses: same type, and the trigger's words in common where possible."""
    matched: dict[int, dict[str, Any]] = {}
    ranked = sorted(
        (-_shared_words(event, *found[position]), position, number)
        for number, event in enumerate(events)
        for position in range(len(found))
        if found[position][1].trigger.rule.type == event["type"]
    )
    used: set[int] = set()
    for _, position, number in ranked:
        if number not in used and position not in matched and not _overlaps_any(position, matched, found):
            used.add(number)
            matched[position] = events[number]
    return matched


def _overlaps_any(position: int, matched: Iterable[int], found: list[tuple[View, Candidate]]) -> bool:
    view, candidate = found[position]
    return any(found[other][0] is view and _same_words(candidate, found[other][1]) for other in matched)


def _shared_words(event: dict[str, Any], view: View, candidate: Candidate) -> float:
    words = set(event["trigger"].lower().split())
    got = set(view.lowers[candidate.first : candidate.last])
    return len(words & got) / len(words | got)


def fit(name: str, examples: list[Example]) -> dict[str, Softmax]:
    """The weights of a model for each language, pooled as the module says."""
    fitted = _fit(name, examples)
    return _fit(name, _likeliest_of_groups(fitted, examples)) if name in {"actor", "recipient"} else fitted


def _likeliest_of_groups(fitted: dict[str, Softmax], examples: list[Example]) -> list[Example]:
    """The examples, and of several right ones of one group only the one that a first model finds likeliest."""
    best: dict[str, tuple[float, int]] = {}
    for number, example in enumerate(examples):
        if example.answer == "yes":
            score = fitted[example.language].outcomes["yes"].score(example.features)
            best[example.group] = max(best.get(example.group, (score, number)), (score, number))
    keep = {number for _, number in best.values()}
    return [one for number, one in enumerate(examples) if one.answer != "yes" or number in keep]


def _fit(name: str, examples: list[Example]) -> dict[str, Softmax]:
    texts = [[*one.features, *(f"{one.language}::{feature}" for feature in one.features)] for one in examples]
    counter = CountVectorizer(analyzer=_as_it_is, min_df=LEAST_COUNT, binary=True, dtype=np.float64)
    matrix = counter.fit_transform(texts)
    answers = [example.answer for example in examples]
    weights = _status_weights(name, matrix, answers) if name == "status" else {"yes": _weights(name, matrix, answers)}
    names = counter.get_feature_names_out()
    return {
        language: Softmax(
            {outcome: Linear(_of_language(names, vector, language)) for outcome, vector in weights.items()}
        )
        for language in LANGUAGES
    }


def _weights(name: str, matrix: Any, answers: list[str]) -> np.ndarray:  # noqa: ANN401 - a sparse matrix has no exported type
    model = LogisticRegression(
        C=REGULARISATION[name], solver="liblinear", fit_intercept=False, max_iter=500, random_state=0
    )
    coefficients: np.ndarray = model.fit(matrix, [answer == "yes" for answer in answers]).coef_[0]
    return coefficients


def _status_weights(name: str, matrix: Any, answers: list[str]) -> dict[str, np.ndarray]:  # noqa: ANN401
    """A multinomial model in which rare statuses count for more, so that they are not drowned by what happened."""
    counts = Counter(answers)
    emphasis = [(counts["happened"] / counts[answer]) ** RARE_EMPHASIS for answer in answers]
    model = LogisticRegression(C=REGULARISATION[name], fit_intercept=False, max_iter=500)
    model.fit(matrix, answers, sample_weight=emphasis)
    return dict(zip(model.classes_, model.coef_, strict=True))


def _of_language(names: Iterable[str], vector: np.ndarray, language: str) -> dict[str, float]:
    weights: Counter[str] = Counter()
    for name, weight in zip(names, vector, strict=True):
        owner, _, feature = name.partition("::")
        if not feature:
            weights[name] += weight
        elif owner == language:
            weights[feature] += weight
    return {feature: float(weight) for feature, weight in weights.items() if abs(weight) >= LEAST_WEIGHT}


def ship_linear(models: dict[str, Models], names: Iterable[str]) -> None:
    """Write linear models into the packs, a line a weight, in order."""
    for language, of_language in models.items():
        folder = Path(str(asset("lang", language, "model")))
        folder.mkdir(exist_ok=True)
        for name in names:
            one = getattr(of_language, name)
            _write(folder / f"{name}.csv", one if isinstance(one, Softmax) else Softmax({"": one}))


def ship(trained: Trained) -> None:
    """Write all models into the packs."""
    ship_linear(trained.models, LINEAR)
    one = trained.models[LANGUAGES[0]]
    for name in ("sides", "dating"):
        _write_trees(Path(str(asset("model"))) / f"{name}.npz", getattr(one, name))
    if one.context:
        _write_arrays(Path(str(asset("model"))) / "context.npz", one.context.arrays)
    with Path(str(asset("model", "confidence.csv"))).open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(("feature", "weight"))
        sheet.writerows((feature, f"{weight:.3f}") for feature, weight in trained.confidence.items())


def _write_trees(path: Path, trees: RowModel) -> None:
    if not isinstance(trees, Trees):
        raise TypeError(trees)
    _write_arrays(path, trees._asdict())


def _write_arrays(path: Path, arrays: Mapping[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(".part")
    with beside.open("wb") as file:
        np.savez_compressed(file, **arrays)
    beside.replace(path)  # at one stroke: a reader meets the old file or the new one
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB", file=sys.stderr)


def _write(path: Path, model: Softmax) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(("feature", "weight", "outcome"))
        for outcome, linear in model.outcomes.items():
            sheet.writerows((feature, f"{weight:.3f}", outcome) for feature, weight in sorted(linear.weights.items()))
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB", file=sys.stderr)


def _as_it_is(features: list[str]) -> list[str]:
    return features


def _module(path: Path) -> types.ModuleType:
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    raise SystemExit(main())
