"""The ids of rules of quotes and sentences name their language and grammar."""

from __future__ import annotations

import pytest

from siaga.base.pack import languages, load_pack
from siaga.extract.attribution import quote_rules
from siaga.extract.sentences import join_rules


@pytest.mark.parametrize("code", languages())
def test_ids_of_rules_are_of_the_language(code: str) -> None:
    assert all(rule.id.startswith(f"{code}/quotes/") for rule in quote_rules(load_pack(code)))
    assert all(rule.id.startswith(f"{code}/sentences/") for rule in join_rules(load_pack(code)))
