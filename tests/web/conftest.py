"""A workspace with pages of the demo archive, made once, and somebody who asks it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from siaga.serve.cli import main
from siaga.serve.web.app import application
from siaga.store.workspace import Workspace, find_workspace

TOOLS = Path(__file__).parents[2] / "tools/web"
NPM_SECONDS = 180
ADDRESS = "http://127.0.0.1:8000"
SHOWN = ("2022-02",)
"""Beginnings of the names of the pages that are read: a month is enough, and six seconds."""
WINTER = ("2021-12", "2022-01")
"""Those of two months at whose end more warnings stand."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with a month of the demo archive, linked. Tests only read it."""
    return _read(tmp_path_factory.mktemp("demo"), SHOWN)


@pytest.fixture(scope="session")
def winter(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same with two months before it."""
    return _read(tmp_path_factory.mktemp("winter"), WINTER)


def _read(folder: Path, beginnings: tuple[str, ...]) -> Workspace:
    with as_file(files("siaga") / "assets" / "demo" / "pages") as pages:
        chosen = sorted(str(page) for page in pages.iterdir() if page.name.startswith(beginnings))
        for arguments in (
            ("init", str(folder)), ("read", *chosen, "--save", "-f", "none"), ("link",), ("claims", "resolve"),
        ):  # fmt: skip
            done = CliRunner(env={"SIAGA_WORKSPACE": str(folder), "LANG": "en"}).invoke(main, arguments)
            assert done.exit_code == 0, done.output
    return find_workspace(str(folder), {}, Path())


@pytest.fixture(scope="session")
def npm_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the web, exactly those that are pinned, with what builds from them beside."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("web") / "web"
    shutil.copytree(TOOLS, folder, ignore=shutil.ignore_patterns("node_modules"))
    try:
        installed = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--prefer-offline"], cwd=folder, capture_output=True,
            timeout=NPM_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        pytest.skip("npm could not fetch the packages within three minutes")
    if installed.returncode:
        pytest.skip(f"npm could not fetch the packages: {installed.stderr[-200:].decode()}")
    return folder / "node_modules"


@pytest.fixture
def winter_client(winter: Workspace) -> Iterator[TestClient]:
    """Likewise, of the two months before."""
    with TestClient(application(winter), base_url=ADDRESS, follow_redirects=False) as asks:
        yield asks


@pytest.fixture
def client(demo: Workspace) -> Iterator[TestClient]:
    """Somebody at this machine, with a browser that keeps cookies."""
    with TestClient(application(demo), base_url=ADDRESS, follow_redirects=False) as asks:
        yield asks
