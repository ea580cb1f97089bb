"""Places in an article are places in the text that was given."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from siaga.base.article import Article, Page
from siaga.collect.aligned import aligned
from siaga.collect.article import read_page
from siaga.flow import read_article

FIRST = "Para menteri luar negeri NATO bertemu di Riga pada Selasa."
SECOND = "Rusia menyerang Ukraina, kata Stoltenberg kepada wartawan."
THIRD = "Mereka menandatangani perjanjian pada hari yang sama."


def of_text(text: str) -> Article:
    row = {"id": "a", "title": "Rapat", "date": "2021-11-30", "lang": "id", "text": text}
    return read_page(Page(name="a", kind="jsonl", body=json.dumps(row).encode()))


def test_what_is_read_after_junk_lies_where_it_was_given() -> None:
    text = f"{FIRST}\nBaca Juga\n\n{SECOND}\nADVERTISEMENT\nSCROLL TO CONTINUE WITH CONTENT\n{THIRD}"
    reading = read_article(of_text(text))
    assert len(reading.article.dropped) == 3
    assert "Baca Juga" not in reading.article.text
    assert {event.type for event in reading.events} >= {"ASSAULT", "AGREE"}
    for event in reading.events:
        assert text[event.evidence.start : event.evidence.end] == event.evidence.text


def test_what_was_dropped_is_placed_where_it_stood() -> None:
    article = of_text(f"{FIRST}\nBaca Juga\n{SECOND}\nSCROLL TO CONTINUE WITH CONTENT\n{THIRD}")
    assert [article.text[block.at : block.at + 6] for block in article.dropped if block.at] == [SECOND[:6], THIRD[:6]]


def test_a_paragraph_in_which_something_was_cut_begins_where_it_did() -> None:
    text = f"{FIRST}\n{SECOND} Baca juga: Pasukan Rusia Tinggalkan Perbatasan\n{THIRD}"
    article = of_text(text)
    assert [article.text.index(part) for part in (FIRST, SECOND, THIRD)] == [
        text.index(part) for part in (FIRST, SECOND, THIRD)
    ]


def test_what_is_not_in_the_text_that_was_given_stays_as_it_is() -> None:
    article = Article(id="a", text="One.\nTwo.\nThree.")
    assert aligned(article, "").text == article.text


LINES = st.lists(st.text("ab .", min_size=1, max_size=12).map(str.strip).filter(bool), min_size=1, max_size=12)


@given(LINES, st.data())
def test_the_paragraphs_stay_as_they_are_whatever_is_left_out_between(lines: list[str], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(range(len(lines))), unique=True, min_size=1).map(sorted))
    article = Article(id="a", text="\n".join(lines[number] for number in kept))
    text, whole = aligned(article, "\n".join(lines)).text, "\n".join(lines)
    assert [line.strip() for line in text.split("\n") if line.strip()] == [lines[number] for number in kept]
    assert len(text) <= len(whole)
