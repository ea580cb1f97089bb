"""Logs as JSON: a line each, whole, of all that is said, and without a secret."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from siaga.serve.logs import logged, note, secrets_of, timed
from siaga.store.workspace import lay_out
from tests.unit.serve.test_gather import shelved, with_its_file

Told = pytest.CaptureFixture[str]


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_an_event_has_a_moment_a_level_its_name_and_its_fields(capsys: Told) -> None:
    with logged("json"):
        note("article.saved", article="a1", events=3)
        with timed("link"):
            pass
    first, second = lines(capsys.readouterr().err)
    assert first["time"].endswith("Z")
    assert {name: first[name] for name in ("level", "event", "article", "events")} == {
        "level": "info", "event": "article.saved", "article": "a1", "events": 3,
    }  # fmt: skip
    assert (second["event"], second["step"]) == ("step", "link")


def test_what_else_is_written_to_standard_error_becomes_an_event_too(capsys: Told) -> None:
    with logged("json"):
        click.echo("linked: 3 articles\nstories: 2", err=True)
        sys.stderr.write("half ")
        sys.stderr.write("a line\n")
        logging.getLogger("siaga.flow").warning("could not %s", "read")
        logging.getLogger("another").info("too much")
    assert [(one["event"], one["message"]) for one in lines(capsys.readouterr().err)] == [
        ("said", "linked: 3 articles"), ("said", "stories: 2"), ("said", "half a line"), ("logged", "could not read"),
    ]  # fmt: skip


def test_a_traceback_is_one_line(capsys: Told) -> None:
    with logged("json"):
        error = ValueError("broken")
        sys.excepthook(type(error), error, error.__traceback__)
    [one] = lines(capsys.readouterr().err)
    assert (one["level"], "ValueError: broken" in one["traceback"]) == ("error", True)


def test_no_secret_is_in_any_line(capsys: Told, tmp_path: Path) -> None:
    where = lay_out(tmp_path, {})
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets/mail").write_text('kata "sandi"\n', "utf-8")
    with logged("json", secrets_of(where, {"SIAGA_SECRET_WEBHOOK": "of the hook", "SIAGA_SECRET_X": "ab"})):
        note("message.waiting", told='535 kata "sandi" refused', target="https://ani:geheim@example.org/x")
        click.echo("Authorization: Bearer 0123456789abcdef of the hook", err=True)
    text = capsys.readouterr().err
    assert not [one for one in ("sandi", "geheim", "0123456789abcdef", "of the hook") if one in text]
    assert len(lines(text)) == 2
    assert "https://…@example.org/x" in text


def test_as_text_nothing_changes(capsys: Told) -> None:
    with logged("text"):
        note("article.saved")
        click.echo("said", err=True)
    assert capsys.readouterr().err == "said\n"


def test_watching_tells_each_article_and_ends_with_what_it_came_to(tmp_path: Path) -> None:
    with shelved(tmp_path, 3) as shelf:
        with_its_file(shelf)
        command = [sys.executable, "-m", "siaga", "watch", "--quiet", "--log", "json", "--for", "8"]
        run = subprocess.run([*command, "-w", str(shelf.folder)], capture_output=True, text=True, check=True)
    told = [json.loads(line) for line in run.stderr.splitlines()]
    assert run.stdout == ""
    [end] = [one for one in told if one["event"] == "gathered"]
    assert sum(one["event"] == "article.saved" for one in told) == end["articles"] > 0


def test_an_error_that_ends_a_command_is_told_as_an_event(tmp_path: Path) -> None:
    lay_out(tmp_path, {})
    (tmp_path / "siaga.db").write_bytes(b"no database at all" * 1000)
    command = [sys.executable, "-m", "siaga", "daily", "--as-of", "2022-01-01", "--log", "json", "-w", str(tmp_path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 65
    assert "is damaged" in run.stderr.splitlines()[-1]
