"""The order of the folders holds, and the check that says so bites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(folder / "src")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def copy_of_the_tree(folder: Path) -> Path:
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "assets"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_layers_hold() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout


def test_an_import_upwards_is_found(tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path)
    with (tree / "src/siaga/base/ids.py").open("a") as file:
        file.write("\nfrom siaga.extract import tokens\n")
    result = lint_imports(tree)
    assert result.returncode == 1
    assert "siaga.base is not allowed to import siaga.extract" in result.stdout


def test_a_folder_without_a_place_in_the_order_is_found(tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path)
    (tree / "src/siaga/utils").mkdir()
    (tree / "src/siaga/utils/__init__.py").touch()
    result = lint_imports(tree)
    assert result.returncode == 1
    assert "utils" in result.stdout


def test_the_network_is_out_of_reach_of_reading(tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path)
    with (tree / "src/siaga/extract/tokens.py").open("a") as file:
        file.write("\nimport socket\n")
    assert lint_imports(tree).returncode == 1
