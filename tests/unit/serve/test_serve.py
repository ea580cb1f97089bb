"""`siaga serve` as a user runs it."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from siaga.serve.cli import main
from siaga.store.workspace import Workspace, lay_out

PROGRAM = (sys.executable, "-m", "siaga")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """An empty workspace."""
    folder = tmp_path_factory.mktemp("served")
    assert CliRunner().invoke(main, ["init", str(folder)]).exit_code == 0
    return lay_out(folder, {})


@contextmanager
def served(place: Workspace, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server, and the address that it prints."""
    command = [*PROGRAM, "serve", "--port", "0", "-w", str(place.folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_address_answers_and_ends_when_it_is_told_to(place: Workspace, told: signal.Signals) -> None:
    with served(place) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        with urlopen(f"{address}en/board") as answer:  # noqa: S310 - our own
            assert answer.status == 200
            assert "server" not in {name.lower() for name in answer.headers}
        process.send_signal(told)
        assert process.wait(20) == 0
        assert process.stderr
        assert process.stderr.read() == ""


def test_nothing_is_opened_but_the_port(place: Workspace) -> None:
    with served(place) as (process, address):
        with urlopen(f"{address}en/board") as answer:  # noqa: S310 - our own
            assert answer.status == 200
        assert listening(process.pid) == {("127.0.0.1", int(address.rsplit(":", 1)[1].strip("/")))}


def listening(pid: int) -> set[tuple[str, int]]:
    """Addresses and ports on which a process listens (Linux)."""
    if not Path("/proc/net/tcp").is_file():
        pytest.skip("no /proc")
    own = {link.readlink().name for link in Path(f"/proc/{pid}/fd").iterdir() if "socket" in str(link.readlink())}
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    held = [row[1] for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in own]
    pairs = [one.split(":") for one in held]
    return {(socket.inet_ntoa(bytes.fromhex(host)[::-1]), int(port, 16)) for host, port in pairs}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])  # noqa: S104 - it is refused
def test_it_is_not_bound_where_others_could_reach_it(place: Workspace, host: str) -> None:
    done = CliRunner().invoke(main, ["serve", "--host", host, "-w", str(place.folder)])
    assert done.exit_code == 2
    assert "nobody has an account" in done.output


def test_a_port_that_is_taken_is_told_with_what_to_do(place: Workspace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(main, ["serve", "--port", port, "-w", str(place.folder)])
    assert done.exit_code == 2
    assert "Is another siaga serve running?" in done.output
