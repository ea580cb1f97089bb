"""`siaga read` on poor terminals, full disks, closed pipes and under impatient fingers."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "Para menteri NATO bertemu di Riga pada Selasa — “serius” · Łódź. Rusia menyerang Ukraina pada Senin."
SIAGA = (sys.executable, "-m", "siaga")
FORMATS = ("table", "csv", "jsonl")
FULL = Path("/dev/full")
NO_LETTERS_BUT_ASCII = (
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)


def siaga(*arguments: str, text: str = TEXT, **environment: str) -> subprocess.CompletedProcess[bytes]:
    env = os.environ | environment
    return subprocess.run((*SIAGA, *arguments), input=text.encode(), env=env, capture_output=True, check=False)


def many(folder: Path) -> str:
    """A file of many short articles."""
    lines = (json.dumps({"id": f"a{number}", "text": TEXT, "date": "2021-11-30"}) for number in range(3000))
    (folder / "news.jsonl").write_text("\n".join(lines), "utf-8")
    return str(folder / "news.jsonl")


def on_terminal(*arguments: str, output: int | None = None) -> str:
    """What a person sees of a command, with its output on the terminal or elsewhere."""
    master, slave = pty.openpty()
    environment = os.environ | {"COLUMNS": "80", "TERM": "xterm"}
    with subprocess.Popen(
        (*SIAGA, *arguments), stdin=subprocess.DEVNULL, stdout=output or slave, stderr=slave, env=environment
    ):
        os.close(slave)
        return seen(master)


def seen(master: int) -> str:
    shown = b""
    while True:
        try:
            shown += os.read(master, 65_536)
        except OSError:  # Linux says so when the last writer is gone
            os.close(master)
            return shown.decode()


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("environment", NO_LETTERS_BUT_ASCII)
def test_a_terminal_without_our_letters_is_written_to(format_: str, environment: dict[str, str]) -> None:
    result = siaga("read", "-", "-f", format_, **environment)
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"ASSAULT" in result.stdout


def test_data_for_programs_is_utf_8_whatever_the_terminal_speaks() -> None:
    rows = siaga("read", "-", "-f", "csv", PYTHONIOENCODING="ascii").stdout.decode()
    assert any("“serius”" in row["sentence"] for row in csv.DictReader(io.StringIO(rows)))
    [line] = siaga("read", "-", "-f", "jsonl", PYTHONIOENCODING="ascii").stdout.splitlines()
    assert json.loads(line)["article"]["text"] == TEXT


@pytest.mark.parametrize("format_", FORMATS)
def test_a_reader_that_has_seen_enough_ends_us_quietly(format_: str, tmp_path: Path) -> None:
    with begun(tmp_path, format_) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.wait() == 128 + signal.SIGPIPE
    assert (tmp_path / "told").read_text("utf-8") == ""


@pytest.mark.parametrize("format_", FORMATS)
def test_an_interrupt_ends_us_without_a_traceback(format_: str, tmp_path: Path) -> None:
    with begun(tmp_path, format_) as process:
        process.send_signal(signal.SIGINT)
        process.communicate()
        assert process.returncode == 128 + signal.SIGINT
    assert (tmp_path / "told").read_text("utf-8") == ""


def begun(folder: Path, format_: str) -> subprocess.Popen[bytes]:
    """A long reading that has written its first byte; what it tells on standard error goes to a file, `told`."""
    with (folder / "told").open("wb") as told:
        process = subprocess.Popen((*SIAGA, "read", many(folder), "-f", format_), stdout=subprocess.PIPE, stderr=told)
    assert process.stdout is not None
    assert process.stdout.read(1), (folder / "told").read_text("utf-8")
    return process


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "arguments", [*(("read", "-", "-f", format_) for format_ in FORMATS), ("--help",), ("read", "-h")]
)
def test_a_full_disk_is_told_in_a_line(arguments: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        result = subprocess.run(
            (*SIAGA, *arguments), input=TEXT.encode(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert (result.returncode, result.stderr) == (74, b"could not write: No space left on device\n")


def test_streams_that_are_closed_are_told_or_not_needed(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    read = f"'{sys.executable}' -m siaga read '{tmp_path}/page.txt' -f jsonl"
    shells = [("sh", "-c", f"{read} {closed}") for closed in (">&-", "<&-", "2>&-")]
    results = [subprocess.run(shell, check=False, capture_output=True) for shell in shells]
    assert [result.returncode for result in results] == [74, 0, 0]
    assert results[0].stderr == b"could not write: standard output is closed\n"


@pytest.mark.parametrize("columns", [20, 50, 80, 109, 110, 200])
def test_a_sentence_has_room_on_any_terminal(columns: int) -> None:
    lines = siaga("read", "-", COLUMNS=str(columns)).stdout.decode().splitlines()
    assert max(map(len, lines)) <= columns
    assert any("Rusia menyerang" in line for line in lines)


def test_brackets_of_a_page_are_its_own() -> None:
    text = 'Presiden Rusia [/bold] Vladimir Putin :smile: mengatakan "[red]kami akan menyerang[/]" kepada AFP, Senin.'
    result = siaga("read", "-", text=text, COLUMNS="200")
    assert result.returncode == 0
    assert "[red]kami" in result.stdout.decode()


def test_progress_is_for_those_who_wait(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(TEXT, "utf-8")
    target = tmp_path / ".out"
    with target.open("wb") as output:
        shown = on_terminal("read", str(tmp_path), "-f", "jsonl", output=output.fileno())
    assert " pages, " in shown
    assert "Traceback" not in shown
    assert len(target.read_bytes().splitlines()) == 30


def test_no_progress_among_results_or_in_files(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    assert " pages, " not in on_terminal("read", str(tmp_path))
    assert siaga("read", str(tmp_path), "-f", "jsonl").stderr == b""
