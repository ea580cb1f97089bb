"""Claims by hand are compiled like all others; what is not said stays as it was in the one they replace."""

from __future__ import annotations

import pytest

from siaga.base.errors import GivenError
from siaga.base.event import Evidence
from siaga.monitor.claims_given import GivenClaim, drawn_up, taken_back
from tests.unit.monitor.claiming import claim_of, query_of

SENTENCE = Evidence(start=0, end=17, text="They will attack.")
NEW = GivenClaim(made="2022-02-01", type="ASSAULT", evidence=SENTENCE, actors=("RUS",), earliest="2022-02-20")


def test_a_new_claim_is_compiled() -> None:
    claim = drawn_up(NEW, None, "ani", None)
    assert (query_of(claim).actors, query_of(claim).latest) == (("RUS",), "2022-05-21")
    assert claim.band is not None
    assert (claim.band.name, claim.by) == ("possible", "ani")


def test_what_is_not_said_stays_as_it_was_and_the_id_is_another() -> None:
    old = claim_of()
    new = drawn_up(GivenClaim(latest="2022-02-10"), old, "ani", "the beginning of February")
    assert new.replace(id=old.id, latest=None, query=old.query, by=None, note=None) == old
    assert (query_of(new).latest, query_of(new).end_by_rule) == ("2022-02-10", False)
    assert new.id != old.id


def test_a_claim_that_could_not_be_resolved_can_be_given_what_it_lacks() -> None:
    old = claim_of().replace(query=None, reason="unsure_reading")
    assert drawn_up(GivenClaim(), old, "ani", None).reason is None


def test_a_condition_given_in_words_can_t_be_checked() -> None:
    claim = drawn_up(NEW.replace(condition="if talks fail"), None, "ani", None)
    assert (claim.query, claim.reason) == (None, "condition_unclear")


def test_a_claim_that_is_none_has_no_query_and_says_why() -> None:
    claim = taken_back(claim_of(), "ani", None)
    assert (claim.query, claim.reason, claim.by) == (None, "not_a_claim", "ani")


def test_what_a_claim_needs_is_asked_for() -> None:
    with pytest.raises(GivenError, match="a new claim needs"):
        drawn_up(GivenClaim(actors=("RUS",)), None, "ani", None)
    with pytest.raises(GivenError, match="can only be taken back"):
        drawn_up(GivenClaim(latest="2022-02-10"), claim_of().replace(kind="count"), "ani", None)
