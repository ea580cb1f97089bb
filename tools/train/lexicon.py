"""Lemmas known word by word: those of the treebanks, and of the `nlp-id` dictionary (MIT) for words in none."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from siaga.extract.syntax.lemmas import script_of
from tools.train import corpora
from tools.train.conllu import Sample, as_run_time_tokens

__all__ = ["known_scripts"]

TREEBANKS = {"id": ("csui-train", "pud"), "en": ("en_ewt-train",)}
NAMES = frozenset({"PROPN", "X"})
PLAIN_SHARE = 0.9
"""A word, or a word with its part of speech, has a known lemma if it has the same this often."""


def known_scripts(data: Path, language: str, words: Iterable[str]) -> dict[str, str]:
    """Edit scripts of words of the treebanks with their tag, and of these words (in small letters) where listed."""
    samples = [sample for name in TREEBANKS[language] for sample in corpora.treebank(data, name)]
    seen = _seen(samples + [as_run_time_tokens(sample) for sample in samples])
    listed = _listed() if language == "id" else {}
    found = {word: script_of(word, listed[word]) for word in words if word in listed and word not in seen}
    for word, by_tag in seen.items():
        ways = {f"{word} {tag}": scripts for tag, scripts in by_tag.items()} | {word: sum(by_tag.values(), Counter())}
        for way, scripts in ways.items():
            script, count = scripts.most_common(1)[0]
            if count >= PLAIN_SHARE * scripts.total():
                found[way] = script
    return found


def _seen(samples: Iterable[Sample]) -> dict[str, dict[str, Counter[str]]]:
    scripts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for sample in samples:
        for form, lemma, tag in zip(sample.forms, sample.lemmas, sample.upos, strict=True):
            small = lemma if len(lemma) == 1 else lemma.lower()
            if tag not in NAMES and (lemma in {small, form}):
                scripts[form.lower()][tag][script_of(form.lower(), small)] += 1
    return scripts


def _listed() -> dict[str, str]:
    folder = files("nlp_id").joinpath("data")
    roots = folder.joinpath("root-word.txt").read_text("utf-8").split()
    listed: dict[str, str] = json.loads(folder.joinpath("lemma_dict.json").read_text("utf-8"))
    return listed | {root: root for root in roots}
