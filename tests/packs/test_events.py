"""The event rules of each pack cover the ontology."""

from __future__ import annotations

import pytest

from siaga.base.pack import languages
from siaga.extract.coder.triggers import event_rules


@pytest.mark.parametrize("code", languages())
def test_every_type_has_rules(code: str) -> None:
    assert len({rule.type for rule in event_rules(code).values()}) == 16
