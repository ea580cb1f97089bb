"""Every regular expression that Siaga compiles, of its code and of its packs, ends soon on text made to slow it.

The rules of packs are tried one by one with their examples when packs are checked (`file_faults`), those that see whole
pages on longer text in `test_patterns.py`. This finds whatever else is compiled, wherever somebody adds it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from typing import NamedTuple

import pytest

from siaga.base.pattern import slow_text

LEAST, LEAST_OF_PACKS = 250, 120
"""Expressions; fewer would mean that they are not found any more."""
RECORDER = """
import importlib, json, pkgutil, re, sys
found, compiled = {}, re.compile
def recording(pattern, flags=0):
    made, file = compiled(pattern, flags), sys._getframe(1).f_code.co_filename
    if "/siaga/" in file and isinstance(made.pattern, str):
        found[made.pattern, made.flags] = file.rpartition("/siaga/")[2]
    return made
re.compile = recording
import siaga
for module in pkgutil.walk_packages(siaga.__path__, "siaga."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from siaga.flow import rehearse
rehearse()
print(json.dumps([[where, pattern, flags] for (pattern, flags), where in found.items()]))
"""


class Expression(NamedTuple):
    """A regular expression, and the module that compiled it."""

    where: str
    pattern: str
    flags: int


@pytest.fixture(scope="module")
def expressions() -> tuple[Expression, ...]:
    """All that are compiled when every module is loaded and every language has been read once."""
    done = subprocess.run([sys.executable, "-c", RECORDER], capture_output=True, text=True, check=True)
    return tuple(Expression(*one) for one in json.loads(done.stdout))


def test_all_expressions_end_soon_on_every_piece_repeated(expressions: tuple[Expression, ...]) -> None:
    assert len(expressions) > LEAST
    slow = [(one.where, one.pattern, text) for one in expressions if (text := _slow_on(one)) is not None]
    assert slow == []


def test_those_of_the_packs_and_of_every_layer_are_among_them(expressions: tuple[Expression, ...]) -> None:
    layers = Counter(one.where.split("/")[0] for one in expressions)
    assert {"base", "collect", "extract", "link", "monitor", "report", "serve", "store"} <= set(layers)
    assert sum(one.where == "base/pattern.py" for one in expressions) > LEAST_OF_PACKS


def _slow_on(one: Expression) -> str | None:
    return slow_text(re.compile(one.pattern, one.flags), ())
