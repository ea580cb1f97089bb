"""`siaga score` gives the figures of the team's own measure, to the last digit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from siaga.report.gold import load_coded, load_gold
from siaga.report.scoring import score
from tests.quality.test_reader import FLOORS
from tools.score import coded, report


@pytest.mark.parametrize("name", FLOORS)
def test_all_figures_on_the_dev_files_are_those_of_the_team_s_measure(shared: Path, tmp_path: Path, name: str) -> None:
    """Reads what the floors of reading read, in the same run; the comparison itself takes a second."""
    gold, articles = (str(FLOORS[name][key]) for key in ("gold", "articles"))
    read = tmp_path / "coded.jsonl"
    read.write_bytes(coded(shared, articles))
    ours = json.loads(score(load_gold(shared / "gold" / gold), load_coded(read)).to_json())
    theirs = report(shared, gold, articles)
    assert len(theirs["types"]) > 10
    assert dict(leaves(ours)).items() >= dict(leaves(theirs)).items()


def leaves(tree: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """The figures of a report by the way that leads to each; the measure leaves out counts of nothing."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{before}{key}.")
        elif not isinstance(value, list):
            yield f"{before}{key}", value
