"""Treebanks in their own words and in ours, and their sentences varied."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest

from tools.train.augment import augmented, renamed, without
from tools.train.conllu import Sample, as_run_time_tokens, read_treebank
from tools.train.lexicon import known_scripts

INVENTED = """\
# text = Dia tidak menemuinya.
1	Dia	dia	PRON	_	Person=3	3	nsubj	_	_
2	tidak	tidak	PART	_	Polarity=Neg	3	advmod	_	_
3-4	menemuinya	_	_	_	_	_	_	_	SpaceAfter=No
3	menemui	temu	VERB	_	Voice=Act|Foo=Bar	0	root	_	_
4	nya	nya	PRON	_	_	3	obj	_	_
5	.	.	PUNCT	_	_	3	punct	_	_

# text = They don't like A-1 forms
1	They	they	PRON	_	_	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	_	VerbForm=Fin	4	aux	_	_
3	n't	not	PART	_	Polarity=Neg	4	advmod	_	_
4	like	like	VERB	_	VerbForm=Inf	0	root	_	_
5	A-1	A-1	PROPN	_	_	6	compound	_	_
6	forms	form	NOUN	_	Number=Plur	4	obj	_	_

"""


@pytest.fixture
def samples(tmp_path: Path) -> list[Sample]:
    path = tmp_path / "invented.conllu.gz"
    path.write_bytes(gzip.compress(INVENTED.encode()))
    return list(read_treebank(path, "invented"))


def test_a_treebank_is_read_in_its_own_words(samples: list[Sample]) -> None:
    assert samples[0].forms == ["Dia", "tidak", "menemui", "nya", "."]
    assert samples[0].text == "Dia tidak menemuinya. "
    assert samples[0].feats[2] == "Voice=Act"


def test_words_of_one_token_become_one_under_the_outermost(samples: list[Sample]) -> None:
    cut = as_run_time_tokens(samples[0])
    assert cut.forms == ["Dia", "tidak", "menemuinya", "."]
    assert cut.heads == [3, 3, 0, 3]
    assert (cut.upos[2], cut.lemmas[2], cut.labels[2]) == ("VERB", "temu", "root")


def test_a_clitic_negation_stays_visible(samples: list[Sample]) -> None:
    cut = as_run_time_tokens(samples[1])
    assert cut.forms[1] == "don't"
    assert cut.feats[1] == "Polarity=Neg|VerbForm=Fin"


def test_more_tokens_of_a_word_hang_on_its_first(samples: list[Sample]) -> None:
    cut = as_run_time_tokens(samples[1])
    assert cut.forms[3:] == ["A", "-", "1", "forms"]
    assert cut.heads == [3, 3, 0, 7, 4, 4, 3]
    assert cut.labels[3:6] == ["compound", "punct", "flat"]


def test_leaving_words_out_keeps_the_rest_of_the_tree(samples: list[Sample]) -> None:
    short = without(samples[0], {1})
    assert (short.forms, short.heads) == (["Dia", "menemui", "nya", "."], [2, 0, 2, 2])


def test_variation_keeps_one_answer_a_word(samples: list[Sample]) -> None:
    dice = random.Random(1)
    for _ in range(200):
        varied = augmented(samples[0], dice, 0.4)
        assert len(varied.forms) == len(varied.heads) == len(varied.upos) == len(varied.lemmas)
        assert varied.heads.count(0) == 1


def test_names_change_places_with_others_of_their_kind() -> None:
    sample = Sample("x", ["Ani", "di", "Kota", "Baru"], names=["B-PER", "O", "B-LOC", "I-LOC"])
    changed = renamed(sample, {"PER": [("Tuan", "Budi", "S")]}, random.Random(0), share=1.0)
    assert changed.forms == ["Tuan", "Budi", "S", "di", "Kota", "Baru"]
    assert changed.names == ["B-PER", "I-PER", "I-PER", "O", "B-LOC", "I-LOC"]


def test_known_lemmas_come_from_the_treebanks(tmp_path: Path) -> None:
    folder = tmp_path / "nlp/ud"
    folder.mkdir(parents=True)
    (folder / "en_ewt-train.conllu.gz").write_bytes(gzip.compress(2 * INVENTED.encode()))
    known = known_scripts(tmp_path, "en", ["unheard"])
    assert known["forms NOUN"] == "l|0||1|"
    assert "unheard" not in known
