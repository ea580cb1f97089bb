"""A workspace with pages of the demo archive, made once, and somebody who asks it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from siaga.serve.cli import main
from siaga.serve.web.app import application
from siaga.store.workspace import Workspace, find_workspace

ADDRESS = "http://127.0.0.1:8000"
SHOWN = "2022-02"
"""Beginning of the names of the pages that are read: a month is enough, and six seconds."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with a month of the demo archive, linked. Tests only read it."""
    folder = tmp_path_factory.mktemp("demo")
    with as_file(files("siaga") / "assets" / "demo" / "pages") as pages:
        chosen = sorted(str(page) for page in pages.iterdir() if page.name.startswith(SHOWN))
        for arguments in (("init", str(folder)), ("read", *chosen, "--save", "-f", "none"), ("link",)):
            done = CliRunner(env={"SIAGA_WORKSPACE": str(folder), "LANG": "en"}).invoke(main, arguments)
            assert done.exit_code == 0, done.output
    return find_workspace(str(folder), {}, Path())


@pytest.fixture
def client(demo: Workspace) -> Iterator[TestClient]:
    """Somebody at this machine, with a browser that keeps cookies."""
    with TestClient(application(demo), base_url=ADDRESS, follow_redirects=False) as asks:
        yield asks
