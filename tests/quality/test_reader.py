"""The reader keeps its floors on hand-coded sentences that it was not trained on."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tools.score import report

FLOORS: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["reading"]


def figures(result: dict[str, Any]) -> dict[str, float | None]:
    """The figures that have floors, by the names of `floors.toml`."""
    quotes = result["direct_quotes"]
    return {
        **{level: result[level]["f1"] for level in ("type", "who", "fact")},
        "not_happened": result["status_macro"]["not_happened"],
        "dates": result["earliest_date"]["share"],
        "quotes_recall": quotes["recall"],
        "quotes_precision": quotes["precision"],
        "quotes_with_speaker": quotes["with_speaker"],
    }


@pytest.mark.parametrize("name", FLOORS)
def test_the_reader_keeps_its_floors(shared: Path, name: str) -> None:
    floors = dict(FLOORS[name])
    result = report(shared, floors.pop("gold"), floors.pop("articles"))
    assert result["false_alarms"]["share"] <= floors.pop("most_false_alarms")
    reached = figures(result)
    assert {key: reached[key] for key, floor in floors.items() if (reached[key] or 0.0) < floor} == {}
    assert result["missing_documents"] == 0
