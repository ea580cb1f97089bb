"""Correcting and reading again as a user does it: `siaga correct`, `siaga corrections`, `siaga reread`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.unit.serve.packs import PACKAGE, with_other_files
from tests.unit.serve.test_keep import lines, siaga

ATTACK, DEPLOYMENT = "Rusia menyerang Ukraina pada Senin.", "Rusia mengerahkan ribuan tentara di perbatasan Ukraina."
BRAWL = "Polisi menyerang demonstran di Jakarta pada Senin."
TALKS = "Menteri luar negeri NATO bertemu di Riga."
NEWS = (
    {"id": "a", "text": f"{ATTACK} {DEPLOYMENT}", "date": "2021-11-30", "lang": "id", "source": "Warta Uji",
     "title": "Rusia Serang Ukraina"},
    {"id": "b", "text": f"{BRAWL} {TALKS}", "date": "2021-12-01", "lang": "id", "source": "Warta Uji"},
)  # fmt: skip
READING_OF = "serang,v an pean,assault-attack"
"""The row of the lexicon that another pack has otherwise."""


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("read")
    assert siaga(folder, "init").returncode == 0
    assert siaga(folder, "read", "-", "--save", "-f", "none", stdin=lines(NEWS)).returncode == 0
    return folder


@pytest.fixture
def work(read_once: Path, tmp_path: Path) -> Path:
    """A workspace in which the news is kept."""
    return Path(shutil.copytree(read_once, tmp_path / "work"))


@pytest.fixture(scope="module")
def event(read_once: Path) -> str:
    """The id of an event that is stored."""
    return str(event_of(read_once, ATTACK)["id"])


@pytest.fixture(scope="module")
def other_pack(tmp_path_factory: pytest.TempPathFactory) -> str:
    """PYTHONPATH of a program whose Indonesian pack takes an attack for a crackdown."""
    name, pack = "assets/lang/id/lexicon/events.csv", "assets/lang/id/pack.toml"
    rows, told = ((PACKAGE / one).read_text("utf-8") for one in (name, pack))
    assert READING_OF in rows
    others = {name: rows.replace(READING_OF, "serang,v an pean,coerce-crackdown"), pack: f"{told}\n"}
    version = next(line for line in told.splitlines() if line.startswith("version"))
    others[pack] = told.replace(version, "version = 999")
    return str(with_other_files(tmp_path_factory.mktemp("other"), others))


def told(folder: Path, *arguments: str, code: int = 0, **environment: str) -> str:
    """What a command says, on both outputs."""
    result = siaga(folder, *arguments, "--lang", "en", stdin=b"", **environment)
    assert result.returncode == code, result.stderr.decode()
    assert b"Traceback" not in result.stderr
    return result.stdout.decode() + result.stderr.decode()


def objects(folder: Path, *arguments: str, **environment: str) -> list[Any]:
    """What a command gives to programs."""
    result = siaga(folder, *arguments, stdin=b"", **environment)
    assert result.returncode == 0, result.stderr.decode()
    return [json.loads(line) for line in result.stdout.splitlines()]


def events(folder: Path, *arguments: str) -> list[Any]:
    return [line["event"] for line in objects(folder, "events", "-f", "jsonl", *arguments)]


def event_of(folder: Path, sentence: str, type_: str | None = None) -> Any:
    """The event of a sentence."""
    found = [one for one in events(folder) if one["evidence"]["text"] == sentence]
    return next(one for one in found if type_ in {None, one["type"]})


def codes(event: Any, side: str) -> list[str]:
    return [party["code"] for party in event[side]]


def test_a_correction_holds_over_a_change_of_the_pack(work: Path, other_pack: str) -> None:
    attack, brawl = event_of(work, ATTACK), event_of(work, BRAWL, "ASSAULT")
    assert "gone" in told(work, "correct", "wrong", brawl["id"], "--by", "ani", "--note", "pepper spray")
    tried = told(work, "reread", "--dry-run", PYTHONPATH=other_pack)
    done = told(work, "reread", PYTHONPATH=other_pack)
    for output in (tried, done):
        assert "type: ASSAULT → COERCE" in output
        assert ATTACK in output
        assert BRAWL not in output
        assert "corrections applied: 1; with 0 of them the reader agrees by now" in output
    assert "Nothing was saved" in tried
    [changed] = [one for one in events(work) if one["evidence"]["text"] == ATTACK]
    assert (changed["type"], changed["id"] != attack["id"]) == ("COERCE", True)
    assert not [one for one in events(work) if one["evidence"]["text"] == BRAWL and one["type"] != "PROTEST"]
    assert "read again: 0 articles" in told(work, "reread", PYTHONPATH=other_pack)
    assert "read again: 2 articles" in told(work, "reread")
    assert event_of(work, ATTACK) == attack


def test_an_edit_says_what_is_otherwise_and_who_said_so(work: Path) -> None:
    attack = event_of(work, ATTACK)
    given = ("--status", "planned", "--actor", "Belarus", "--actor", "RUS", "--place", "Riga", "--day", "2021-12-24")
    output = told(work, "correct", "edit", attack["id"], *given, "--by", "ani")
    assert "status: happened → planned" in output
    edited = event_of(work, ATTACK)
    assert edited["id"] == attack["id"]
    assert (edited["status"], codes(edited, "actors"), codes(edited, "recipients")) == (
        "planned", ["BLR", "RUS"], ["UKR"],
    )  # fmt: skip
    assert (edited["place"]["name"], edited["place"]["country"]) == ("Riga", "LVA")
    assert (edited["earliest"], edited["latest"], edited["when_text"]) == ("2021-12-24", "2021-12-24", None)
    assert (edited["corrected"]["by"], edited["rule"], edited["confidence"]) == ("ani", "analyst/edit", 1.0)
    assert events(work, "--status", "planned") == [edited]
    listed = told(work, "events", "--id", edited["id"])
    assert "Warta Uji ✎ ani" in listed
    assert edited["id"] in listed
    assert objects(work, "events", "--by", "status", "--type", "ASSAULT", "--actor", "BLR", "-f", "jsonl") == [
        {"status": "planned", "events": 1}
    ]


def test_fields_are_taken_away_with_a_dash(work: Path) -> None:
    deployment = event_of(work, DEPLOYMENT)
    told(work, "correct", "edit", deployment["id"], "--recipient", "-", "--day", "-", "--place", "-", "--mode", "-")
    edited = event_of(work, DEPLOYMENT)
    assert [edited[name] for name in ("recipients", "earliest", "latest", "place", "mode")] == [
        [],
        None,
        None,
        None,
        None,
    ]


def test_an_event_is_added_to_a_sentence_by_number_or_by_words(work: Path) -> None:
    assert f"  2  {DEPLOYMENT}" in told(work, "correct", "add", "a")
    given = ("--type", "THREATEN", "--actor", "RUS", "--recipient", "UKR")
    told(work, "correct", "add", "a", "--sentence", "2", "--trigger", "tentara", *given)
    told(work, "correct", "add", "b", "--sentence", "menteri LUAR negeri", "--trigger", "bertemu", *given)
    added = events(work, "--type", "THREATEN")
    assert {(one["evidence"]["text"], one["trigger"]) for one in added} == {(DEPLOYMENT, "tentara"), (TALKS, "bertemu")}
    title = told(work, "correct", "add", "a", "--title", "--trigger", "Serang", *given)
    assert "(title)" in title
    assert len(events(work, "--type", "THREATEN", "--titles")) == 3


def test_events_are_merged_and_split(work: Path) -> None:
    first, second = event_of(work, ATTACK), event_of(work, DEPLOYMENT)
    told(work, "correct", "merge", first["id"], second["id"])
    [merged] = [one for one in events(work) if one["evidence"]["text"] in {ATTACK, DEPLOYMENT}]
    assert (merged["id"], merged["magnitude"]) == (first["id"], second["magnitude"])
    told(work, "correct", "split", first["id"], "--into", "recipient=POL", "--into", "recipient=Lituania status=denied")
    parts = [one for one in events(work) if one["evidence"]["text"] == ATTACK]
    assert sorted((codes(one, "recipients"), one["status"]) for one in parts) == [
        (["LTU"], "denied"), (["POL"], "happened"),
    ]  # fmt: skip


def test_an_undone_correction_is_listed_as_undone_and_is_no_label(work: Path) -> None:
    attack = event_of(work, ATTACK)
    told(work, "correct", "wrong", attack["id"])
    [kept] = objects(work, "corrections", "-f", "jsonl")
    assert len(objects(work, "corrections", "-f", "labels")) == 1
    assert "new" in told(work, "correct", "undo", kept["correction"]["id"])
    assert event_of(work, ATTACK) == attack
    assert "is undone already" in told(work, "correct", "undo", kept["correction"]["id"], code=2)
    assert "wrong · undone" in told(work, "corrections")
    assert objects(work, "corrections", "-f", "labels") == []


def test_labels_are_the_corrected_sentences_by_offsets_without_any_text(work: Path) -> None:
    attack, brawl = event_of(work, ATTACK), event_of(work, BRAWL, "ASSAULT")
    told(work, "correct", "edit", attack["id"], "--status", "planned")
    told(work, "correct", "wrong", brawl["id"])
    first, second = objects(work, "corrections", "-f", "labels")
    [sentence] = first["sentences"]
    assert (first["article"], first["language"], sentence["start"], sentence["end"]) == ("a", "id", 0, len(ATTACK))
    [event] = sentence["events"]
    assert (event["type"], event["status"], event["actors"], event["recipients"]) == (
        "ASSAULT", "planned", ["RUS"], ["UKR"],
    )  # fmt: skip
    assert ATTACK[slice(*event["trigger"])] == attack["trigger"]
    assert [one["type"] for one in second["sentences"][0]["events"]] == ["PROTEST"]
    assert "Rusia" not in json.dumps([first, second])
    assert objects(work, "corrections", "-f", "labels", "--text-language", "en") == []


def test_explain_tells_who_corrected_what_and_what_the_reader_had_said(work: Path) -> None:
    attack, brawl = event_of(work, ATTACK), event_of(work, BRAWL, "ASSAULT")
    told(work, "correct", "edit", attack["id"], "--status", "planned", "--by", "ani", "--note", "see Reuters")
    told(work, "correct", "wrong", brawl["id"], "--by", "budi")
    shown = told(work, "explain", attack["id"])
    assert "edited · stands" in shown
    assert "see Reuters" in shown
    assert "status: happened → planned" in shown
    assert "Did it happen?" in shown
    gone = told(work, "explain", brawl["id"])
    assert f"event {brawl['id']} no longer stands since" in gone
    assert "budi" in gone
    [known] = objects(work, "explain", brawl["id"], "-f", "json")
    assert known["withdrawn"]
    assert known["corrections"][0]["correction"]["meant"][0]["id"] == brawl["id"]
    assert known["steps"]


def test_explain_tells_of_an_event_that_is_read_no_more(work: Path, other_pack: str) -> None:
    attack = event_of(work, ATTACK)
    told(work, "reread", PYTHONPATH=other_pack)
    shown = told(work, "explain", attack["id"], PYTHONPATH=other_pack)
    assert "no longer stands since" in shown
    assert "the reader of today (siaga 0.1.0 id-999) codes no such event" in shown


def test_who_corrects_is_the_one_who_is_named_set_or_logged_in(work: Path) -> None:
    attack = event_of(work, ATTACK)
    settings = work / "siaga.toml"
    told_before = settings.read_text("utf-8")
    assert "[analyst]\n" in told_before
    settings.write_text(told_before.replace("[analyst]\n", '[analyst]\nname = "sari"\n'), encoding="utf-8")
    assert "by sari" in told(work, "correct", "edit", attack["id"], "--status", "planned")
    assert "by budi" in told(work, "correct", "edit", attack["id"], "--status", "denied", SIAGA_ANALYST_NAME="budi")
    assert "by ani" in told(work, "correct", "edit", attack["id"], "--status", "possible", "--by", "ani")


def test_rereading_gives_programs_an_article_a_line(work: Path, other_pack: str) -> None:
    lines_ = objects(work, "reread", "--dry-run", "-f", "jsonl", "a", PYTHONPATH=other_pack)
    [line] = lines_
    assert (line["article"]["id"], line["article"]["reader"]) == ("a", "siaga 0.1.0 id-999")
    [weighty] = [change for change in line["changes"] if "type" in change["fields"] and change["part"] == "body"]
    assert (weighty["before"]["type"], weighty["after"]["type"]) == ("ASSAULT", "COERCE")


def test_rereading_is_for_the_articles_that_are_chosen(work: Path) -> None:
    assert "read again: 0 articles" in told(work, "reread")
    assert "read again: 2 articles" in told(work, "reread", "--all")
    assert "read again: 1 articles" in told(work, "reread", "--all", "--since", "2021-12-01")
    assert "read again: 1 articles" in told(work, "reread", "--all", "a")
    assert "no article nothing is stored" in told(work, "reread", "nothing", code=2)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("wrong", "nothing"), "no event nothing is stored"),
        (("edit", "EVENT"), "nothing is given that EVENT does not say already"),
        (("edit", "EVENT", "--type", "ASAULT"), "unknown type 'ASAULT'. Did you mean ASSAULT?"),
        (("edit", "EVENT", "--actor", "Rusiaa"), "unknown actor 'Rusiaa'. Did you mean RUS?"),
        (("edit", "EVENT", "--mode", "aeriel"), "unknown mode 'aeriel' of ASSAULT. Did you mean aerial?"),
        (("edit", "EVENT", "--place", "Atlantis Raya"), "unknown place 'Atlantis Raya'; give its country with it"),
        (("edit", "EVENT", "--trigger", "pergi"), "the sentence has no 'pergi'"),
        (("edit", "EVENT", "--earliest", "2022-01-02", "--latest", "2022-01-01"), "comes after the latest"),
        (("edit", "EVENT", "--day", "soon"), "'soon' does not match"),
        (("split", "EVENT", "--into", "status=denied"), "expected --into twice or more"),
        (("split", "EVENT", "--into", "sttus=denied", "--into", "status=planned"), "No such option '--sttus'"),
        (("merge", "EVENT"), "expected two or more events of one article"),
        (("add", "nothing"), "no article nothing is stored"),
        (("add", "a", "--sentence", "1", "--type", "ASSAULT", "--trigger", "menyerang", "--actor", "RUS", "--recipient",
          "UKR"), "EVENT says so already"),
        (("add", "b", "--title"), "article b has no title"),
        (("add", "a", "--sentence", "9"), "9: expected one sentence of 2, met 0"),
        (("add", "a", "--sentence", "rusia"), "rusia: expected one sentence of 2, met 2"),
        (("add", "a", "--sentence", "1", "--type", "AID"), "expected at least a type and the trigger"),
        (("undo", "nothing"), "no correction nothing is stored"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_that_help(
    read_once: Path, event: str, arguments: tuple[str, ...], says: str
) -> None:
    output = told(read_once, "correct", *(event if word == "EVENT" else word for word in arguments), code=2)
    assert says.replace("EVENT", event) in output


def test_an_event_that_no_longer_stands_is_not_corrected_again(work: Path) -> None:
    attack = event_of(work, ATTACK)
    told(work, "correct", "wrong", attack["id"])
    assert f"siaga explain {attack['id']} tells why" in told(work, "correct", "wrong", attack["id"], code=2)


def test_all_is_said_in_indonesian_too(work: Path) -> None:
    attack = event_of(work, ATTACK)
    said = siaga(work, "correct", "wrong", attack["id"], "-l", "id").stdout.decode()
    assert "hilang" in said
    assert "Untuk membatalkannya: siaga correct undo" in said
    assert "salah · berlaku" in siaga(work, "corrections", "-l", "id").stdout.decode()
    assert siaga(work, "reread", "--all", "-l", "id").stderr.decode().startswith("dibaca ulang: 2 artikel")
