"""An overlay: each kind of knowledge leads to a reading that is not there without it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.ground import ground_label, overlay_in_use, standing_on, use_overlay
from siaga.base.overlay import NO_OVERLAY
from siaga.collect.junk import sift
from siaga.extract.checks.own import broken_examples, idle_rows, unsound
from siaga.flow import annotate, read_article
from tests.unit.extract.own import overlay_named, shipped_examples

DAY = "2026-02-10"
SENTENCES = {
    "group": ("id", "Laskar Rawa Biru menyerang polisi di Makassar pada Senin."),
    "group in English": ("en", "The Rawa Biru Militia attacked Indonesian troops on Monday."),
    "organisation": ("id", "Forum Warga Waimiting mengecam Malaysia pada Senin."),
    "village": ("id", "Tentara Indonesia menembak dua warga sipil di Waimiting pada Senin."),
    "word": ("id", "Tentara Indonesia menggempuh warga sipil di Makassar pada Senin."),
    "word in English": ("en", "Residents held a road sit-down in Jakarta on Monday."),
    "no event": ("id", "Pedagang menggempuh harga beras pada Senin."),
    "leader": ("id", "Sutarni Wiryawan mengecam Malaysia pada Senin."),
    "verb of saying": ("id", "Presiden Rusia Vladimir Putin mencelathu bahwa pasukannya akan pulang."),
    "rule": ("id", "Rusia dan Ukraina bersumpah adat pada Senin."),
}


def read(language: str, text: str, published: str = DAY) -> Reading:
    return read_article(Article(id="case", language=language, published=published, text=text))


@pytest.fixture(scope="module")
def without() -> Mapping[str, Reading]:
    return {name: read(*sentence) for name, sentence in SENTENCES.items()}


@pytest.fixture(scope="module")
def reading() -> Mapping[str, Reading]:
    with standing_on(shipped_examples()):
        return {name: read(*sentence) for name, sentence in SENTENCES.items()}


def acts(reading: Reading) -> list[tuple[str, tuple[str | None, ...], tuple[str | None, ...]]]:
    return [
        (event.type, tuple(one.code for one in event.actors), tuple(one.code for one in event.recipients))
        for event in reading.events
    ]


Both = Mapping[str, Reading]


@pytest.mark.parametrize("name", ["group", "group in English"])
def test_a_local_group_is_an_actor_in_both_languages(name: str, without: Both, reading: Both) -> None:
    assert all("LASKAR_RAWA" not in actors for _, actors, _ in acts(without[name]))
    assert ("ASSAULT", ("LASKAR_RAWA",), ("IDN",)) in acts(reading[name])


def test_a_community_organisation_is_an_actor(without: Both, reading: Both) -> None:
    assert all("FORUM_WAIMITING" not in actors for _, actors, _ in acts(without["organisation"]))
    assert ("ACCUSE", ("FORUM_WAIMITING",), ("MYS",)) in acts(reading["organisation"])


def test_a_village_has_its_coordinates(without: Both, reading: Both) -> None:
    assert all(event.place is None or event.place.name != "Waimiting" for event in without["village"].events)
    [event] = reading["village"].events
    assert event.place is not None
    assert (event.place.name, event.place.country, event.place.latitude) == ("Waimiting", "IDN", -3.42)


def test_a_local_word_is_an_event_of_its_type(without: Both, reading: Both) -> None:
    assert "ASSAULT" not in [event.type for event in without["word"].events]
    assert acts(reading["word"]) == [("ASSAULT", ("IDN",), ("IDN",))]
    assert reading["word"].events[0].rule == "id/assault-attack"
    assert "PROTEST" not in [event.type for event in without["word in English"].events]
    assert "PROTEST" in [event.type for event in reading["word in English"].events]


def test_a_phrase_that_holds_a_word_of_ones_own_can_be_none(reading: Both) -> None:
    assert reading["no event"].events == ()


def test_a_leader_newly_in_office_stands_for_the_country(without: Both, reading: Both) -> None:
    assert ("ACCUSE", ("IDN",), ("MYS",)) not in acts(without["leader"])
    assert ("ACCUSE", ("IDN",), ("MYS",)) in acts(reading["leader"])


def test_a_verb_of_saying_makes_a_quote(without: Both, reading: Both) -> None:
    assert without["verb of saying"].quotes == ()
    [quote] = reading["verb of saying"].quotes
    assert (quote.speaker, quote.code) == ("Vladimir Putin", "RUS")


def test_a_rule_of_ones_own_codes_events(without: Both, reading: Both) -> None:
    assert "AGREE" not in [event.type for event in without["rule"].events]
    [event] = reading["rule"].events
    assert (event.type, event.rule, {party.code for party in event.actors}) == (
        "AGREE", "id/own-customary-oath", {"RUS", "UKR"},
    )  # fmt: skip


def test_a_block_of_an_outlet_is_dropped() -> None:
    teaser = "Intip juga di Kabar Waimiting: Pasar Terapung Dibuka Lagi"
    assert teaser in paragraphs(teaser)
    with standing_on(shipped_examples()):
        assert teaser not in paragraphs(teaser)


def test_the_examples_that_are_shipped_are_right_and_break_nothing_of_ours() -> None:
    overlay = shipped_examples()
    assert unsound(overlay) == ()
    assert list(idle_rows(overlay)) == []
    assert list(broken_examples(overlay, annotate)) == []


EVENTS, JUNK = "lang/id/lexicon/events.csv", "lang/id/grammar/junk.toml"
WORD = "lemma,forms,rule\ngempuh,v,assault-attack\n"


def test_the_reader_tells_the_overlay_and_only_what_changes_readings_counts() -> None:
    plain = read("id", "Rusia diam.").article.reader
    word = overlay_named({EVENTS: WORD})
    noted = overlay_named({EVENTS: WORD.replace("rule\n", "rule\n\n# gempar,v,-\n")})
    other = overlay_named({EVENTS: WORD.replace("assault-attack", "protest-riot")})
    empty = overlay_named({EVENTS: "lemma,forms,rule\n", JUNK: "# nothing\n"})
    with standing_on(word):
        assert read("id", "Rusia diam.").article.reader == f"{plain}+{word.fingerprint}"
    with standing_on(empty):
        assert ground_label() == ""
    assert word.fingerprint == noted.fingerprint != other.fingerprint
    assert empty.fingerprint is None


def test_examples_of_a_rule_change_no_reading_and_not_the_label() -> None:
    more = RULE.replace('["Rusia diam."]', '["Rusia diam.", "Ukraina diam."]')
    one, other = (overlay_named({"lang/id/grammar/events.toml": text}) for text in (RULE, more))
    assert one.fingerprint == other.fingerprint


def test_what_was_loaded_before_is_forgotten_when_the_ground_changes() -> None:
    counts = []
    for overlay in (NO_OVERLAY, overlay_named({EVENTS: WORD}), NO_OVERLAY):
        use_overlay(overlay)
        counts.append(sum(event.type == "ASSAULT" for event in read(*SENTENCES["word"]).events))
    assert counts == [0, 1, 0]
    assert overlay_in_use() == NO_OVERLAY


@pytest.mark.parametrize(("sure", "count"), [("", 0), ("true", 1)])
def test_a_row_that_is_sure_needs_no_model(sure: str, count: int) -> None:
    row = f"lemma,forms,rule,sure\nseranta,n,assault-attack,{sure}\n"
    with standing_on(overlay_named({EVENTS: row})):
        events = read("id", "Para ahli membahas arti seranta dalam kamus.").events
    assert [event.trigger for event in events].count("seranta") == count


def test_a_row_of_ours_is_taken_away() -> None:
    text = "Rusia menyerang Ukraina pada Senin."
    assert len(read("id", text).events) == 1
    with standing_on(overlay_named({EVENTS: "lemma,forms,rule,remove\nserang,,,true\n"})):
        assert read("id", text).events == ()


def test_a_row_with_the_key_of_one_of_ours_takes_its_place() -> None:
    text = "{} menyerang Ukraina pada Senin."
    assert acts(read("id", text.format("Rusia")))[0][1] == ("RUS",)
    with standing_on(overlay_named({"actors/countries.csv": "code,name_id,name_en\nRUS,Ruslandia,Ruslandia\n"})):
        assert "RUS" not in acts(read("id", text.format("Rusia")))[0][1]
        assert acts(read("id", text.format("Ruslandia")))[0][1] == ("RUS",)


def test_a_rule_of_ours_is_taken_away() -> None:
    line = "Rekomendasi untuk Anda"
    assert line not in paragraphs(line)
    with standing_on(overlay_named({JUNK: 'remove = ["id/junk-related"]\n'})):
        assert line in paragraphs(line)


def paragraphs(line: str) -> tuple[str, ...]:
    """What stays of a page with this line in its middle."""
    return sift(["Rusia menyerang Ukraina pada Senin.", line, "AS mengecam serangan itu."]).kept


RULE = """[[rule]]
id = "own-x"
type = "AGREE"
frame = "directed"
hits = [{ text = "Rusia menyerang Ukraina." }]
misses = ["Rusia diam."]
"""
CASES = tomllib.loads((Path(__file__).parent / "overlay_faults.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["told"][:50])
def test_what_cannot_be_right_is_told_with_file_and_line(case: dict[str, str]) -> None:
    found = [str(fault) for fault in unsound(overlay_named({case["file"]: case["text"]}))]
    assert any(case["told"] in message for message in found), found


def test_an_example_that_does_not_hold_is_told_with_what_was_read() -> None:
    [fault] = broken_examples(overlay_named({"lang/id/grammar/events.toml": RULE}), annotate)
    assert fault.where.endswith("events.toml:1")
    assert "hit 'Rusia menyerang Ukraina.' is read as ASSAULT happened RUS → UKR" in fault.message


def test_an_example_of_ours_that_is_broken_is_told() -> None:
    removal = "form,kind,strength,remove\nujar,,,true\n"
    faults = [str(one) for one in broken_examples(overlay_named({"lang/id/lexicon/reporting.csv": removal}), annotate)]
    assert any("ujar Ketua Komisi" in fault for fault in faults)
    assert all("(Siaga's own)" in fault for fault in faults)


def test_rows_that_do_nothing_are_told() -> None:
    overlay = overlay_named({
        EVENTS: "lemma,forms,rule,remove\nnonesuch,,,true\n",
        JUNK: 'remove = ["id/junk-red-also"]\n',
        "actors/groups.csv": "code,sector,name_id,name_en\nMY_HAMAS,REB,Rusia,\n",
    })  # fmt: skip
    told = [str(fault) for fault in idle_rows(overlay)]
    assert any("no row of Siaga has lemma 'nonesuch'" in one for one in told)
    assert any("no rule 'id/junk-red-also' to remove. Did you mean id/junk-read-also?" in one for one in told)
    assert any("'Rusia' is read as RUS" in one for one in told)
