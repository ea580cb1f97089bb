"""`siaga backup` and `siaga restore`, as they are typed, in both languages."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from siaga.serve.cli import main
from siaga.store.workspace import Workspace
from tests.unit.serve.contents import contents
from tests.unit.store.shelves import filled


def siaga(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


@pytest.fixture
def where(tmp_path: Path) -> Workspace:
    made = filled(tmp_path)
    (made.folder / "secrets").mkdir()
    (made.folder / "secrets/mail").write_text("x", "utf-8")
    return made


def test_a_workspace_goes_into_a_file_and_comes_out_of_it(where: Workspace, tmp_path: Path) -> None:
    file, folder = tmp_path / "b.tar.gz", tmp_path / "again"
    told = siaga("backup", str(file), "-w", str(where.folder), "--lang", "en")
    digest = sha256(file.read_bytes()).hexdigest()
    assert (told.exit_code, f"SHA-256 {digest}" in told.stdout) == (0, True)
    assert "left out" in told.stderr
    assert "secrets" in told.stderr
    assert siaga("restore", str(file), "--check").exit_code == 0
    assert siaga("restore", str(file), str(folder), "--sha256", digest.upper()).exit_code == 0
    assert contents(Workspace(folder=folder)) == contents(where)


def test_what_is_told_is_told_in_indonesian_too(where: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    told = siaga("backup", str(file), "-w", str(where.folder), "--lang", "id")
    assert "dibaca ulang dan utuh" in told.stdout
    assert "kata sandi" in told.stderr
    assert "utuh" in siaga("restore", str(file), "--check", "--lang", "id").stdout
    assert "sebutkan folder" in siaga("restore", str(file), "--lang", "id").stderr


def test_without_a_name_the_file_is_called_after_folder_and_moment(
    where: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert siaga("backup", "-w", str(where.folder)).exit_code == 0
    [file] = (tmp_path / "here").iterdir()
    assert file.name.startswith("work-20")
    assert file.name.endswith("Z.tar.gz")


def test_another_file_than_the_one_that_was_meant_is_refused(where: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "b.tar.gz"
    siaga("backup", str(file), "-w", str(where.folder))
    told = siaga("restore", str(file), str(tmp_path / "again"), "--sha256", "0" * 64)
    assert (told.exit_code, (tmp_path / "again").exists()) == (2, False)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("backup", "b.zip", "-w", "{work}"), 2),
        (("backup", "nowhere/b.tar.gz", "-w", "{work}"), 74),
        (("restore", "{work}/siaga.toml", "again"), 65),
        (("restore", "{file}", "{work}"), 2),
    ],
)
def test_what_can_not_be_is_told_with_its_code(
    words: tuple[str, ...], code: int, where: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    siaga("backup", "b.tar.gz", "-w", str(where.folder))
    named = [word.format(work=where.folder, file=tmp_path / "b.tar.gz") for word in words]
    assert siaga(*named).exit_code == code
    assert not (tmp_path / "again").exists()
