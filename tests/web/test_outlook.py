"""What is to be expected is reckoned once, aside where it takes long, and pages never wait for a later one."""

from __future__ import annotations

import shutil
import time
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from siaga.base.errors import StoreError
from siaga.serve.warned import Wanted, warned
from siaga.serve.web import outlook as outlooks
from siaga.serve.web import reckoning
from siaga.serve.web.app import application
from siaga.serve.web.outlook import Outlooks
from siaga.serve.web.reckoning import Saved, keep, kept, reckon, reckon_aside
from siaga.store.workspace import Workspace, find_workspace
from tests.web.conftest import ADDRESS

DAY = date(2022, 2, 24)
PATIENCE = 60.0
"""Seconds."""


@pytest.fixture
def own(demo: Workspace, tmp_path: Path) -> Workspace:
    """A workspace that may be changed."""
    shutil.copytree(demo.folder, tmp_path / "own")
    return find_workspace(str(tmp_path / "own"), {}, Path())


def test_what_is_reckoned_is_what_siaga_warn_tells(demo: Workspace) -> None:
    found, told = reckon(demo, DAY), warned(demo, DAY, Wanted(most=100))
    assert [unit for _, unit in found.board] == [card.unit for card in told.cards]
    assert found.units == told.units == len(found.found) + len(found.others)


def test_a_process_of_its_own_reckons_the_same(demo: Workspace) -> None:
    aside, here = reckon_aside(demo, DAY), reckon(demo, DAY)
    assert aside.replace(moment="") == here.replace(moment="")


def test_what_a_process_of_its_own_can_not_read_is_told_here(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such file"):
        reckon_aside(Workspace(folder=tmp_path), DAY)


def test_much_is_not_waited_for_and_is_there_for_the_next_process(
    own: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlooks, "LITTLE", 1)
    with TestClient(application(own), base_url=ADDRESS) as client:
        assert "is being reckoned for the first time" in client.get("/en/board").text
        until = time.monotonic() + PATIENCE
        while (board := client.get("/en/board.json").json()["shown"])["reckoned"] is None:
            assert time.monotonic() < until
            time.sleep(0.2)
        assert board["top"]
    saved = kept(own)
    assert saved
    assert saved.reckoned.moment == board["reckoned"]
    later = Outlooks(own).on(date.fromisoformat(saved.reckoned.as_of), newest=True)
    assert later
    assert later.reckoned == saved.reckoned


def test_an_earlier_one_answers_until_a_later_one_is_made(own: Workspace) -> None:
    held = Outlooks(own)
    first = held.on(DAY, newest=True)
    (own.segments / "touched").touch()
    assert held.on(DAY, newest=True) is first
    assert held.on(date(2022, 2, 25), newest=True) is first


def test_what_was_kept_by_another_version_is_nothing(own: Workspace) -> None:
    keep(own, Saved(state=(), took=1.0, reckoned=reckon(own, DAY)))
    assert kept(own)
    (own.cache / "outlook.msgpack").write_bytes(b"\x80")
    assert kept(own) is None
    assert Outlooks(own).on(DAY, newest=True)


def test_of_a_later_day_nothing_is_taken_for_an_earlier_one(own: Workspace) -> None:
    keep(own, Saved(state=(), took=1.0, reckoned=reckon(own, DAY)))
    found = Outlooks(own).on(date(2022, 2, 20), newest=True)
    assert found
    assert found.reckoned.as_of == "2022-02-20"


def test_of_a_unit_beside_many_others_the_level_is_kept(own: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reckoning, "MOST_UNITS", 1)
    with TestClient(application(own), base_url=ADDRESS) as client:
        board = client.get("/en/board.json").json()["shown"]
        found = reckon(own, date.fromisoformat(board["as_of"]))
        assert {kind for kind, _, _ in found.found} == {"pair", "country"}
        told = {unit: level for kind, unit, level in found.others if kind == "country"}
        for unit, level in tuple(told.items())[:3]:
            page = client.get(f"/en/country/{unit}.json").json()["shown"]
            assert (page["card"], page["judged"], page["level"]) == (None, True, level)
