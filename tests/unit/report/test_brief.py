"""The brief: every line stands on sentences."""

from __future__ import annotations

import re

import pytest

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Evidence, Magnitude, Party, Place
from siaga.report.brief import Brief, brief
from siaga.report.facts import cited, facts
from siaga.report.markdown import escaped, markdown
from tests.unit.report.invented import event, forecast, quote, reading


def lines(composed: Brief, heading: str) -> list[str]:
    [section] = [section for section in composed.sections if section.heading == heading]
    return [line.text for line in section.lines]


def many() -> list[Reading]:
    """Articles with something for every section: more acts than the situation holds."""
    day = {"earliest": "2031-05-01", "latest": "2031-05-01"}
    statuses = ("happened", "planned", "considered", "possible", "denied")
    kinds = [(status, type_) for status in statuses for type_ in ("AID", "ASSAULT")]
    told, again = (
        [event(f"{outlet} tells of {status} {type_}.", type_, status=status) for status, type_ in kinds]
        for outlet in ("Fjord", "Harbour")
    )
    foreseen = event("Oslo fears war by June.", status="possible", who="FIN")
    said = "“We will not wait for them any longer,” said Astrid Holm."
    return [
        reading(
            *told,
            also=said,
            quotes=(
                quote("We will not wait for them any longer", text="\n".join([*(e.evidence.text for e in told), said])),
            ),
        ),
        reading(*again, source="Harbour Gazette", published="2031-05-03"),
        reading(foreseen, forecasts=(forecast(foreseen, "by June", window_latest="2031-06-01"),), source="Third"),
        reading(event("Someone set a fire.", "ASSAULT", "", "FIN", **day), source="Fourth"),
    ]


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_line_has_notes_and_every_note_is_a_sentence_of_its_article(language: str) -> None:
    articles = many()
    composed = brief(articles, language)
    texts = {one.article.id: one.article.text for one in articles}
    numbers = {note.number for note in composed.notes}
    told = [line for section in composed.sections for line in section.lines]
    assert len(told) > 10
    assert all(line.notes and set(line.notes) <= numbers for line in told)
    assert {number for line in told for number in line.notes} == numbers
    assert all(texts[note.article][note.start : note.end] == note.sentence for note in composed.notes)


def test_markdown_has_each_footnote_once_and_refers_to_all() -> None:
    written = markdown(brief(many()))
    defined = re.findall(r"^\[\^(\d+)\]: ", written, re.MULTILINE)
    body = written.split("\n[^1]: ")[0]
    assert defined == sorted(set(defined), key=int)
    assert set(re.findall(r"\[\^(\d+)\]", body)) == set(defined)


def test_an_act_in_several_outlets_is_one_line_with_their_number() -> None:
    articles = [reading(event(f"{name}: Norway shelled Sweden."), source=name) for name in ("One", "Two", "Three")]
    composed = brief(articles)
    assert lines(composed, "Situation") == ["Attack by Norway against Sweden, reported 2 May 2031 – 3 sources"]
    assert len(composed.notes) == 3


def test_a_sentence_printed_by_three_outlets_is_one_source() -> None:
    articles = [reading(event("Norway shelled Sweden."), source=name) for name in ("One", "Two", "Three")]
    composed = brief(articles)
    assert lines(composed, "Situation") == ["Attack by Norway against Sweden, reported 2 May 2031"]
    assert len(composed.notes) == 1


def test_old_wars_are_background() -> None:
    old = event("Norway shelled Sweden in 1808.", earliest="1808-01-01", latest="1808-12-31")
    composed = brief([reading(old)])
    assert lines(composed, "Background, from before") == ["Attack by Norway against Sweden, 1808"]
    assert lines(composed, "Situation") == []


def test_acts_stand_under_their_status_and_in_the_situation_with_it() -> None:
    composed = brief(many())
    assert "Attack by Norway against Sweden, first reported 2 May 2031 – 2 sources" in lines(composed, "Situation")
    said = [*lines(composed, "Situation"), *lines(composed, "Denied")]
    assert any(line.startswith("Denied: ") for line in said) or lines(composed, "Denied")
    assert not any("Denied" in line for line in lines(composed, "What happened"))


def test_a_denial_of_what_is_reported_is_not_known() -> None:
    shot = reading(event("Norway fired at a Swedish ship."))
    denied = reading(event("Oslo denied firing.", status="denied"), source="Harbour Gazette", published="2031-05-05")
    composed = brief([shot, denied])
    assert any(
        line.startswith("Whether it took place: Attack by Norway") for line in lines(composed, "What is not known")
    )


def test_a_denial_long_after_is_of_something_else() -> None:
    shot = reading(event("Norway fired at a Swedish ship."))
    denied = reading(event("Oslo denied firing.", status="denied"), source="Harbour Gazette", published="2031-09-05")
    assert lines(brief([shot, denied]), "What is not known") == []


def test_an_act_without_an_actor_is_told_as_not_known() -> None:
    hurt = (Magnitude(minimum=3, maximum=3, unit="wounded", text="three"),)
    burnt = event("A fire was set, three were hurt.", who="", whom="FIN", magnitude=hurt)
    assert lines(brief([reading(burnt)]), "What is not known") == [
        "Who did it: Attack against Finland, reported 2 May 2031 (3 wounded). Siaga finds no actor named."
    ]
    assert lines(brief([reading(burnt), reading(event("Norway burnt it.", whom="FIN"))]), "What is not known") == []


def test_an_attack_named_in_passing_is_no_question_and_comes_last() -> None:
    passing = event("Nobody has come here since the attack.", who="", whom="FIN")
    plain = event("Sweden accused Norway.", "ACCUSE", "SWE", "NOR")
    composed = brief([reading(passing, plain)])
    assert lines(composed, "What is not known") == []
    assert [fact.event.type for fact in facts(cited([reading(passing, plain)]))] == ["ACCUSE", "ASSAULT"]


def test_a_day_that_the_sentence_does_not_say_is_not_said() -> None:
    day = {"earliest": "2031-05-01", "latest": "2031-05-01"}
    inferred = event("Norway shelled Sweden.", when_text="on Monday", **day)
    assert lines(brief([reading(inferred)]), "Situation") == ["Attack by Norway against Sweden, reported 2 May 2031"]
    told = event("Norway shelled Sweden on Monday.", when_text="on Monday", **day)
    assert lines(brief([reading(told)]), "Situation") == ["Attack by Norway against Sweden, 1 May 2031"]


def test_what_happened_did_not_happen_after_the_paper_came_out() -> None:
    later = event("Norway helped Sweden in June.", "AID", earliest="2031-06-01", latest="2031-06-30")
    assert lines(brief([reading(later)]), "Situation") == ["Aid by Norway to Sweden, reported 2 May 2031"]


def test_what_somebody_says_is_told_as_their_word() -> None:
    said = event("Norway shelled Sweden, said Astrid Holm.", speaker="Astrid Holm")
    [line] = lines(brief([reading(said)]), "Situation")
    assert line == "Attack by Norway against Sweden, reported 2 May 2031, according to Astrid Holm"
    [office] = lines(brief([reading(said.replace(speaker="minister"))]), "Situation")
    assert office.endswith(", according to “minister”")
    [code] = lines(brief([reading(said.replace(speaker="Finland"))], "id"), "Situasi")
    assert code.endswith(", menurut Finlandia")


def test_what_is_alleged_in_an_accusation_is_the_accusers_word() -> None:
    sentence = "Sweden accused Norway of shelling it."
    accused = event(sentence, "ACCUSE", "SWE", "NOR")
    told = lines(brief([reading(accused, event(sentence))]), "What happened")
    told += lines(brief([reading(accused, event(sentence))]), "Situation")
    assert "Attack by Norway against Sweden, reported 2 May 2031, according to Sweden" in told


def test_what_one_paper_says_of_itself_is_a_fact_though_another_quotes_it() -> None:
    quoted = reading(event("Norway shelled Sweden, said Astrid Holm.", speaker="Astrid Holm"), source="One")
    plain = reading(event("Norway shelled Sweden."), source="Two")
    [line] = lines(brief([quoted, plain]), "Situation")
    assert "according to" not in line


def test_a_fear_without_a_date_is_one_line_however_long_it_lasts() -> None:
    feared = [
        reading(event(f"War may come, says {day}.", status="possible"), published=f"2031-05-{day}", source=day)
        for day in ("02", "12", "28")
    ]
    [line] = lines(brief(feared), "Situation")
    assert line == "Feared or possible: Attack by Norway against Sweden, first reported 2 May 2031 – 3 sources"


def test_numbers_days_and_places_of_a_line_come_from_one_sentence() -> None:
    hurt, fired = (Magnitude(minimum=3, maximum=3, unit=unit, text="three") for unit in ("wounded", "drones"))
    first = event("Three were hurt in Sweden by Norway.", magnitude=(hurt,), confidence=0.9)
    second = event("Norway sent three drones on Monday.", magnitude=(fired,), when_text="on Monday", confidence=0.5)
    articles = [reading(first), reading(second.replace(earliest="2031-05-02", latest="2031-05-02"), source="Gazette")]
    [line] = lines(brief(articles), "Situation")
    assert line == "Attack by Norway against Sweden, reported 2 May 2031 (3 wounded) – 2 sources"


def test_acts_within_a_country_are_the_same_only_if_its_parties_are_called_the_same() -> None:
    police, army = (Party(code="NOR", name="Norway", sector="COP", text=text) for text in ("police", "army"))
    acts = [
        event(f"Arrest {number}.", "COERCE").replace(actors=(one,), recipients=(one,))
        for number, one in enumerate((police, army, police))
    ]
    articles = [reading(one, source=str(number)) for number, one in enumerate(acts)]
    assert sorted(len(fact.sources) for fact in facts(cited(articles))) == [1, 2]


def test_the_situation_has_few_lines_of_one_kind() -> None:
    told = [event(f"s{day}", earliest=f"2031-04-{day:02d}", latest=f"2031-04-{day:02d}") for day in range(20, 29)]
    asked = event("Sweden asked Finland.", "REQUEST", "SWE", "FIN")
    assert len(lines(brief([reading(*told, asked)]), "Situation")) == 3


def test_an_act_that_is_read_twice_in_a_sentence_is_told_once() -> None:
    sentence = "Missiles were fired at Sweden by Norway."
    twice = [event(sentence, mode=mode, whom=whom) for mode, whom in (("aerial", "SWE"), ("firearms", ""))]
    composed = brief([reading(*twice)])
    assert sum(len(section.lines) for section in composed.sections) == 1


def test_a_place_that_is_described_is_told_in_the_words_of_the_article() -> None:
    border = Place(name="perbatasan Swedia", country="SWE", latitude=None, longitude=None, precision="region")
    [line] = lines(brief([reading(event("x", place=border))]), "Situation")
    assert " in “perbatasan Swedia”, " in line


def test_one_sentence_leads_the_situation_once() -> None:
    sentence = "Norway denied that it shelled Sweden."
    both = [event(sentence, status="denied"), event(sentence, "REJECT", "NOR", "SWE")]
    composed = brief([reading(*both)])
    assert len(lines(composed, "Situation")) == 1
    assert len(lines(composed, "Denied") + lines(composed, "What happened")) == 1


def test_a_place_that_is_but_the_country_of_a_party_is_not_repeated() -> None:
    sweden = Place(name="Sweden", country="SWE", latitude=None, longitude=None, precision="country")
    lund = sweden.replace(name="Lund", precision="city")
    assert lines(brief([reading(event("x", place=sweden))]), "Situation") == [
        "Attack by Norway against Sweden, reported 2 May 2031"
    ]
    assert lines(brief([reading(event("x", place=lund))]), "Situation") == [
        "Attack by Norway against Sweden in Lund, reported 2 May 2031"
    ]


def test_a_denial_is_of_the_last_report_before_it_only() -> None:
    reports = [reading(event(f"Shot {day}."), published=f"2031-05-{day}", source=day) for day in ("01", "04", "09")]
    denied = reading(event("Oslo denied firing.", status="denied"), source="Gazette", published="2031-05-05")
    composed = brief([*reports, denied])
    assert [line[:40] for line in lines(composed, "What is not known")] == ["Whether it took place: Attack by Norway "]
    [line] = [line for section in composed.sections if section.key == "unknown" for line in section.lines]
    noted = {note.sentence for note in composed.notes if note.number in line.notes}
    assert noted == {"Shot 04.", "Oslo denied firing."}


def test_a_claim_about_the_future_in_several_papers_is_one_line() -> None:
    papers = []
    for source, words in (("One", "by June"), ("Two", "before July")):
        foreseen = event(f"{source}: war may come {words}.", status="possible")
        told = forecast(foreseen, words, window_latest="2031-06-30")
        papers.append(reading(foreseen, forecasts=(told.replace(evidence=foreseen.evidence),), source=source))
    [line] = lines(brief(papers), "What is forecast")
    assert line.endswith(" – 2 sources")


def test_an_office_without_a_name_is_said_once() -> None:
    text = "“We will not wait for them any longer,” the Minister said."
    said = quote("We will not wait for them any longer", "Minister", text=text, office="Minister")
    read = reading(event("x"), also=text, quotes=(said,))
    assert lines(brief([read]), "In their own words") == ["“We will not wait for them any longer” – Minister"]


def test_a_forecast_tells_who_what_when_and_in_which_words() -> None:
    foreseen = event("War may come.", status="possible")
    told = forecast(foreseen, "by June", window_latest="2031-06-30", condition="talks fail")
    composed = brief([reading(foreseen, forecasts=(told,))])
    assert lines(composed, "What is forecast") == [
        "Oslo: Attack by Norway against Sweden, until 30 June 2031 – “by June”, if: “talks fail”"
    ]


def test_a_quote_is_noted_to_the_paragraph_that_holds_it() -> None:
    text = "First.\n“We will not wait for them any longer,” said Astrid Holm.\nLast."
    said = quote(
        "We will not wait for them any longer",
        text=text,
        office="Minister",
        organisation="Norway",
        medium="Radio Fjord",
    )
    article = Article(id="a", source="Daily Fjord", language="en", published="2031-05-02", text=text)
    composed = brief([Reading(article=article, events=(), title_events=(), quotes=(said,), forecasts=())])
    assert lines(composed, "In their own words") == [
        "“We will not wait for them any longer” – Astrid Holm, Minister (Norway), to Radio Fjord"
    ]
    assert [note.sentence for note in composed.notes] == ["“We will not wait for them any longer,” said Astrid Holm."]


def test_a_source_without_a_name_is_told_as_the_article_describes_it() -> None:
    text = "“The convoy left before dawn today,” an official said."
    words = "The convoy left before dawn today"
    said = quote(words, None, text=text, anonymous=True, speaker_text="an official")
    nameless = said.replace(speaker_text=None)
    for one, name in ((said, "an official"), (nameless, "a source that is not named")):
        read = reading(event("x"), also=text, quotes=(one,))
        assert lines(brief([read]), "In their own words") == [f"“{words}” – {name}"]


def test_single_words_in_quotation_marks_are_no_quote() -> None:
    read = reading(
        event("x"), also="He spoke of “hysteria”.", quotes=(quote("hysteria", text="He spoke of “hysteria”."),)
    )
    assert lines(brief([read]), "In their own words") == []


def test_what_is_left_out_is_counted() -> None:
    told = [event(f"s{day}", earliest=f"2031-05-{day:02d}", latest=f"2031-05-{day:02d}") for day in range(1, 29)]
    [happened] = [section for section in brief([reading(*told)]).sections if section.heading == "What happened"]
    assert (len(happened.lines), happened.more) == (8, 18)


def test_a_brief_of_nothing_says_so() -> None:
    written = markdown(brief([]))
    assert written.count("No sentence says anything of this.") == 10


def test_nothing_in_an_article_is_taken_for_markup() -> None:
    assert escaped("a [link](x) <b>\nnew *line*") == r"a \[link\](x) \<b\> new \*line\*"
    sneaky = event("<script> [^9]: Norway shelled Sweden.")
    assert "<script>" not in markdown(brief([reading(sneaky)]))


def test_order_of_articles_changes_nothing() -> None:
    articles = many()
    assert brief(articles) == brief(articles[::-1])


def test_the_notes_of_a_line_hold_its_evidence() -> None:
    composed = brief([reading(event("Norway shelled Sweden."))])
    [note] = composed.notes
    assert Evidence(start=note.start, end=note.end, text=note.sentence).text == "Norway shelled Sweden."
