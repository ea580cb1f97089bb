"""The ledger is only added to, whoever asks: tried in plain SQL on the database itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from bench.invented import reading as invented
from siaga.base.claim import Verdict
from siaga.store.claims import (
    ClaimsAsked,
    Ledger,
    count_claims,
    keeping_ledger,
    list_claims,
    list_deadlines,
    load_entries,
    load_ledger,
    load_standing,
    load_verdicts,
)
from siaga.store.database import reading_from, writing_to
from siaga.store.forget import doomed, forget
from siaga.store.workspace import Workspace
from tests.unit.monitor.claiming import claim_of
from tests.unit.store.shelves import MOMENT, put, workspace

pytestmark = pytest.mark.usefixtures("store")

READ = invented(1), invented(2)
CLAIM = claim_of().replace(article=READ[0].article.id, source="Outlet 1")
VERDICT = Verdict(claim=CLAIM.id, as_of="2022-02-01", outcome="open", because=())


@pytest.fixture
def where(tmp_path: Path) -> Workspace:
    """A ledger with one claim, carried by two articles and answered once."""
    made = workspace(tmp_path)
    put(made, READ)
    with keeping_ledger(made) as ledger:
        number = ledger.add(CLAIM)
        ledger.carry(number, READ[1].article.id)
        ledger.save_verdicts([VERDICT])
    return made


def everything(where: Workspace) -> list[tuple[object, ...]]:
    with reading_from(where) as connection:
        tables = ("claim", "claim_medium", "claim_verdict")
        return [row for table in tables for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608


REFUSED = "only added to|in the ledger|duplicate key"
ROW = "number, id, article, kind, made, type, supersedes, entered"
COPY = f"SELECT {ROW}, '{{}}' FROM claim"  # noqa: S608 - columns of ours


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claim SET record = '{}'",
        "UPDATE OR IGNORE claim SET made = '2022-02-24'",
        "DELETE FROM claim",
        f"INSERT OR REPLACE INTO claim {COPY}",
        f"INSERT OR REPLACE INTO claim {COPY.replace('number', 'NULL')}",
        f"INSERT INTO claim {COPY} WHERE true ON CONFLICT DO UPDATE SET record = '{{}}'",
        "UPDATE claim_medium SET entered = ''",
        "DELETE FROM claim_medium",
        "INSERT OR REPLACE INTO claim_medium SELECT claim, article, '' FROM claim_medium",
        "UPDATE claim_verdict SET outcome = 'hit'",
        "DELETE FROM claim_verdict",
        "INSERT OR REPLACE INTO claim_verdict SELECT number, claim, as_of, 'hit', saved, record FROM claim_verdict",
    ],
)
def test_an_entry_can_t_be_changed_deleted_or_replaced(where: Workspace, statement: str) -> None:
    if where.is_served:  # has no such ways around a trigger
        statement = re.sub(" OR (REPLACE|IGNORE)|ON CONFLICT.*", "", statement).replace("NULL", "1 + number")
    before = everything(where)
    with writing_to(where) as connection, pytest.raises(apsw.ConstraintError, match=REFUSED):
        connection.execute(statement)
    assert everything(where) == before


def test_an_entry_is_superseded_once_by_another_that_points_to_it(where: Workspace) -> None:
    newer = CLAIM.replace(id="newer", latest="2022-02-28", by="ani")
    with keeping_ledger(where) as ledger:
        ledger.add(newer, supersedes=CLAIM.id)
        with pytest.raises(apsw.ConstraintError, match="superseded, already"):
            ledger.add(newer.replace(id="newest"), supersedes=CLAIM.id)
    with reading_from(where) as connection:
        old, new = load_entries(connection)
    assert (old.claim, old.superseded_by) == (CLAIM, "newer")
    assert (new.claim, new.supersedes, new.media) == (newer, CLAIM.id, old.media)


def test_a_claim_enters_once(where: Workspace) -> None:
    with keeping_ledger(where) as ledger, pytest.raises(apsw.ConstraintError, match="in the ledger"):
        ledger.add(CLAIM)


def test_verdicts_are_a_history_of_which_each_day_has_its_last(where: Workspace) -> None:
    hit = VERDICT.replace(as_of="2022-02-24", outcome="hit")
    with keeping_ledger(where) as ledger:
        ledger.save_verdicts([hit])
    with reading_from(where) as connection:
        assert load_verdicts(connection, CLAIM.id) == (VERDICT, hit)
        last = {day: load_ledger(connection, day)[0].verdict for day in ("2022-01-01", "2022-02-10", "2022-02-24")}
    assert last == {"2022-01-01": None, "2022-02-10": VERDICT, "2022-02-24": hit}


def test_a_day_before_it_was_said_knows_nothing_of_it(where: Workspace) -> None:
    with reading_from(where) as connection:
        assert load_ledger(connection, "2021-12-02") == ()
        assert len(load_ledger(connection, "2021-12-03")) == 1


def takes_down(where: Workspace, article: str) -> None:
    with writing_to(where) as connection:
        forget(where, connection, doomed(connection, article), MOMENT)


def test_with_an_article_that_is_taken_down_goes_all_that_was_read_in_it(where: Workspace) -> None:
    with keeping_ledger(where) as ledger:
        ledger.add(CLAIM.replace(id="newer", by="ani"), supersedes=CLAIM.id)
    takes_down(where, READ[0].article.id)
    assert everything(where) == []


def test_with_a_copy_that_is_taken_down_goes_but_that_it_carried_the_claim(where: Workspace) -> None:
    takes_down(where, READ[1].article.id)
    with reading_from(where) as connection:
        [entry] = load_entries(connection)
        assert [one.article for one in entry.media] == [READ[0].article.id]
        assert load_verdicts(connection, CLAIM.id) == (VERDICT,)


def test_a_run_that_is_cut_short_looks_through_the_same_articles_again(where: Workspace) -> None:
    def cut(ledger: Ledger) -> None:
        with ledger.looking_through(ledger.waiting()) as readings:
            ledger.add(CLAIM.replace(id="half", article=next(readings).article.id))
            raise KeyboardInterrupt

    with keeping_ledger(where) as ledger:
        waiting = ledger.waiting()
        assert raised(cut, ledger) is KeyboardInterrupt
        assert (ledger.waiting(), len(waiting)) == (waiting, 2)
        with ledger.looking_through(waiting) as readings:
            assert [one.article.id for one in readings] == list(waiting)
        assert ledger.waiting() == ()


def raised(does: Callable[[Ledger], None], ledger: Ledger) -> type[BaseException] | None:
    try:
        does(ledger)
    except KeyboardInterrupt as error:
        return type(error)
    return None


def listed(where: Workspace, **asked: object) -> list[str]:
    with reading_from(where) as connection:
        found = list_claims(connection, ClaimsAsked(as_of="2022-03-01").replace(**asked))
        return [one.entry.claim.id for one in found]


def test_a_list_has_each_claim_with_what_was_last_saved_of_it(where: Workspace) -> None:
    later = VERDICT.replace(as_of="2022-02-20", outcome="miss")
    with keeping_ledger(where) as ledger:
        ledger.save_verdicts([later])
    with reading_from(where) as connection:
        [now] = list_claims(connection, ClaimsAsked(as_of="2022-03-01"))
        [before] = list_claims(connection, ClaimsAsked(as_of="2022-02-10"))
        one = load_standing(connection, CLAIM.id, "2022-02-10")
    assert (now.verdict, before.verdict) == (later, VERDICT)
    assert [one.article for one in now.entry.media] == [one.article.id for one in READ]
    assert one is not None
    assert one.verdict == VERDICT


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 1),
        ({"outcomes": ("open",)}, 1),
        ({"outcomes": ("hit", "no_verdict")}, 0),
        ({"kind": "count"}, 0),
        ({"code": CLAIM.actors[0]}, 1),
        ({"code": "ZZZ"}, 0),
        ({"speaker": (CLAIM.speaker or "")[1:].upper()}, 1),
        ({"speaker": "%"}, 0),
        ({"since": CLAIM.made, "until": CLAIM.made}, 1),
        ({"since": "2100-01-01"}, 0),
        ({"as_of": "1999-01-01"}, 0),
        ({"first": 1}, 0),
    ],
)
def test_claims_are_listed_by_conditions(where: Workspace, asked: dict[str, object], found: int) -> None:
    assert len(listed(where, **asked)) == found


def test_a_claim_that_was_superseded_is_not_listed(where: Workspace) -> None:
    with keeping_ledger(where) as ledger:
        ledger.add(CLAIM.replace(id="another"), supersedes=CLAIM.id)
    assert listed(where) == ["another"]
    with reading_from(where) as connection:
        assert count_claims(connection, "2022-03-01") == (("no_verdict", 1),)


def test_deadlines_come_in_their_order_and_a_claim_without_an_end_has_none(where: Workspace) -> None:
    assert CLAIM.latest is None
    with keeping_ledger(where) as ledger:
        for id_, latest in (("late", "2022-05-01"), ("soon", "2022-03-01")):
            ledger.add(CLAIM.replace(id=id_, latest=latest))
        ledger.save_verdicts(VERDICT.replace(claim=id_) for id_ in ("late", "soon"))
    with reading_from(where) as connection:
        found = list_deadlines(connection, "2022-03-01", 9)
    assert [one.entry.claim.id for one in found] == ["soon", "late"]
