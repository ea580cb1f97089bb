"""Words that tell whether an act happened, and how far they reach."""

from __future__ import annotations

import pytest

from siaga.base.pack import languages, lexicon, load_pack
from siaga.extract.coder.cues import CueRow
from siaga.extract.coder.reach import REACH, Cue, cues_around
from siaga.extract.coder.triggers import Candidate, candidates
from siaga.extract.coder.view import View
from siaga.extract.tokens import tokenise
from tests.unit.extract.coding import bare

FILLER = "blah"
"""No word of any pack."""
TRIGGERS = {"id": "menyerang", "en": "attack"}


def around(language: str, text: str) -> list[Cue]:
    """The cues that reach the trigger of the language in this text."""
    view = View(bare(language, text), 0, language, {})
    position = view.lowers.index(TRIGGERS[language])
    return list(cues_around(view, at(language, view.lowers, position)))


def at(language: str, lowers: tuple[str, ...], position: int) -> Candidate:
    return next(candidates(language, lowers, position, position + 1))


def statuses(language: str, text: str) -> set[str]:
    return {cue.row.status for cue in around(language, text)}


def spread(row: CueRow, trigger: str, gap: int) -> str:
    """A cue and a trigger in the order of the cue's scope, with so many words between."""
    ends = (trigger, row.phrase) if row.scope == "after" else (row.phrase, trigger)
    return " ".join((ends[0], *[FILLER] * gap, ends[1]))


@pytest.mark.parametrize(
    ("language", "text", "status"),
    [
        ("id", "Rusia akan menyerang Ukraina", "planned"),
        ("id", "Rusia mungkin menyerang Ukraina", "possible"),
        ("id", "Rusia tidak menyerang Ukraina", "denied"),
        ("en", "Russia is going to attack Ukraine", "planned"),
        ("en", "Russia may attack Ukraine", "possible"),
        ("en", "Russia did not attack Ukraine", "denied"),
    ],
)
def test_a_plain_cue_tells_the_status_of_the_act_after_it(language: str, text: str, status: str) -> None:
    assert status in statuses(language, text)


def test_without_a_cue_nothing_is_told() -> None:
    assert around("id", "Rusia menyerang Ukraina") == []
    assert around("en", "Russia attack Ukraine") == []


@pytest.mark.parametrize("language", languages())
def test_every_cue_reaches_as_far_as_its_scope_and_not_a_word_further(language: str) -> None:
    rows = lexicon(load_pack(language), "status", CueRow)
    assert {row.scope for row in rows} == set(REACH)
    for row in rows:
        assert row in [cue.row for cue in around(language, spread(row, TRIGGERS[language], REACH[row.scope]))], row
        assert not around(language, spread(row, TRIGGERS[language], max(REACH.values()) + 1)), row
        beyond = around(language, spread(row, TRIGGERS[language], REACH[row.scope] + 1))
        assert row not in [cue.row for cue in beyond], row


@pytest.mark.parametrize("language", languages())
def test_the_distance_of_a_cue_is_the_number_of_words_between(language: str) -> None:
    row = next(row for row in lexicon(load_pack(language), "status", CueRow) if row.scope == "verb")
    for gap in range(REACH["verb"] + 1):
        assert gap in {cue.distance for cue in around(language, spread(row, TRIGGERS[language], gap))}


def test_a_cue_of_what_follows_says_nothing_of_what_went_before() -> None:
    assert around("id", "menyerang Ukraina, akan") == []
    assert around("en", "attack Ukraine and will") == []


@pytest.mark.parametrize("language", languages())
def test_a_cue_says_on_which_side_it_colours(language: str) -> None:
    for row in lexicon(load_pack(language), "status", CueRow)[::20]:
        front, behind = f"{row.phrase} {TRIGGERS[language]}", f"{TRIGGERS[language]} {row.phrase}"
        assert all(cue.row.scope != "after" for cue in around(language, front))
        assert all(cue.row.scope == "after" for cue in around(language, behind))


def test_a_clause_that_begins_between_cue_and_act_is_a_wall() -> None:
    [cue] = [cue for cue in around("id", "akan kapal yang menyerang Ukraina") if cue.row.phrase == "akan"]
    assert cue.wall
    [cue] = [cue for cue in around("id", "akan blah menyerang Ukraina") if cue.row.phrase == "akan"]
    assert not cue.wall


@pytest.mark.parametrize("language", languages())
def test_cues_of_another_sentence_do_not_reach(language: str) -> None:
    row = next(row for row in lexicon(load_pack(language), "status", CueRow) if row.scope == "verb")
    document = bare(language, f"{row.phrase} {TRIGGERS[language]}")
    [whole], words = document.sentences, len(tokenise(row.phrase).forms)
    view = View(document.replace(sentences=(whole.replace(first=words),)), 0, language, {})
    assert list(cues_around(view, at(language, view.lowers, words))) == []
