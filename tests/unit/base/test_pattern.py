"""Patterns that may run away are found, others are left alone."""

from __future__ import annotations

import re

import pytest

from siaga.base.errors import PackError
from siaga.base.pattern import compile_pattern, slow_text


@pytest.mark.parametrize("pattern", ["(a+)+b", r"(\w+\s?)*!", "(?:x|xx)+y", r"(?:(?:Baca|Lihat)\s*)+:(?:\s*\S+)*\.$"])
def test_a_pattern_that_may_run_away_is_found(pattern: str) -> None:
    assert slow_text(re.compile(pattern), ["Baca: satu dua."]) is not None


@pytest.mark.parametrize("pattern", [r"(?:\s+\d+)*x", r"\w+ \d+", r"(?:Baca|Lihat) juga: .{1,200}", ".*"])
def test_a_pattern_that_never_does_is_left_alone(pattern: str) -> None:
    assert slow_text(re.compile(pattern), ["Baca juga: satu dua"]) is None


def test_a_pattern_that_is_none_is_told_with_its_rule() -> None:
    with pytest.raises(PackError, match=r"rule 'own/x': expected a regular expression, met '\('"):
        compile_pattern("(", "own/x")
