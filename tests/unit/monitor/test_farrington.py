"""The Farrington bound is that of R's surveillance, measured once and kept as a golden file by the team."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from siaga.monitor.farrington import farrington_bound
from tests.quality.panels import rows

GOLDEN = "data/events/golden_farringtonFlexible_R_1.20.3_gdelt3.csv"
SERIES = "data/events/gdelt_countryweek_19c_2015_2025.csv.gz"


@pytest.mark.parametrize("country", ["Pakistan", "Kenya", "Haiti"])
def test_bounds_are_within_one_percent_of_those_of_r(country: str, shared: Path) -> None:
    weekly = sorted((row for row in rows(shared / SERIES) if row["country"] == country), key=lambda row: row["week"])
    weeks = [date.fromisoformat(row["week"]) for row in weekly]
    counts, events = (np.array([float(row[name]) for row in weekly]) for name in ("n_material_conflict", "n_events"))
    with (shared / GOLDEN).open(newline="") as file:
        golden = [row for row in csv.DictReader(file) if row["country"] == country]
    assert len(golden) == 208
    for row in golden:
        exposure = events if row["offset"] == "TRUE" else None
        found = farrington_bound(weeks, counts, weeks.index(date.fromisoformat(row["week"])), exposure=exposure)
        assert found.expected == pytest.approx(float(row["expected"]), rel=0.01)
        assert found.upper == pytest.approx(float(row["upper"]), rel=0.01)


def test_a_bound_without_three_years_before_it_is_refused() -> None:
    weeks = [date(2020, 1, 6) + timedelta(weeks=week) for week in range(100)]
    with pytest.raises(ValueError, match="3 years"):
        farrington_bound(weeks, np.ones(100), 99)


def test_steady_counts_have_a_bound_of_chance() -> None:
    weeks = [date(2020, 1, 6) + timedelta(weeks=week) for week in range(200)]
    counts = np.random.default_rng(1).poisson(10, 200).astype(float)
    found = farrington_bound(weeks, counts, 199)
    assert found.expected == pytest.approx(10, abs=2.5)
    assert 15 <= found.upper <= 24
