"""Every hit and miss of every grammar of every pack, read as the engine reads."""

from __future__ import annotations

from collections import Counter

import pytest

from siaga.base.pack import languages
from siaga.extract.checks.examples import Example, examples
from siaga.flow import annotate

GAPS: dict[str, str] = {}
"""Hits that aren't read yet; the test fails when one is."""
GRAMMARS = (
    "actors", "asides", "dates", "events", "junk", "magnitudes", "metadata", "morphology", "places", "quotes",
    "sentences",
)  # fmt: skip
EXAMPLES = [example for code in languages() for example in examples(code, annotate)]


def parameter(example: Example) -> object:
    gap = GAPS.get(example.text)
    marks = [pytest.mark.xfail(reason=gap, strict=True)] if gap else []
    name = f"{example.language}/{example.grammar}/{example.rule}-{example.kind}-{example.text[:40]}"
    return pytest.param(example, id=name, marks=marks)


@pytest.mark.parametrize("example", [parameter(example) for example in EXAMPLES])
def test_an_example_is_read_as_its_rule_says(example: Example) -> None:
    assert example.read() is None


@pytest.mark.parametrize("language", languages())
def test_every_grammar_has_hits_and_misses(language: str) -> None:
    counts = Counter((one.grammar, one.kind) for one in EXAMPLES if one.language == language)
    assert {grammar for grammar, _ in counts} == set(GRAMMARS)
    assert [grammar for grammar in GRAMMARS if not (counts[grammar, "hit"] and counts[grammar, "miss"])] == []
