"""The models of the event coder: weights that can be read, probabilities that can be trusted."""

from __future__ import annotations

import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siaga.base.event import Status
from siaga.base.pack import languages
from siaga.extract.coder.linear import Linear, Softmax, load_linear, load_softmax, sigmoid

NAMES = st.sampled_from("abcdef")
WEIGHTS = st.dictionaries(NAMES, st.floats(-20, 20))


def test_a_score_is_the_sum_of_the_weights_of_what_holds() -> None:
    assert Linear({"bias": -1.0, "near": 2.5, "far": 9.0}).score(["bias", "near"]) == 1.5


@given(WEIGHTS, st.lists(NAMES), st.lists(st.integers().map(str)))
def test_features_without_a_weight_add_nothing(
    weights: dict[str, float], features: list[str], unknown: list[str]
) -> None:
    model = Linear(weights)
    assert model.score([*features, *unknown]) == model.score(features)


def test_without_evidence_yes_is_as_probable_as_no() -> None:
    assert Linear({"seen": 3.0}).probability(["never seen"]) == 0.5


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_more_score_is_never_less_probable(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= sigmoid(low) <= sigmoid(high) <= 1


@given(st.floats(-40, 40))
def test_a_probability_goes_back_to_its_odds(score: float) -> None:
    probability = sigmoid(score)
    assert math.isclose(math.log(probability) - math.log(sigmoid(-score)), score, abs_tol=1e-9)


@given(st.dictionaries(st.sampled_from("xyz"), WEIGHTS, min_size=1), st.lists(NAMES, max_size=5))
def test_the_probabilities_of_all_outcomes_add_up_to_one(
    outcomes: dict[str, dict[str, float]], features: list[str]
) -> None:
    model = Softmax({outcome: Linear(weights) for outcome, weights in outcomes.items()})
    assert math.isclose(sum(model.probabilities(features).values()), 1.0)


def test_the_outcome_with_the_highest_score_is_the_likeliest() -> None:
    model = Softmax({"happened": Linear({"bias": 1.0}), "denied": Linear({"not": 2.0}), "planned": Linear({})})
    assert most_probable(model, ["bias"]) == "happened"
    assert most_probable(model, ["bias", "not"]) == "denied"


def test_features_may_come_one_by_one() -> None:
    model = Softmax({"happened": Linear({"bias": 1.0}), "denied": Linear({"bias": 0.5})})
    assert model.probabilities(iter(["bias"])) == model.probabilities(["bias"])


@pytest.mark.parametrize("score", [-800.0, 800.0])
def test_no_score_is_too_large_for_a_probability(score: float) -> None:
    model = Softmax({"happened": Linear({"bias": score}), "denied": Linear({"bias": score - 1})})
    assert most_probable(model, ["bias"]) == "happened"


@pytest.mark.parametrize("language", languages())
def test_a_pack_ships_its_models_and_they_are_read_once(language: str) -> None:
    for name in ("trigger", "actor", "recipient"):
        assert load_linear(language, name).weights
        assert load_linear(language, name) is load_linear(language, name)
    assert load_softmax(language, "status") is load_softmax(language, "status")


@pytest.mark.parametrize("language", languages())
def test_the_model_of_statuses_knows_those_of_the_contract_and_no_other(language: str) -> None:
    assert set(load_softmax(language, "status").outcomes) == set(get_args(Status))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ["trigger", "actor", "recipient", "status"])
def test_every_shipped_weight_is_a_number(language: str, name: str) -> None:
    outcomes = load_softmax(language, name).outcomes
    assert outcomes
    assert all(math.isfinite(weight) for model in outcomes.values() for weight in model.weights.values())


def most_probable(model: Softmax, features: list[str]) -> str:
    probabilities = model.probabilities(features)
    best = max(probabilities.values())
    [outcome] = [name for name, probability in probabilities.items() if probability == best]
    return outcome
