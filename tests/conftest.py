"""What tests share: where the team's data lies, if it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("SIAGA_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of hand-coded sentences and news; tests that need it are skipped where it is absent."""
    if not (SHARED / "gold").is_dir():
        pytest.skip(f"no team data at {SHARED}")
    return SHARED
