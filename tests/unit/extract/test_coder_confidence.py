"""How probable it is that an event is right as a whole."""

from __future__ import annotations

import pytest

from siaga.extract.coder.confidence import Certainty, confidence, load_confidence, numbers

PLAIN = Certainty(trigger=0.8, status=0.9, actors=(0.8,), recipients=(0.8,))


def sure(certainty: Certainty) -> float:
    return confidence(certainty, load_confidence())


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (PLAIN._replace(trigger=0.6), PLAIN._replace(trigger=0.95)),
        (PLAIN._replace(status=0.6), PLAIN._replace(status=0.95)),
        (PLAIN._replace(actors=(0.6,)), PLAIN._replace(actors=(0.95,))),
        (PLAIN._replace(recipients=(0.6,)), PLAIN._replace(recipients=(0.95,))),
    ],
)
def test_who_is_surer_of_a_part_is_surer_of_the_whole(less: Certainty, more: Certainty) -> None:
    assert sure(less) < sure(more)


def test_the_whole_is_a_probability_even_where_a_part_is_certain_or_impossible() -> None:
    assert 0 < sure(Certainty(0.0, 0.0, (0.0,), (0.0,))) < sure(Certainty(1.0, 1.0, (1.0,), (1.0,))) < 1


def test_the_weakest_of_several_parties_counts() -> None:
    assert numbers(PLAIN._replace(actors=(0.9, 0.6)))["actors"] == numbers(PLAIN._replace(actors=(0.6,)))["actors"]


def test_what_is_looked_at_is_what_has_a_weight() -> None:
    assert set(numbers(PLAIN)) == set(load_confidence())
