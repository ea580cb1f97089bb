"""What browsers load was built from what is in the repository, and everything in it is ours or has its licence."""

from __future__ import annotations

import json
import re
import shutil
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
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundles made anew, with exactly the packages that are pinned."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("web")
    shutil.copytree(TOOLS, folder / "web", ignore=shutil.ignore_patterns("node_modules"))
    try:
        installed = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--prefer-offline"], cwd=folder / "web", capture_output=True,
            timeout=3 * MINUTE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        pytest.skip("npm could not fetch the packages within three minutes")
    if installed.returncode:
        pytest.skip(f"npm could not fetch the packages: {installed.stderr[-200:].decode()}")
    subprocess.run(["node", "build.mjs", str(folder / "dist")], cwd=folder / "web", check=True, timeout=MINUTE)
    return folder / "dist"


def test_the_bundles_are_those_that_are_built_today(built: Path) -> None:
    assert contents(built) == contents(DIST), "build anew: cd tools/web && npm ci && npm run build"


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
