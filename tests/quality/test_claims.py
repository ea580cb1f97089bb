"""The ledger over the demo's archive: Kyiv's "as early as", a source's "second time this year", and what a day knew.

The archive is read in two parts, as it would have come: what was answered by a day's knowledge must not change by what
comes later. Reading, linking and all answers take some 15 s of processor time; they are done once for all tests.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result

from siaga.base.claim import Standing
from siaga.base.pack import asset
from siaga.monitor.claims import claims_about
from siaga.monitor.ledger import ledger_series, standings
from siaga.serve.cli import main
from siaga.store.database import reading_from
from siaga.store.workspace import Workspace, find_workspace

PARTED, RIGA = "2021-12-05", "2021-11-30"
KYIV = "as early as the end of January"


class Work(NamedTuple):
    """The workspace with all pages, and what was known while it had the first part only."""

    folder: Path
    at_riga: tuple[Standing, ...]
    when_parted: tuple[Standing, ...]


def siaga(folder: Path, *words: str) -> Result:
    result = CliRunner(env={"COLUMNS": "140", "LANG": "en"}).invoke(main, [*words, "-w", str(folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def known(folder: Path, as_of: str) -> tuple[Standing, ...]:
    where: Workspace = find_workspace(str(folder), {}, folder)
    with reading_from(where) as connection, ledger_series(where, as_of) as stored:
        return standings(connection, stored, as_of)


def pages(*, later: bool) -> list[str]:
    lines = asset("demo", "manifest.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    chosen = (row["file"] for row in rows if (row["published"] > PARTED) == later)
    return [str(asset("demo", "pages", name)) for name in chosen]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    folder = tmp_path_factory.mktemp("claims")
    CliRunner().invoke(main, ["init", str(folder)])
    siaga(folder, "read", *pages(later=False), "--save", "-f", "none")
    assert siaga(folder, "claims", "resolve").exit_code == 0
    before = known(folder, RIGA), known(folder, PARTED)
    siaga(folder, "read", *pages(later=True), "--save", "-f", "none")
    assert siaga(folder, "claims", "resolve").exit_code == 0
    return Work(folder, *before)


def told(work: Work, *words: str) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in siaga(work.folder, "claims", "-f", "jsonl", *words).stdout.splitlines()]


def only(found: list[Mapping[str, Any]], words: str) -> Mapping[str, Any]:
    [one] = [one for one in found if one["entry"]["claim"]["words"].endswith(words)]
    return one


def test_what_a_day_knew_is_the_same_whatever_came_later(work: Work) -> None:
    assert len(work.when_parted) > len(work.at_riga) > 3
    assert known(work.folder, RIGA) == work.at_riga
    assert known(work.folder, PARTED) == work.when_parted


def test_on_the_day_of_riga_our_count_says_second_in_2021_and_agrees_with_the_sentence(work: Work) -> None:
    [one] = [one for one in work.at_riga if one.entry.claim.kind == "count"]
    assert one.entry.claim.words.startswith("kali kedua")
    assert len(one.entry.media) == 2
    assert one.verdict is not None
    assert one.verdict.outcome == "agrees"
    counted, spring, present = one.verdict.because  # two articles of this week are not yet unusual by themselves
    assert (counted.code, counted.number, counted.other) == ("counted", 2, 2)
    assert (spring.code, spring.first) == ("counted_stretch", "2021-03-29")
    assert (present.code, present.first) == ("present_not_counted", "2021-11-29")


def test_kyiv_s_as_early_as_is_one_possible_claim_of_three_outlets_and_comes_true_in_february(work: Work) -> None:
    one = only(told(work, "--actor", "RUS", "--speaker", "reznikov"), KYIV)
    claim, verdict = one["entry"]["claim"], one["verdict"]
    assert (claim["earliest"], claim["latest"], claim["band"]["name"]) == ("2022-01-21", None, "possible")
    assert len(one["entry"]["media"]) == 3
    assert (verdict["outcome"], verdict["decided"]) == ("hit", "2022-02-24")
    shown = siaga(work.folder, "claims", "show", claim["id"]).stdout
    assert "Russian forces attacked Ukraine by land, air and sea" in shown
    assert "no end was named; by our rule it is 21 April 2022" in shown
    assert "told by 2 independent sources" in shown or "told by 3 independent sources" in shown


def test_it_was_open_until_then(work: Work) -> None:
    assert only(told(work, "--as-of", "2022-02-20"), KYIV)["verdict"]["outcome"] == "open"


def test_a_warning_shows_the_claims_about_it_as_they_stood_on_its_day(work: Work) -> None:
    shown = siaga(work.folder, "warn", "--as-of", "2022-02-20", "--pair", "RUS", "UKR", "-f", "json").stdout
    about = {one["speaker"]: one for one in json.loads(shown)["claims"]}
    reznikov = about["Oleksii Reznikov"]
    assert (reznikov["state"], reznikov["words"]) == ("open", "as early as the end of January")
    assert all(one["published"] <= "2022-02-20" for one in about.values())


def test_claims_about_the_pair_are_given_with_what_came_of_them(work: Work) -> None:
    pair = claims_about(known(work.folder, "2022-03-31"), ("RUS", "UKR"))
    assert {one.verdict.outcome for one in pair if one.verdict} >= {"hit", "miss", "agrees"}


def test_at_most_a_quarter_can_t_be_resolved_and_each_says_why(work: Work) -> None:
    found = [one["entry"]["claim"] for one in told(work)]
    without = [claim for claim in found if claim["query"] is None and claim["count"] is None]
    assert len(found) >= 15
    assert len(without) <= len(found) / 4, [claim["reason"] for claim in without]
    assert all(claim["reason"] for claim in without)


def test_resolving_again_finds_nothing_new(work: Work) -> None:
    again = siaga(work.folder, "claims", "resolve")
    assert (again.stdout, again.stderr) == ("", "0 new claims in 0 articles; 0 verdicts are new\n")


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_list_is_told_in_both_languages_as_a_table_and_as_markdown(work: Work, language: str) -> None:
    table = siaga(work.folder, "claims", "--lang", language).stdout
    lines = siaga(work.folder, "claims", "--lang", language, "-f", "markdown").stdout
    assert "Oleksii Reznikov" in table
    assert lines.startswith("# Ledger of claims" if language == "en" else "# Buku klaim")
    assert "large-scale Russian attack could come" in lines


def test_nobody_has_a_record_before_ten_answers(work: Work) -> None:
    assert "nobody has 10 answered claims yet" in siaga(work.folder, "claims", "speakers").stderr
    rows = siaga(work.folder, "claims", "speakers", "--outlets", "-f", "jsonl").stdout.splitlines()
    assert all(json.loads(row)["share_true"] is None for row in rows)


def test_a_claim_read_wrongly_is_superseded_and_stays(work: Work) -> None:
    old = only(told(work), "20 February")["entry"]["claim"]["id"]
    given = ("--latest", "2022-02-28", "--note", "the week after, too", "--by", "ani")
    done = siaga(work.folder, "claims", "add", "--instead-of", old, *given)
    assert done.exit_code == 0, done.output
    new = only(told(work), "20 February")["entry"]
    assert (new["supersedes"], new["claim"]["latest"], new["claim"]["by"]) == (old, "2022-02-28", "ani")
    assert len(new["media"]) == 1
    assert only(told(work), "20 February")["verdict"]["outcome"] == "hit"
    assert f"superseded by {new['claim']['id']}" in siaga(work.folder, "claims", "show", old).stdout
    assert siaga(work.folder, "claims", "add", "--instead-of", old, "--not-a-claim").exit_code == 2


def test_a_claim_can_be_given_by_hand_and_taken_back(work: Work) -> None:
    given = ("--said", "2022-02-01", "--type", "ASSAULT", "--actor", "RUS", "--recipient", "UKR", "--by", "ani",
             "--earliest", "2022-02-20", "--latest", "2022-03-10", "--sentence", "They will attack.",
             "--speaker", "Borrell", "--band", "likely")  # fmt: skip
    assert siaga(work.folder, "claims", "add", *given).exit_code == 0
    assert siaga(work.folder, "claims", "add", *given).exit_code == 0
    [one] = told(work, "--speaker", "borrell")
    assert (one["entry"]["claim"]["band"]["name"], one["verdict"]["outcome"]) == ("likely", "hit")
    id_ = one["entry"]["claim"]["id"]
    assert siaga(work.folder, "claims", "add", "--instead-of", id_, "--not-a-claim", "--by", "ani").exit_code == 0
    [none] = told(work, "--speaker", "borrell")
    assert (none["entry"]["claim"]["reason"], none["verdict"]) == ("not_a_claim", None)


@pytest.mark.parametrize("words", [("claims",), ("claims", "resolve"), ("claims", "speakers")])
def test_where_nothing_is_stored_that_is_said_and_no_error(tmp_path: Path, words: tuple[str, ...]) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path)])
    done = siaga(tmp_path, *words)
    assert (done.exit_code, done.stdout, "nothing is stored yet" in done.stderr) == (0, "", True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("claims", "show", "nonsense"), "no claim nonsense"),
        (("claims", "add", "--type", "ASSAULT", "--by", "ani"), "a new claim needs"),
        (("claims", "add", "--not-a-claim", "--by", "ani"), "--instead-of"),
        (("claims", "add", "--article", "nonsense", "--by", "ani"), "no article nonsense"),
        (("claims", "--outcome", "hitt"), "hit"),
    ],
)
def test_what_can_t_be_is_refused_with_what_was_expected(work: Work, words: tuple[str, ...], says: str) -> None:
    done = siaga(work.folder, *words)
    assert (done.exit_code, says in done.stderr) == (2, True), done.stderr
