"""The weights belong to features there are; wording says which of two texts nobody would write."""

from __future__ import annotations

import numpy as np
import pytest

from siaga.base.pack import languages
from siaga.link.align import Features, longest_rise
from siaga.link.direction import Leads
from siaga.link.profile import profile
from siaga.link.weights import Model, Question, load_model, logistic
from siaga.link.wording import load_wording, usualness
from siaga.link.words import contained, runs, word_hashes
from tests.unit.link.pages import copies, page


@pytest.mark.parametrize(("question", "record"), [("lexical", Features), ("vectors", Features), ("direction", Leads)])
def test_every_feature_has_a_weight_and_every_weight_a_feature(
    question: Question, record: type[Features | Leads]
) -> None:
    assert {name for name, _ in load_model(question).weights} == set(record.__struct_fields__)


def test_a_direction_without_leads_is_open() -> None:
    assert load_model("direction").intercept == 0


def test_log_odds_are_summed_by_name() -> None:
    model = Model(weights=(("a", 2.0), ("b", -1.0)), intercept=0.5)
    assert model.log_odds({"a": 1.0, "b": 3.0, "c": 9.0}) == -0.5
    assert model.probability({"a": 1.0, "b": 2.5}) == 0.5
    assert logistic(1e9) == pytest.approx(1)
    with pytest.raises(KeyError):
        model.log_odds({"a": 1.0})


def test_spun_wording_is_less_usual_than_that_it_was_spun_from() -> None:
    for relation, file, of in copies():
        if relation == "reworded":
            spun, original = profile(page(file)), profile(page(of))
            wording = load_wording(original.language)
            assert wording is not None
            assert usualness(spun.words, wording) < usualness(original.words, wording)


@pytest.mark.parametrize("language", languages())
def test_what_is_usual_is_about_zero_and_nonsense_far_below(language: str) -> None:
    wording = load_wording(language)
    assert wording is not None
    usual = [usualness(profile(page(of)).words, wording) for _, _, of in copies() if page(of).language == language]
    assert all(-3 < one < 3 for one in usual)
    assert usualness([word_hashes(["qx", "zw", "vv", "jj"])], wording) < -3
    assert usualness([], wording) == 0


def test_a_language_without_counts_has_none() -> None:
    assert load_wording("xx") is None
    assert load_wording(None) is None


def test_the_longest_rise_is_counted() -> None:
    assert [longest_rise(one) for one in ([], [3, 2, 1], [0, 5, 1, 2, 9], [1, 2, 3])] == [0, 1, 4, 3]


def test_runs_are_contained_in_the_text_that_holds_them() -> None:
    words = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan"]
    whole, part, other = (np.sort(runs(word_hashes(one), 3)) for one in (words, words[2:7], words[::-1]))
    assert (len(whole), len(part)) == (6, 3)
    assert contained(whole, part) == contained(part, whole) == 1
    assert contained(whole, other) == contained(whole, whole[:0]) == 0
