"""A dead feed never looks like peace."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from siaga.base.warning import Card, ClaimAbout, UnitKind
from siaga.monitor.stand import Coverage, is_silent
from siaga.serve.warned import Wanted, warned
from siaga.store.workspace import Workspace
from tests.unit.monitor.told import FIRST, Told, cards, stored

DAY = 240
DAYS = [Told(day=day, type="CONSULT", outlet=outlet) for day in range(DAY) for outlet in ("Daily Fjord", "Gazette")]
PAIR = Wanted(pairs=("NOR-SWE",))


@pytest.fixture
def where(tmp_path: Path) -> Workspace:
    return stored(tmp_path, DAYS)


CLAIM = ClaimAbout(
    id="c1", speaker="Oslo", words="by May", published="2030-03-01", window_earliest=None,
    window_latest="2030-05-31", state="miss", reason="nothing was told",
)  # fmt: skip


def about(kind: UnitKind, unit: str) -> tuple[ClaimAbout, ...]:
    return (CLAIM,) if (kind, unit) == ("pair", "NOR-SWE") else ()


def one(where: Workspace, day: int) -> Card:
    [found] = cards(where, day, PAIR)
    return found


def test_while_articles_come_in_nothing_told_is_normal(where: Workspace) -> None:
    card = one(where, DAY - 1)
    assert (card.level, card.stand.state, card.stand.articles, card.stand.usual_articles) == (
        "normal",
        "watched",
        14,
        14,
    )


def test_far_too_few_articles_are_a_failure_and_no_peace(where: Workspace) -> None:
    card = one(where, DAY + 5)
    assert (card.level, card.stand.state, card.stand.articles) == (None, "source_failure", 2)


def test_nothing_at_all_is_silence_and_no_peace(where: Workspace) -> None:
    card = one(where, DAY + 12)
    assert (card.level, card.stand.state, card.stand.newest) == (None, "silent", "2030-09-03")


def test_a_source_that_failed_and_fed_the_pair_is_named(where: Workspace) -> None:
    with apsw.Connection(str(where.database)) as connection:
        day = FIRST.fromordinal(FIRST.toordinal() + DAY - 2).isoformat()
        connection.execute(
            "INSERT INTO source_failure VALUES ('Gazette', ?, 'silent', 5.0, 0, '2030-09-03T00:00:00Z')", (day,)
        )
    card = one(where, DAY - 1)
    assert (card.level, card.stand.state, card.stand.failed) == (None, "source_failure", ("Gazette",))
    assert one(where, DAY - 20).level == "normal"


def test_a_half_year_is_learnt_from_before_anything_is_called_usual(where: Workspace) -> None:
    assert one(where, 100).stand.state == "learning"
    assert all(series.expected is None for series in one(where, 100).series)


def test_a_rare_paper_may_be_silent_for_longer() -> None:
    seen = Coverage(weeks=(1, 0) * 20, newest="2030-01-01", days_silent=10, outlets=1, young_outlets=0, failed=())
    assert not is_silent(seen)
    assert is_silent(seen.replace(days_silent=200))
    assert not is_silent(seen.replace(weeks=(), newest=None))


def test_what_is_claimed_about_a_pair_is_on_its_card(where: Workspace) -> None:
    [card] = warned(where, FIRST, PAIR, about).cards
    assert card.claims == (CLAIM,)
