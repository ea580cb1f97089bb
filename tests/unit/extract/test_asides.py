"""Menus and headlines of other articles among the paragraphs of a text: kept, and not read as the article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siaga.base.article import Article
from siaga.base.document import Document, Tokens
from siaga.extract.asides import TEASER, find_asides
from siaga.extract.menus import menu_end
from siaga.extract.teasers import teasers
from siaga.extract.tokens import Tokenise
from siaga.flow import annotate

MENU = "HomeNewsShow more sectionsWorldAfricaAsiaEuropeSportPodcastsPublished On 30 Nov 202130 Nov 2021"
BODY = "The ministers of NATO met in Riga on Tuesday and warned Russia against an attack on Ukraine."
OTHERS = (
    "Bishop stabbed during a service in the harbour town — days after...",
    "Troops will not take part in any retaliatory strike against...",
    "Teen gunmen planned an attack on three churches in the capital,...",
)


def test_a_menu_glued_to_the_first_paragraph_ends_where_the_prose_begins() -> None:
    assert (MENU + BODY)[menu_end(MENU + BODY) :] == BODY


@pytest.mark.parametrize(
    "line",
    [
        BODY,
        "McDonald met O'Neill in the eBay office; iPhone and YouTube were closed.",
        "Read it at https://kabar.example/aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgHiJkLmNoP now.",
        "He left.She came.They met.All spoke.None knew.Both ran.Some hid.Few cared.Most slept.",
    ],
)
def test_a_paragraph_without_a_menu_is_left_alone(line: str) -> None:
    assert menu_end(line) == 0


def test_headlines_that_trail_off_in_a_row_are_of_other_articles() -> None:
    assert teasers([BODY, *OTHERS, BODY]) == {1, 2, 3}


def test_one_thought_that_trails_off_is_not() -> None:
    assert teasers([BODY, "He said that nobody would ever know what happened...", BODY]) == frozenset()


def test_a_headline_that_a_trailing_one_announces_goes_with_it() -> None:
    whole = "Bishop stabbed during a service in the harbour town — days after the fire in the market"
    assert teasers([*OTHERS, *[BODY] * 5, whole, BODY]) == {0, 1, 2, 8}


def test_a_list_of_headlines_that_stands_twice_is_none_of_the_article() -> None:
    listed = [
        "Troops leave the border town after a week of shelling",
        "Harbour of the capital closed as the storm comes near",
    ]
    assert teasers([BODY, *listed, *[BODY + " More followed."] * 3, *listed]) == {1, 2, 6, 7}


def test_the_summary_above_an_article_stays_though_a_list_below_repeats_it() -> None:
    summary, other = (
        "The minister keeps out of sight to calm the talks in Riga",
        "Storm nears the harbour of the old capital in the north",
    )
    lines = [summary, *[BODY + " More followed."] * 6, other, summary, BODY, other, summary]
    assert 0 not in teasers(lines)
    assert {7, 8, 10, 11} <= teasers(lines)


def test_verses_results_and_pieces_of_broken_paragraphs_are_no_headlines() -> None:
    verse = ["Terang bulan di atas kota lama", "Kau bukan hanya sekedar indah"] * 4
    results = ["05-06-2025: Australia vs Jepang 1-0 (0-0) 40.100 orang"] * 3
    broken = ["Kasus kakek yang meneriaki perempuan penumpang bus kota itu", "di Jakarta", ", ramai"] * 2
    assert teasers([BODY, *verse, BODY]) == frozenset()
    assert teasers([BODY * 3, *results, BODY * 3]) == frozenset()
    assert teasers([*broken, BODY * 6]) == frozenset()


def test_the_articles_own_headline_is_no_teaser_whatever_its_quotes() -> None:
    own = "Minister warns ‘don’t’ attack the harbour of the old capital"
    assert teasers([*OTHERS, own, *[BODY] * 5], own.replace("’", "'").replace("‘", "'")) == {0, 1, 2}


@pytest.mark.parametrize("site", [" | World news | The Courier", " — Kabar World News", " - Kabar.example", " · Kabar"])
def test_the_name_of_the_site_behind_the_headline_is_an_aside(site: str) -> None:
    title = "Troops leave the border with Ukraine – ministry"
    [aside] = find_asides(f"{title}{site}\n{BODY}", title)
    assert (aside.start, aside.end) == (len(title), len(title + site))


@pytest.mark.parametrize(
    "line", ["Riga talks end without a deal", "Riga talks", "Riga talks | " + "very long " * 6 + "end"]
)
def test_what_else_follows_the_words_of_the_headline_is_none(line: str) -> None:
    assert find_asides(f"{line}\n{BODY}", "Riga talks") == ()


def test_a_caption_glued_to_the_paragraph_after_its_credit_is_a_sentence_of_its_own() -> None:
    text = f"Ministers in Riga, Latvia, November 30 © Kabar Images / Ani Handoko{BODY}"
    document = annotate(Article(id="a", language="en", published="2021-11-30", text=text))
    assert [text[one.start : one.end] for one in document.sentences][1] == BODY


def test_nothing_is_read_from_a_menu_and_no_events_from_a_teaser() -> None:
    text = "\n".join([MENU + BODY, BODY + " They spoke for an hour.", *OTHERS])
    document = annotate(Article(id="a", language="en", published="2021-11-30", text=text))
    told = {text[one.evidence.start : one.evidence.end] for one in document.events}
    assert BODY in told
    assert told <= {BODY, "They spoke for an hour."}
    assert text[document.tokens.starts[0] :].startswith("The ministers")
    assert [one.foreign for one in document.sentences] == [False, False, False, True, True, True]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([MENU, BODY, MENU + BODY, *OTHERS, "", "icon a-b icon", "A…", "“Quoted…”"]), max_size=12)
)
def test_asides_are_in_order_apart_and_inside_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    edges = [edge for aside in find_asides(text) for edge in (aside.start, aside.end)]
    assert edges == sorted(edges)
    assert all(text[aside.start : aside.end].strip() for aside in find_asides(text))
    covered = {n for aside in find_asides(text) if aside.reason != TEASER for n in range(aside.start, aside.end)}
    assert not covered.intersection(tokens_of(text).starts)


def tokens_of(text: str) -> Tokens:
    return Tokenise()(Document(article=Article(id="a", language="en", published=None, text=text))).tokens
