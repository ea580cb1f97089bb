"""What tests share: where the team's data lies, if it is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Server, missing, served

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("SIAGA_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of hand-coded sentences and news; tests that need it are skipped where it is absent."""
    if not (SHARED / "gold").is_dir():
        pytest.skip(f"no team data at {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """PostgreSQL; tests that need it are skipped where it is not installed."""
    if (reason := missing()) is not None:
        pytest.skip(reason)
    with served() as running:
        yield running
