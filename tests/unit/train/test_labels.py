"""What analysts corrected becomes what models are trained on."""

from __future__ import annotations

from pathlib import Path

from tests.unit.store.analysts import SENTENCES, STARTS, corrects, event, proposed, read, stands
from tests.unit.store.shelves import put, workspace
from tools.labels import corrected

ATTACK, SHELLING, CRITICISM = event("menyerang"), event("menembaki"), event("mengecam", "ACCUSE")


def test_the_corrected_sentences_of_a_workspace_are_labels_with_their_texts(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    put(where, [read(ATTACK, SHELLING, CRITICISM)])
    corrects(where, proposed("wrong", [SHELLING]))
    [(article, labels)] = corrected(where.folder, "id")
    [sentence] = labels["sentences"]
    assert (article, labels["doc"]) == (stands(where).article, "a")
    assert (sentence["start"], sentence["text"]) == (STARTS[0], SENTENCES[0])
    [told] = sentence["events"]
    assert (told["trigger"], told["type"], told["actors"], told["recipients"]) == (
        "menyerang", "ASSAULT", ["RUS"], ["UKR"],
    )  # fmt: skip
    assert list(corrected(where.folder, "en")) == []


def test_merged_events_of_two_sentences_label_both(tmp_path: Path) -> None:
    where = workspace(tmp_path)
    put(where, [read(ATTACK, CRITICISM)])
    corrects(where, proposed("merge", [ATTACK, CRITICISM], [ATTACK]))
    [(_, labels)] = corrected(where.folder, "id")
    assert [len(sentence["events"]) for sentence in labels["sentences"]] == [1, 0]
