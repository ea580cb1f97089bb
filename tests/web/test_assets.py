"""What browsers load was built from what is in the repository, and everything in it is ours or has its licence."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tools/web"
DIST = ROOT / "src/siaga/serve/web/static/dist"
MINUTE = 60


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built(npm_packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundles made anew, with exactly the packages that are pinned."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(["node", "build.mjs", str(folder)], cwd=npm_packages.parent, check=True, timeout=MINUTE)
    return folder


def test_the_bundles_are_those_that_are_built_today(built: Path) -> None:
    assert contents(built) == contents(DIST), "build anew: cd tools/web && npm ci && npm run build"


def test_the_outlines_of_countries_are_those_that_are_drawn_today(npm_packages: Path, tmp_path: Path) -> None:
    drawn, points = tmp_path / "outlines.json", tmp_path / "points.json"
    command = ["node", "outlines.mjs", str(drawn), str(points)]
    subprocess.run(command, cwd=npm_packages.parent, check=True, timeout=MINUTE)
    assert drawn.read_bytes() == (ROOT / "src/siaga/assets/map/natural-earth.json").read_bytes()
    assert points.read_bytes() == (ROOT / "tests/unit/report/equal_earth.json").read_bytes()


def test_every_package_that_is_bundled_has_its_licence_beside_it() -> None:
    bundled = json.loads((TOOLS / "package.json").read_text("utf-8"))["dependencies"]
    assert bundled
    assert [name for name in bundled if not (DIST / f"{name.partition('.')[0]}.LICENSE.txt").is_file()] == []


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((TOOLS / "package-lock.json").read_text("utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all(package["integrity"] for name, package in lock["packages"].items() if name)


def test_what_a_page_loads_is_there(client: TestClient) -> None:
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', client.get("/en/board").text)
    assert len(addresses) >= 3
    assert [address for address in addresses if client.get(address).status_code != 200] == []
