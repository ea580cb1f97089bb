"""What counts as agreement with a person who codes by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from siaga.base.document import Reading
from siaga.base.errors import PanelError
from siaga.base.event import Event, Evidence, Place, Quote
from siaga.report.catalogue import catalogue
from siaga.report.gold import GoldDocument, GoldEvent, GoldQuote, GoldSentence, load_coded, load_gold
from siaga.report.scored import miss_line, score_tables, warnings
from siaga.report.scoring import Score, score
from tests.unit.report.invented import event, reading

ATTACK = "Norway attacked Sweden near the river on Monday."
TALKS = "Sweden and Finland talked about fish."


def gold(*sentences: GoldSentence, doc: str = "a") -> GoldDocument:
    return GoldDocument(doc=doc, sentences=sentences)


def sentence(text: str, *events: GoldEvent, n: int = 0, **more: Any) -> GoldSentence:
    return GoldSentence(n=n, end=100 * (n + 1), text=text, events=events, **more)


def wanted(type_: str = "ASSAULT", who: str = "NOR", whom: str = "SWE", **more: Any) -> GoldEvent:
    fields: dict[str, Any] = {"type": type_, "status": "happened"} | more
    return GoldEvent(actors=tuple(who.split()), recipients=tuple(whom.split()), **fields)


def scored(document: GoldDocument, *events: Event, **more: Any) -> Score:
    return score([document], {document.doc: reading(*events, **more)})


def test_an_event_as_people_coded_it_is_right_at_every_level() -> None:
    result = scored(gold(sentence(ATTACK, wanted())), event(ATTACK))
    levels = (result.sentence, result.type, result.who, result.fact)
    assert [(one.precision, one.recall, one.f1) for one in levels] == [(1.0, 1.0, 1.0)] * 4
    assert (result.who.hit, result.misses) == (2, ())


def test_an_event_of_another_type_counts_against_both_sides_and_is_shown_twice() -> None:
    result = scored(gold(sentence(ATTACK, wanted())), event(ATTACK, "ACCUSE"))
    assert (result.sentence.f1, result.type.f1, result.who.coded) == (1.0, 0.0, 2)
    assert [(one.kind, one.type) for one in result.misses] == [("missed", "ASSAULT"), ("wrong", "ACCUSE")]


@pytest.mark.parametrize(
    ("who", "whom", "right"),
    [("NOR", "SWE", 1), ("SWE", "NOR", 0), ("NOR FIN", "SWE", 1), ("NOR FIN NATO", "SWE", 0), ("NOR SWE", "SWE", 0)],
    ids=["as coded", "swapped", "one too many", "two too many", "the victim among the attackers"],
)
def test_a_fact_needs_half_of_the_parties_on_each_side_and_none_of_the_other_side(
    who: str, whom: str, right: int
) -> None:
    result = scored(gold(sentence(ATTACK, wanted())), event(ATTACK, who=who, whom=whom))
    assert (result.type.hit, result.fact.hit) == (1, right)


def test_a_side_that_the_coder_did_not_know_may_be_anybody() -> None:
    result = scored(gold(sentence(ATTACK, wanted(who="?"))), event(ATTACK, who="FIN"))
    assert (result.fact.hit, result.who.hit, result.who.coded, result.who.gold) == (1, 1, 1, 1)


def test_two_events_of_a_type_are_paired_by_their_parties_not_their_order() -> None:
    both = wanted(), wanted(who="FIN", whom="NATO")
    result = scored(gold(sentence(ATTACK, *both)), event(ATTACK, who="FIN", whom="NATO"), event(ATTACK))
    assert result.fact.hit == 2


def test_a_conflict_that_is_only_feared_and_told_as_happened_is_a_false_alarm() -> None:
    result = scored(gold(sentence(ATTACK, wanted(status="possible"))), event(ATTACK))
    assert (result.false_alarms.share, result.fact.hit) == (1.0, 0)
    assert (result.status_macro.share, result.status_macro.not_happened) == (0.0, 0.0)
    assert result.status["possible"].of == 1


def test_sentences_marked_unsure_and_what_is_read_of_them_do_not_count() -> None:
    result = scored(gold(sentence(ATTACK, unsure=True), sentence(TALKS, n=1)), event(ATTACK))
    assert (result.type.coded, result.misses) == (0, ())


def test_an_event_that_lies_in_no_sentence_counts_as_wrong_before_the_end_of_what_is_coded() -> None:
    stray = "Nothing of the kind was ever coded here, said the harbour master."
    result = scored(gold(sentence(ATTACK)), event(stray))
    assert (result.unplaced_events, result.type.coded, result.misses[0].kind) == (1, 1, "nowhere")
    far = event(TALKS).replace(evidence=Evidence(start=500, end=540, text=TALKS))
    read = reading(event(ATTACK)).replace(events=(far,))
    assert score([gold(sentence(ATTACK))], {"a": read}).type.coded == 0


def test_evidence_is_found_in_a_sentence_that_was_cut_otherwise() -> None:
    longer = f"{ATTACK} The river was high."
    assert scored(gold(sentence(longer, wanted())), event(ATTACK)).fact.hit == 1
    assert scored(gold(sentence(ATTACK, wanted())), event(longer)).fact.hit == 1


def test_an_article_that_was_not_read_counts_as_read_without_events() -> None:
    result = score([gold(sentence(ATTACK, wanted()))], {})
    assert (result.missing_documents, result.type.recall, result.misses[0].kind) == (1, 0.0, "missed")
    assert "1 hand-coded articles were not read" in next(iter(warnings(result, catalogue("en"))))


def test_day_and_place_are_measured_where_people_gave_them() -> None:
    lund = Place(name="Lund", country="FIN", latitude=None, longitude=None, precision="city")
    asked = wanted(place="FIN", earliest="2031-05-02")
    result = scored(gold(sentence(ATTACK, asked)), event(ATTACK, place=lund, earliest="2031-05-01"))
    assert (result.place_elsewhere.share, result.earliest_date.share) == (1.0, 0.0)
    assert scored(gold(sentence(ATTACK, wanted(place="SWE"))), event(ATTACK)).place_elsewhere.of == 0


def test_a_quote_is_found_by_its_words_and_its_speaker_by_one_of_theirs() -> None:
    said = GoldQuote(direct=True, words="We shall stay by the river", speaker="she", speaker_resolved="Astrid Moe")
    read = Quote(
        speaker="Moe", speaker_text="she", office=None, organisation=None, code=None, anonymous=False, medium=None,
        direct=True, words="We shall stay by the river, and fish", start=0, end=30,
    )  # fmt: skip
    result = scored(gold(sentence(ATTACK, quotes=(said,))), event(ATTACK), quotes=(read,))
    assert msgspec.structs.astuple(result.direct_quotes) == (1.0, 1.0, 1.0, 1, 1)
    other = read.replace(words="Something else was said there by all of us", speaker="Berg")
    result = scored(gold(sentence(ATTACK, quotes=(said,))), event(ATTACK), quotes=(other,))
    assert msgspec.structs.astuple(result.direct_quotes) == (0.0, 0.0, 0.0, 1, 1)


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_figure_of_the_tables_has_a_name_in_every_language(language: str) -> None:
    result, words = scored(gold(sentence(ATTACK, wanted())), event(ATTACK, "ACCUSE")), catalogue(language)
    levels, measures, statuses, types = score_tables(result, words)
    assert [len(table.rows) for table in (levels, measures, statuses, types)] == [4, 8, 0, 2]
    assert all(len(row) == len(table.head) for table in (levels, measures, statuses, types) for row in table.rows)
    assert miss_line(result.misses[0], words).endswith(f"a#0 ASSAULT happened NOR → SWE | {ATTACK}")


def test_gold_is_read_from_an_array_or_one_document_and_other_fields_are_passed_over(tmp_path: Path) -> None:
    document = b'{"doc": "a", "lang": "en", "sentences": [{"n": 0, "start": 0, "end": 9, "text": "Hello you"}]}'
    for text in (document, b"[" + document + b"]\n"):
        path = tmp_path / "gold.json"
        path.write_bytes(text)
        assert load_gold(path) == (gold(GoldSentence(n=0, end=9, text="Hello you")),)


def test_the_example_of_the_documentation_is_gold(tmp_path: Path) -> None:
    page = Path(__file__).parents[3] / "docs/evaluation.md"
    path = tmp_path / "gold.json"
    path.write_text(page.read_text("utf-8").partition("```json\n")[2].partition("```")[0], "utf-8")
    [document] = load_gold(path)
    assert document.sentences[0].events == (wanted(earliest="2031-05-02"),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nonsense", "expected an array of hand-coded articles"),
        ("[]", "no articles"),
        ('[{"doc": "a", "sentences": []}]', "a: no sentences"),
        ('[{"doc": "a", "sentences": [{"n": 0, "end": 3, "text": "x", "events": [{"type": "BRAWL"}]}]}]', "BRAWL"),
    ],
)
def test_gold_that_is_none_is_refused_with_what_was_met(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(text, "utf-8")
    with pytest.raises(PanelError, match=says):
        load_gold(path)


def test_what_was_coded_is_read_line_by_line_and_a_broken_line_is_named(tmp_path: Path) -> None:
    path, read = tmp_path / "coded.jsonl", reading(event(ATTACK))
    path.write_bytes(read.to_json() + b"\n\n")
    assert load_coded(path) == {read.article.id: read}
    path.write_bytes(read.to_json() + b"\n{}\n")
    with pytest.raises(PanelError, match=r"coded\.jsonl:2: .*article"):
        load_coded(path)
    assert isinstance(read, Reading)
