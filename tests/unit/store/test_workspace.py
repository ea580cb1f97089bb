"""A folder becomes a workspace and is found again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from siaga.base.errors import ConfigError, WorkspaceError
from siaga.store.workspace import find_workspace, lay_out


def test_a_new_workspace_has_settings_and_folders(tmp_path: Path) -> None:
    made = lay_out(tmp_path / "watch", {})
    assert {path.name for path in made.folder.iterdir()} == {"siaga.toml", "segments", "overlay"}
    assert (made.folder / "overlay/README.md").is_file()


def test_what_is_there_stays_as_it_is(tmp_path: Path) -> None:
    lay_out(tmp_path, {})
    (tmp_path / "siaga.toml").write_text("[store]\nbatch = 3\n", "utf-8")
    assert lay_out(tmp_path, {}).config.store.batch == 3


def test_a_workspace_is_found_from_a_folder_below_it(tmp_path: Path) -> None:
    lay_out(tmp_path, {})
    (tmp_path / "news/today").mkdir(parents=True)
    assert find_workspace(None, {}, tmp_path / "news/today").folder == tmp_path


def test_the_one_asked_for_goes_before_that_of_the_environment_and_ours(tmp_path: Path) -> None:
    for name in ("here", "named", "asked"):
        lay_out(tmp_path / name, {})
    environment = {"SIAGA_WORKSPACE": str(tmp_path / "named")}
    assert find_workspace(None, environment, tmp_path / "here").folder == tmp_path / "named"
    assert find_workspace(str(tmp_path / "asked"), environment, tmp_path / "here").folder == tmp_path / "asked"


@pytest.mark.parametrize("asked", [None, "nowhere"])
def test_no_workspace_is_told_with_what_makes_one(asked: str | None, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="siaga init"):
        find_workspace(asked, {}, tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceError, match="can't become a workspace"):
        lay_out(tmp_path / "file", {})


def test_settings_that_are_wrong_are_told_when_it_is_found(tmp_path: Path) -> None:
    lay_out(tmp_path, {})
    with pytest.raises(ConfigError, match="SIAGA_STORE_BATCHES"):
        find_workspace(None, {"SIAGA_STORE_BATCHES": "3"} | dict(os.environ), tmp_path)
