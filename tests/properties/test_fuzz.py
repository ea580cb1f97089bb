"""Whatever comes from outside, a parser takes it or says in its own words why not; `make fuzz` tries far more."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.parsers import PARSERS, changed, parse

EXAMPLES = 25
"""Of each parser, the same every time: new ones are looked for by `make fuzz`; what it found has tests of its own."""


@pytest.mark.parametrize("name", PARSERS)
def test_an_example_is_taken_as_it_is(name: str) -> None:
    assert [body for body in PARSERS[name].examples if not parse(name, body)] == []


@pytest.mark.parametrize("name", PARSERS)
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_a_parser_meets_no_error_but_its_own(name: str, data: st.DataObject) -> None:
    parse(name, data.draw(changed(name)))
