"""The shipped models keep their floors on test sets they never saw (skipped where those are not at hand)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from siaga.extract.syntax.weights import load_weights
from tools.train.augment import with_forms
from tools.train.conllu import Sample, as_run_time_tokens
from tools.train.corpora import name_samples, treebank
from tools.train.evaluate import name_figures, syntax_figures

SHARED = Path(__file__).parents[2] / "../shared/data"
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason="the treebanks are not part of the project")


@needs_data
@pytest.mark.parametrize("name", sorted(FLOORS["syntax"]))
def test_syntax_keeps_its_floors(name: str) -> None:
    floors = FLOORS["syntax"][name]
    figures = syntax_figures(floors["language"], samples(floors["treebank"], floors["tokens"]))
    below = {what: figures[what] for what, floor in floors["floors"].items() if figures[what] < floor}
    assert below == {}


def samples(treebank_name: str, tokens: str) -> list[Sample]:
    read = sentences(treebank_name)
    return [as_run_time_tokens(sample) for sample in read] if tokens == "run-time" else read


@cache
def sentences(treebank_name: str) -> list[Sample]:
    return treebank(SHARED, treebank_name)


@needs_data
@pytest.mark.parametrize("name", sorted(FLOORS["names"]))
def test_names_keep_their_floors(name: str) -> None:
    floors = FLOORS["names"][name]
    read = name_samples(SHARED / floors["file"], name)
    if floors["capitals"]:
        read = [with_forms(sample, [form.upper() for form in sample.forms]) for sample in read]
    assert name_figures(floors["language"], read)["F1"] >= floors["floors"]["F1"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_models_know_the_categories_that_coders_ask_for(language: str) -> None:
    weights = load_weights(language)
    assert {"nsubj", "nsubj:pass", "obj", "root"} <= set(weights.classes("labels"))
    assert {"B-PER", "I-PER", "B-ORG", "B-LOC", "O"} <= set(weights.classes("names"))
    assert any("Voice=Pass" in feats for feats in weights.classes("feats"))
