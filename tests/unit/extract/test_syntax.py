"""Syntax: features of forms, packing, trees, lemmas, and the shipped parsers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from siaga.base.article import Article
from siaga.base.document import Document, Sentence, Syntax
from siaga.base.errors import PackError
from siaga.base.pack import asset
from siaga.collect.article import articles
from siaga.collect.load import load
from siaga.extract.syntax.annotate import ParseSyntax, parsed_sentences
from siaga.extract.syntax.features import NGRAM_ROWS, SHAPE_ROWS, ngram_rows, normal, shape_row
from siaga.extract.syntax.lemmas import apply_script, script_of
from siaga.extract.syntax.masked import ParseMasked
from siaga.extract.syntax.network import REACH, STATES_REACH, FormVectors
from siaga.extract.syntax.packing import pack, scan
from siaga.extract.syntax.products import Products
from siaga.extract.syntax.threads import one_thread
from siaga.extract.syntax.trees import NEVER, best_heads, forest
from siaga.extract.syntax.weights import load_weights
from siaga.extract.tokens import tokenise
from siaga.flow import annotate

LANGUAGES = ("id", "en")


def test_quotation_marks_dashes_and_digits_are_one_kind_each() -> None:
    assert normal("“A–330”") == normal('"a-999"')


def test_capitals_change_the_shape_but_not_the_letters() -> None:
    assert ngram_rows(normal("KYIV")) == ngram_rows(normal("Kyiv"))
    assert len({shape_row(form) for form in ("KYIV", "Kyiv", "kyiv", "K-1")}) == 4


@given(st.text(min_size=1))
def test_every_form_has_rows_inside_the_tables(form: str) -> None:
    assert all(0 <= row < NGRAM_ROWS for row in ngram_rows(normal(form)))
    assert 0 <= shape_row(form) < SHAPE_ROWS


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("menyerang", "serang"),
        ("Kejar-kejaran", "kejar"),
        ("was", "be"),
        ("troops", "troop"),
        ("NATO", "NATO"),
        ("a|b", "c|d"),
    ],
)
def test_a_script_makes_the_lemma_it_was_learnt_from(form: str, lemma: str) -> None:
    assert apply_script(form, script_of(form, lemma)) == lemma


def test_a_script_that_does_not_fit_leaves_the_form() -> None:
    assert apply_script("di", script_of("mempertimbangkan", "timbang")) == "di"


@pytest.mark.parametrize("size", [1, 7, 100])
def test_a_form_has_one_vector_to_the_bit_whatever_is_learnt_beside_it(size: int) -> None:
    weights, forms = load_weights("en"), [f"{word}{number}" for number in range(60) for word in ("storm", "Guard")]
    together, apart = FormVectors(weights)(forms), FormVectors(weights)
    parts = [apart(forms[first : first + size]) for first in range(0, len(forms), size)]
    assert np.array_equal(np.concatenate(parts), together)


def test_states_run_forwards_in_one_half_and_backwards_in_the_other() -> None:
    packing = pack([2, 3])
    ahead, back = np.zeros((5, 1), np.float32), np.zeros((5, 1), np.float32)
    ahead[packing.order, 0], back[packing.order, 0] = [1, 0, 1, 0, 0], [1, 0, 1, 0, 1]
    keep = np.full((5, 1), 0.5, np.float32)
    scan((keep, keep), (ahead, back), packing.steps)
    assert ahead[packing.order, 0].tolist() == [1, 0.5, 1, 0.5, 0.25]
    assert back[packing.order, 0].tolist() == [1, 0, 1.25, 0.5, 1]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_packing_gives_every_word_a_place_and_its_neighbours(lengths: list[int]) -> None:
    packing = pack(lengths)
    assert sorted(packing.order) == list(range(sum(lengths)))
    assert sum(place == sum(lengths) for place in packing.before) == len(lengths)
    assert sum(size for _, size in packing.steps) == sum(lengths)


@given(st.integers(1, 7), st.integers(0, 10_000))
def test_heads_always_make_one_tree(words: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(words, words + 1)).astype(np.float32)
    heads = best_heads(scores).tolist()
    assert heads.count(0) == 1
    assert all(root_reached(heads, word) for word in range(1, words + 1))


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(0, 10_000))
def test_sentences_side_by_side_have_the_heads_of_each_alone(lengths: list[int], seed: int) -> None:
    scores = np.full((sum(lengths), max(lengths) + 1), NEVER, np.float32)
    dice, alone, first = np.random.default_rng(seed), list[int](), 0
    for length in lengths:
        own = scores[first : first + length, : length + 1]
        own[...] = dice.normal(size=own.shape)
        alone += [first + head - 1 if head else -1 for head in best_heads(own).tolist()]
        first += length
    assert forest(scores, lengths).tolist() == alone


def root_reached(heads: list[int], word: int) -> bool:
    for _ in heads:
        word = heads[word - 1]
        if word == 0:
            return True
    return False


def test_a_cycle_is_opened_where_it_costs_least() -> None:
    scores = np.array([[5, 0, 9, 0], [4, 9, 0, 0], [0, 8, 0, 0]], np.float32)
    assert best_heads(scores).tolist() == [0, 1, 1]


def test_a_language_without_models_says_how_to_make_them() -> None:
    with pytest.raises(PackError, match=r"tools\.train"):
        load_weights("xx")


def read(text: str, language: str = "en", *ends: int) -> Document:
    """A document with one sentence, or several that end after so many tokens."""
    tokens = tokenise(text)
    borders = [0, *ends] if ends else [0, len(tokens.forms)]
    sentences = tuple(
        Sentence(start=tokens.starts[first], end=tokens.ends[last - 1], first=first, last=last)
        for first, last in pairwise(borders)
        if last > first
    )
    document = Document(article=Article(id="x", language=language, text=text), tokens=tokens, sentences=sentences)
    return ParseSyntax()(document)


@pytest.mark.parametrize(
    ("language", "text", "subject", "verb"),
    [("en", "The army attacked the town .", 1, 2), ("id", "Tentara menyerang kota itu .", 0, 1)],
)
def test_a_plain_sentence_is_read(language: str, text: str, subject: int, verb: int) -> None:
    syntax = read(text, language).syntax
    assert syntax.heads[verb] == -1
    assert syntax.heads[subject] == verb
    assert (syntax.labels[subject], syntax.labels[verb], syntax.upos[verb]) == ("nsubj", "root", "VERB")


@pytest.mark.parametrize(
    ("language", "text", "verb"),
    [("en", "The town was attacked by rebels .", 3), ("id", "Kota itu diserang pemberontak .", 2)],
)
def test_the_passive_is_seen(language: str, text: str, verb: int) -> None:
    [(parsed, feats)] = parsed_sentences(language, [text.split()])
    assert "Voice=Pass" in feats[verb]
    assert "nsubj:pass" in parsed.labels


def test_lemmas_are_dictionary_forms() -> None:
    assert read("Rebels attacked two towns .").syntax.lemmas[:4] == ("rebel", "attack", "two", "town")
    assert read("Pasukan menyerang kota .", "id").syntax.lemmas[1] == "serang"


def test_heads_count_through_the_whole_text_and_gaps_stay_blank() -> None:
    tokens = tokenise("Rebels attacked . ### Troops fled .")
    sentences = (Sentence(start=0, end=17, first=0, last=3), Sentence(start=22, end=35, first=6, last=9))
    document = Document(
        article=Article(id="x", language="en", text="Rebels attacked . ### Troops fled ."),
        tokens=tokens,
        sentences=sentences,
    )
    syntax = ParseSyntax()(document).syntax
    assert syntax.heads == (1, -1, 1, -1, -1, -1, 7, -1, 7)
    assert syntax.upos[3:6] == ("", "", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_strange_text_is_read_without_complaint(language: str) -> None:
    for text in ("🔥", "🔥 🔥🇮🇩 .", "Привет мир", "한국어 텍스트", "?!", "\u0301", "x" * 5000):
        syntax = read(text, language).syntax
        assert len(syntax.heads) == len(tokenise(text).forms)


def test_no_sentences_give_blank_syntax() -> None:
    assert read("", "en").syntax == Syntax()


def test_a_sentence_of_two_thousand_tokens_is_read_in_pieces() -> None:
    syntax = read("kata " * 2000, "id").syntax
    assert len(syntax.heads) == 2000
    assert all(-1 <= head < 2000 for head in syntax.heads)


def test_company_does_not_change_a_sentence() -> None:
    [(alone, _)] = parsed_sentences("en", [["Troops", "fled", "."]])
    together = read(
        "Troops fled . The president of the United States met them on Monday in Paris .", "en", 3, 16
    ).syntax
    assert list(together.heads[:3]) == alone.heads
    assert list(together.lemmas[:3]) == alone.lemmas


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_a_value_lies_beyond_what_is_told_apart(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[tuple[float, np.ndarray]] = []
    as_it_is = Products.__call__

    def noted(products: Products, rows: np.ndarray) -> list[np.ndarray]:
        entered.append((products.reach, np.abs(rows)))
        return as_it_is(products, rows)

    monkeypatch.setattr(Products, "__call__", noted)
    for article in articles(load([str(asset("demo", "pages"))])):
        if isinstance(article, Article) and article.language == language and len(entered) < 300:
            annotate(article)
    for reach in (REACH, STATES_REACH):
        sizes = np.concatenate([rows.ravel() for asked, rows in entered if asked == reach])
        assert (sizes > reach).mean() < 1e-4
        assert (sizes > reach / 4).mean() > 1e-4  # and the steps are no coarser than they need be


def test_a_language_without_a_pack_is_left_alone() -> None:
    tokens = tokenise("Bonjour")
    document = Document(article=Article(id="x", language="fr", text="Bonjour"), tokens=tokens)
    assert ParseSyntax()(document) == document


def test_matrices_keep_to_one_thread() -> None:
    with one_thread():
        assert {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"} <= {1}


def test_only_chosen_sentences_are_read() -> None:
    document = read("Rebels attacked . Troops fled .", "en", 3, 6)
    syntax = ParseSyntax(choose=lambda document: document.sentences[1:])(document.replace(syntax=Syntax())).syntax
    assert syntax.heads == (-1, -1, -1, 4, -1, 4)
    assert syntax.upos[:3] == ("", "", "")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Rusia menyerang Ukraina pada Senin.", "Korea Utara menyerang Uni Emirat Arab pada Senin."),
        ("Kemarin pasukan Mali ditarik dari Chad.", "Kemarin pasukan Amerika Serikat ditarik dari Burkina Faso."),
    ],
)
def test_how_many_words_a_name_has_changes_no_grammar(short: str, long: str) -> None:
    one, other = (
        annotate(Article(id="case", language="id", published="2021-12-01", text=text)) for text in (short, long)
    )
    assert [label for label in other.syntax.labels if label != "flat"] == list(one.syntax.labels)
    assert len(other.syntax.heads) == len(other.tokens.forms)
    assert all(
        other.syntax.heads[position] == position - 1 or other.syntax.heads[other.syntax.heads[position]] != position
        for position, label in enumerate(other.syntax.labels)
        if label == "flat"
    )


def test_a_text_without_words_is_read() -> None:
    assert annotate(Article(id="case", language="id", published="2021-12-01", text="")).syntax.heads == ()


def test_the_line_up_reads_the_grammar_of_sentences_that_may_report_an_event() -> None:
    text = "The cat sat on the mat. Israel attacked Iran. The sky was blue."
    document = annotate(Article(id="case", language="en", published="2021-12-01", text=text))
    read = [any(document.syntax.upos[one.first : one.last]) for one in document.sentences]
    assert read == [False, True, False]


@pytest.mark.parametrize("language", LANGUAGES)
def test_masked_text_without_names_has_the_grammar_of_the_text(language: str) -> None:
    text = {"en": "Rebels attacked two towns .", "id": "Pasukan menyerang dua kota ."}[language]
    document = read(text, language)
    assert ParseMasked()(document).syntax == document.syntax
