"""The units of deploy/ are right for systemd, run commands that there are, and keep their rights small."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from siaga.serve.cli import main

ROOT = Path(__file__).parents[2]
SERVICES = sorted((ROOT / "deploy").glob("*.service"))
UNITS = [*SERVICES, *sorted((ROOT / "deploy").glob("*.timer"))]
PROGRAM = "/opt/siaga/bin/siaga"
HARDENED = (
    "DynamicUser=yes", "ProtectSystem=strict", "ProtectHome=yes", "NoNewPrivileges=yes", "CapabilityBoundingSet=",
    "PrivateTmp=yes", "SystemCallFilter=@system-service", "RestrictNamespaces=yes", "User=siaga",
)  # fmt: skip
MOST_EXPOSED = 2.0


def parsed(command: click.Command, words: list[str]) -> None:
    """A command line is taken as it is written; nothing is run."""
    if isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, words
        parsed(found, words[1:])
    else:
        command.make_context("siaga", words).close()


def commands(path: Path) -> list[list[str]]:
    lines = re.findall(r"^ExecStart=(.*)$", path.read_text("utf-8"), re.MULTILINE)
    return [shlex.split(line) for line in lines]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_runs_a_command_that_there_is_and_keeps_its_rights_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert commands(path)
    for program, *words in commands(path):
        assert program == PROGRAM
        parsed(main, words)
    assert [line for line in HARDENED if f"\n{line}\n" not in text] == []


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_has_nothing_to_say_against_a_unit(path: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for unit in UNITS:  # a timer names its service; what it runs is not installed here
        (tmp_path / unit.name).write_text(unit.read_text("utf-8").replace(PROGRAM, "/bin/true"), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / path.name)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_a_service_is_little_exposed(path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={int(MOST_EXPOSED * 10)}", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-300:]


def test_both_readmes_name_every_file_and_the_same_commands() -> None:
    english, indonesian = ((ROOT / "deploy" / name).read_text("utf-8") for name in ("README.md", "README.id.md"))
    for path in UNITS:
        assert path.stem in english
        assert path.stem in indonesian
    blocks = [re.findall(r"^```text\n(.*?)^```", text, re.MULTILINE | re.DOTALL) for text in (english, indonesian)]
    assert blocks[0] == blocks[1]
