"""Two articles: which relation, which was first, and the evidence for it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from siaga.base.article import Article
from siaga.base.lineage import COPIES, Pair
from siaga.link.compare import compare
from siaga.link.profile import profile
from siaga.link.vectors import Vectors
from tests.unit.link.pages import copies, page, pair_of, undated

ORIGINAL = "2021-11-02-burns-in-moscow.html"
TRANSLATION = "2021-11-04-direktur-cia-terjemahan.html"
SPUN, UNSPUN = "2022-01-25-pentagon-alert-spin.txt", "2022-01-24-pentagon-alert.html"


@pytest.mark.parametrize(("relation", "file", "of"), tuple(copies()), ids=lambda value: str(value)[:40])
def test_each_copy_of_the_demo_archive_is_found(relation: str, file: str, of: str) -> None:
    found = pair_of(page(file), page(of))
    assert found.relation in COPIES
    assert found.probability > 0.9
    assert (found.relation == "translated") == (relation == "translated")


def test_reports_of_one_happening_in_their_own_words_are_no_copies() -> None:
    found = pair_of(page("2021-06-23-hms-defender.html"), page("2021-06-24-inggris-bantah-tembakan.html"))
    assert found.relation in {"independent", "different"}
    assert found.probability < 0.2
    assert (found.copy, found.matches) == (None, ())


def test_articles_about_other_things_are_different() -> None:
    assert pair_of(page(ORIGINAL), page("2021-07-05-setahun-ia-cepa.html")).relation == "different"


def test_the_order_of_the_two_makes_no_difference() -> None:
    assert pair_of(page(ORIGINAL), page(TRANSLATION)) == pair_of(page(TRANSLATION), page(ORIGINAL))


def test_evidence_stands_in_both_texts_and_rises_in_both() -> None:
    found = pair_of(page(ORIGINAL), page(TRANSLATION))
    texts = {one.id: one.text for one in (page(ORIGINAL), page(TRANSLATION))}
    assert len(found.matches) >= 3
    for match in found.matches:
        assert match.a.text == texts[found.a][match.a.start : match.a.end]
        assert match.b.text == texts[found.b][match.b.start : match.b.end]
    assert [match.b.start for match in found.matches] == sorted(match.b.start for match in found.matches)
    assert any("Burns" in one for one in found.shared)


def test_a_text_cut_short_is_the_copy_though_nobody_knows_the_days() -> None:
    whole = undated(page("2021-06-16-geneva-summit.html"))
    lines = whole.text.split("\n")
    short = whole.replace(id="short", text="\n".join(lines[: len(lines) // 2]))
    assert pair_of(whole, short).copy == "short"


def test_edited_texts_that_credit_one_agency_are_wires_and_copies_of_one_another_otherwise() -> None:
    article = page(ORIGINAL)
    text = article.text + "\n(Reuters)"
    lines = text.split("\n")
    other = "\n".join((*lines[:-2], lines[-1]))
    both = article.replace(text=text), article.replace(id="other", text=other)
    assert pair_of(*both).relation == "wire"
    assert pair_of(*both).copy is None
    uncredited = both[1].replace(text=other.removesuffix("(Reuters)"))
    assert pair_of(both[0], uncredited).relation == "near"


def test_the_one_that_was_published_later_is_the_copy_where_content_does_not_say() -> None:
    first = page(ORIGINAL).replace(published="2021-11-03T01:30:00+07:00")
    for later in ("2021-11-02T20:30:00Z", "2021-11-04"):
        found = pair_of(first, first.replace(id="later", published=later))
        assert (found.relation, found.copy, found.earlier) == ("exact", "later", first.id)
    same_day = pair_of(first, first.replace(id="same", published="2021-11-03"))
    assert same_day.earlier is None
    assert same_day.copy_probability == 0.5


def test_an_article_of_nothing_but_marks_is_compared_without_complaint() -> None:
    empty = page(ORIGINAL).replace(id="empty", text="? !")
    assert pair_of(empty, page(ORIGINAL)).relation == "different"
    assert pair_of(empty, empty.replace(id="none", text="…")).relation == "different"


def test_a_pair_survives_json() -> None:
    found = pair_of(page(ORIGINAL), page(TRANSLATION))
    assert Pair.from_json(found.to_json()) == found


STANDING = "Watch highlights of Saturday's games at 22:30 GMT on BBC One and the BBC iPlayer."
CAPTIONS = (
    "West Ham manager David Moyes says his side made some basic errors in their 1-1 draw at the London Stadium.",
    "Brentford manager Thomas Frank praises his side's performance against Arsenal, a more than deserved point.",
)


def brief(name: str, *sentences: str) -> Article:
    return Article(id=name, language="en", text="\n".join(sentences))


def test_captions_with_one_outlet_s_standing_words_are_no_copies() -> None:
    a, b = (brief(name, caption, STANDING) for name, caption in zip("ab", CAPTIONS, strict=True))
    found = pair_of(a, b)
    assert found.relation not in COPIES
    assert found.probability < 0.5


def test_a_brief_that_is_printed_with_a_word_changed_is_a_copy() -> None:
    a = brief("a", CAPTIONS[0], STANDING)
    b = brief("b", CAPTIONS[0].replace("basic", "simple"), STANDING)
    assert pair_of(a, b).relation in COPIES


def test_follow_ups_that_repeat_their_background_need_no_vectors() -> None:
    background = lines_of("2021-03-30-khomchak-parlemen-ukraina.html")[:3]
    news = lines_of("2021-04-13-biden-putin-telepon-pertemuan-puncak.html")
    a, b = (brief(name, *background, *own) for name, own in (("a", news[:6]), ("b", news[6:12])))
    found = compare(profile(a), profile(b), no_vectors)
    assert 0.25 < found.probability < 0.5
    assert found.relation == "independent"


def lines_of(name: str) -> list[str]:
    return [one.text for one in profile(page(name)).sentences]


def no_vectors(_: Sequence[str]) -> Vectors:
    raise AssertionError
