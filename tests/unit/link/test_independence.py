"""Sources are counted once, however many articles print, retell or quote them."""

from __future__ import annotations

from siaga.base.article import Article
from siaga.base.lineage import Lineage, Voice
from siaga.link.independence import as_claim, independence, voice
from siaga.link.lineages import lineages
from tests.unit.link.test_lineages import made


def alone(articles: str) -> tuple[Lineage, ...]:
    return lineages(articles, ())


def owned(article: str, owner: str | None, *cites: str, credited: str | None = None) -> Voice:
    return Voice(article=article, owner=owner, cites=cites, credited=credited)


def names(lines: tuple[Lineage, ...], *voices: Voice) -> list[str | None]:
    return sorted((one.name for one in independence(lines, voices).sources), key=str)


def test_three_owners_with_three_texts_are_three_sources() -> None:
    assert names(alone("abc"), owned("a", "A"), owned("b", "B"), owned("c", "C")) == ["A", "B", "C"]


def test_a_copy_is_no_source_and_the_owner_of_two_texts_is_one() -> None:
    found = independence(
        lineages("abcd", [made("b", "a")]), [owned("a", "A"), owned("b", "B"), owned("c", "A"), owned("d", "D")]
    )
    assert (found.articles, found.texts, found.independent_sources) == (4, 3, 2)
    assert [one.name for one in found.sources if len(one.lineages) == 2] == ["A"]


def test_texts_that_credit_or_quote_one_agency_rest_on_it() -> None:
    assert names(alone("ab"), owned("a", "A", "AFP", credited="AFP"), owned("b", "B", "AFP")) == ["AFP"]
    assert names(alone("ab"), owned("a", "A", "AFP", "CNN"), owned("b", "B", "AFP")) == ["A", "AFP"]


def test_an_outlet_that_prints_an_agency_is_not_its_own_source_but_its_own_text_is() -> None:
    assert names(alone("ab"), owned("a", "A", "AFP", credited="AFP"), owned("b", "A")) == ["A", "AFP"]


def test_a_claim_of_one_speaker_rests_on_one_however_many_print_it() -> None:
    said = [as_claim(owned(one, one.upper()), "Zelensky", None, anonymous=False) for one in "abc"]
    assert names(alone("abc"), *said) == ["Zelensky"]


def test_sources_without_a_name_are_counted_apart() -> None:
    said = as_claim(owned("a", "A"), None, None, anonymous=True)
    found = independence(alone("ab"), [said, owned("b", "B")])
    assert (found.independent_sources, found.anonymous_sources) == (1, 1)


def test_articles_without_a_known_owner_are_sources_each() -> None:
    assert names(alone("ab"), owned("a", None), owned("b", None)) == [None, None]


def test_only_the_articles_that_are_asked_about_count() -> None:
    found = independence(lineages("abc", [made("b", "a")]), [owned("b", "B"), owned("c", "C")])
    assert (found.articles, found.texts, {one.name for one in found.sources}) == (2, 2, {"B", "C"})


def test_the_voice_of_an_article_leaves_its_own_name_out_and_knows_owners() -> None:
    text = "Korban bertambah, kata petugas kepada Liputan6.com. Dilansir AFP, Kamis (1/2), sepuluh orang tewas."
    article = Article(id="a", source="liputan6", language="id", text=text)
    assert voice(article) == owned("a", "liputan6", "AFP")
    assert voice(article, lambda one: {"liputan6": "Emtek"}.get(one.source or "")).owner == "Emtek"
    assert voice(article.replace(source=None)).owner is None


def test_an_outlet_that_has_an_owner_is_still_the_one_whom_others_credit() -> None:
    own = owned("a", "Perum LKBN Antara").replace(outlet="Antara")
    assert names(alone("ab"), own, owned("b", "Tempo", "Antara", credited="Antara")) == ["Antara"]
