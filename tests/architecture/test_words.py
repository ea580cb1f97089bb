"""The engine contains no word of any language: words belong to the packs."""

from __future__ import annotations

import ast
import csv
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE = sorted([*ROOT.glob("src/siaga/extract/**/*.py"), *ROOT.glob("src/siaga/collect/**/*.py")])
LEXICONS = ("function_words", "reporting", "numbers", "months", "weekdays", "status", "markers")
LEAST_LETTERS = 3
"""Shorter forms are also codes and abbreviations ("id", "en")."""
NO_LANGUAGE = frozenset({"posting", "report", "inside", "mon"})
"""Types of schema.org, the value of a feature, the name of a regular expression's group."""


@cache
def words_of_the_packs() -> frozenset[str]:
    words: set[str] = set()
    for name in LEXICONS:
        for path in ROOT.glob(f"src/siaga/assets/lang/*/lexicon/{name}.csv"):
            lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
            words |= {row[0].lower() for row in csv.reader(lines[1:]) if row}
    return (
        frozenset(word for word in words if len(word) >= LEAST_LETTERS and word.isalpha())
        - names_of_ours()
        - NO_LANGUAGE
    )


@cache
def names_of_ours() -> frozenset[str]:
    """Words that name our own things: identifiers of the code, columns of the packs and the classes in them."""
    names: set[str] = set()
    for path in (ROOT / "src/siaga").rglob("*.py"):
        names |= {path.stem, *identifiers(ast.parse(path.read_text("utf-8")))}
    for path in ROOT.glob("src/siaga/assets/lang/*/*/*.csv"):
        lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        header, *rows = csv.reader(lines)
        names |= {path.stem, *header, *(cell for row in rows for cell in row[1:])}
    return frozenset(part for name in names for part in (name, *name.split("_")))


def identifiers(tree: ast.AST) -> set[str]:
    """Every name that a module gives or uses."""
    fields = ("id", "attr", "name", "arg")
    return {
        value for node in ast.walk(tree) for field in fields if isinstance(value := getattr(node, field, None), str)
    }


def literals(path: Path) -> set[str]:
    """String literals of a module that are not docstrings, attribute documentation or annotations."""
    tree = ast.parse(path.read_text("utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in prose)
    return {node.value for node in constants if isinstance(node.value, str)}


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT / "src/siaga")))
def test_the_engine_contains_no_word_of_a_language(path: Path) -> None:
    found = {literal for literal in literals(path) if literal.lower().strip() in words_of_the_packs()}
    assert not found, f"words of a pack in code: {sorted(found)}"


def test_a_word_in_code_would_be_found(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text('"""Docstrings may say bahwa."""\nif word == "bahwa":\n    pass\n')
    assert literals(bad) & words_of_the_packs() == {"bahwa"}
