"""Every file of knowledge that comes with Siaga is right by itself and in what it refers to."""

from __future__ import annotations

import pytest

from siaga.base.overlay import OverlayFile, knowledge, knowledge_of
from siaga.base.pack import asset, read_cells
from siaga.extract.checks.files import file_faults, pack_files, reference_faults
from siaga.extract.checks.records import RECORDS

FILES = tuple(pack_files())
COMPILED = frozenset({"places/aliases.csv", "places/centroids.csv", "actors/source_names.csv", "places/fips.csv"})
"""Sources of other tables (`tools/compile_places.py`), and how event files of other projects name countries."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_right_and_what_it_names_is_there(file: OverlayFile) -> None:
    assert list(file_faults(file)) == []
    assert list(reference_faults(file)) == []


def test_every_file_of_knowledge_has_a_record_and_a_key_among_its_columns() -> None:
    assert RECORDS.keys() == knowledge().keys()
    for name, known in knowledge().items():
        assert set(known.key.split()) <= set(RECORDS[name].__struct_fields__), name


def test_every_file_that_is_read_can_be_added_to() -> None:
    root = asset()
    names = [
        str(path)[len(str(root)) + 1 :]
        for folder in ("actors", "places", "lang/id/lexicon", "lang/id/grammar", "lang/en/lexicon", "lang/en/grammar")
        for path in root.joinpath(*folder.split("/")).iterdir()
    ]
    assert {name for name in names if knowledge_of(name) is None} == COMPILED


@pytest.mark.parametrize("name", [name for name in knowledge() if name.startswith("actors/")])
def test_every_actor_of_ours_says_what_it_rests_on_and_when_it_was_checked(name: str) -> None:
    lines = tuple(read_cells(asset(*name.split("/"))))
    assert lines
    assert [line.where for line in lines if "basis" not in line.cells or "checked" not in line.cells] == []
