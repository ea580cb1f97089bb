"""Mentions: who is named, in both languages, as of the day of publication."""

from __future__ import annotations

import pytest

from siaga.base.article import Article
from siaga.base.document import Document, Mention, Sentence
from siaga.extract.actors import Mentions
from siaga.extract.tokens import tokenise


def document(text: str, language: str, published: str | None = "2021-11-30", title: str | None = None) -> Document:
    """A document with a sentence a line."""
    tokens = tokenise(text)
    sentences, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        inside = [number for number, offset in enumerate(tokens.starts) if start <= offset < end]
        sentences.append(Sentence(start=start, end=end, first=inside[0], last=inside[-1] + 1))
        start = end + 1
    article = Article(id="a", text=text, title=title, language=language, published=published)
    return Document(article=article, tokens=tokens, sentences=tuple(sentences))


def mentions(text: str, language: str, published: str | None = "2021-11-30") -> dict[str, Mention]:
    """The mentions by their text; of equal texts the last."""
    read = Mentions()(document(text, language, published))
    return {text[mention.start : mention.end]: mention for mention in read.mentions}


def codes(text: str, language: str, published: str | None = "2021-11-30") -> list[str | None]:
    return [mention.code for mention in Mentions()(document(text, language, published)).mentions]


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("id", "Kemarin AS menolak.", "USA"),
        ("id", "Kemarin Korut menembak.", "PRK"),
        ("id", "Kemarin Tiongkok menolak.", "CHN"),
        ("id", "Kemarin Dewan Keamanan PBB bersidang.", "UN"),
        ("id", "Kemarin Uni Soviet runtuh.", "RUS"),
        ("id", "Kemarin OPM menyerang.", "KKB"),
        ("en", "Yesterday the US refused.", "USA"),
        ("en", "Yesterday the Dutch refused.", "NLD"),
        ("en", "Yesterday Hezbollah refused.", "HEZBOLLAH"),
        ("en", "Yesterday UNICEF refused.", "UN"),
        ("en", "Yesterday the Islamic Republic refused.", "IRN"),
        ("en", "Yesterday MOSCOW refused.", "RUS"),
    ],
)
def test_a_name_has_its_code(language: str, text: str, code: str) -> None:
    assert codes(text, language) == [code]


def test_abbreviations_are_matched_as_written() -> None:
    assert codes("They told us as well who is ill.", "en") == []


def test_a_word_in_a_line_of_capitals_is_no_abbreviation() -> None:
    assert codes("PLEASE TELL US MORE ABOUT IT", "en") == []
    assert codes("Then US troops and ISRAEL left.", "en") == ["USA", "ISR"]


def test_a_capital_may_stand_for_its_government() -> None:
    found = mentions("Then Kyiv warned the Kremlin and Russia.", "en")
    assert found["Kyiv"].capital
    assert found["Kremlin"].capital
    assert not found["Russia"].capital


def test_office_organisation_and_name_are_one_mention() -> None:
    found = mentions("Kemarin Sekretaris Jenderal NATO Jens Stoltenberg berbicara.", "id")
    person = found["Sekretaris Jenderal NATO Jens Stoltenberg"]
    assert (person.kind, person.code, person.name) == ("person", "NATO", "Jens Stoltenberg")
    assert (person.office, person.organisation) == ("Sekretaris Jenderal", "NATO")


def test_a_leader_is_known_by_surname_on_the_day_of_publication() -> None:
    assert mentions("Then Rutte spoke.", "en", "2021-11-30")["Rutte"].code == "NLD"
    assert mentions("Then Rutte spoke.", "en", "2025-06-01")["Rutte"].code == "NATO"


def test_a_former_leader_keeps_the_country_but_not_the_office() -> None:
    person = mentions("Then Boris Johnson spoke.", "en", "2024-01-01")["Boris Johnson"]
    assert (person.code, person.office) == ("GBR", None)


def test_a_person_named_with_an_office_is_known_by_surname_later() -> None:
    text = "Menteri Transportasi Israel Tzipi Regon berbicara.\nKemudian Regon pergi."
    person = mentions(text, "id")["Regon"]
    assert (person.code, person.name, person.office) == ("ISR", "Tzipi Regon", "Menteri Transportasi")


def test_a_person_is_learnt_from_an_apposition() -> None:
    text = "It was Adam Nasser, the political leader of Hamas, who spoke.\nThen Nasser left."
    assert mentions(text, "en")["Nasser"].code == "HAMAS"


def test_a_person_is_learnt_from_speaking() -> None:
    text = '"Tidak," kata Budi Raharjo.\nKemudian Budi pergi.'
    person = mentions(text, "id")["Budi"]
    assert (person.kind, person.name, person.code) == ("person", "Budi Raharjo", None)


def test_nothing_later_changes_what_was_read_before() -> None:
    text = "Then Nasser left."
    longer = f"{text}\nIt was Adam Nasser, the political leader of Hamas, who spoke."
    first = Mentions()(document(text, "en")).mentions
    assert Mentions()(document(longer, "en")).mentions[: len(first)] == first


def test_another_bearer_of_a_known_surname_is_not_the_leader() -> None:
    assert "USA" not in codes("Then Cornelia Trump spoke.", "en", "2025-06-01")


def test_a_bare_surname_of_a_leader_with_another_country_is_somebody_else() -> None:
    person = mentions("Kemarin Menteri Kesehatan Belgia Michel berbicara.", "id", "2025-01-01")
    assert person["Menteri Kesehatan Belgia Michel"].code == "BEL"


def test_another_spelling_of_the_first_name_is_the_same_holder_of_the_office() -> None:
    person = mentions("Then President Volodomyr Zelenskyy spoke.", "en")["President Volodomyr Zelenskyy"]
    assert (person.code, person.name) == ("UKR", "Volodomyr Zelenskyy")


def test_capitals_before_a_name_are_not_of_it() -> None:
    person = mentions("Kemarin Ketua YKX Budi Raharjo berbicara.", "id")["Ketua YKX Budi Raharjo"]
    assert person.name == "Budi Raharjo"


def test_they_are_a_country_or_group_not_one_person() -> None:
    assert mentions("Hamas met Benjamin Netanyahu.\nThen they left.", "en")["they"].code == "HAMAS"


def test_the_office_of_a_country_named_again_is_its_holder() -> None:
    text = "Russian President Vladimir Putin spoke.\nThen the Russian president left."
    assert mentions(text, "en")["Russian president"].name == "Vladimir Putin"


@pytest.mark.parametrize(
    ("language", "text", "phrase", "sector"),
    [
        ("id", "Kemarin polisi datang.", "polisi", "COP"),
        ("id", "Kemarin massa datang.", "massa", "CVL"),
        ("en", "Yesterday protesters came.", "protesters", "CVL"),
        ("en", "Yesterday gunmen came.", "gunmen", "UAF"),
    ],
)
def test_kinds_of_people_are_generic_actors(language: str, text: str, phrase: str, sector: str) -> None:
    found = mentions(text, language)[phrase]
    assert (found.kind, found.code, found.sector) == ("generic", None, sector)


@pytest.mark.parametrize(
    ("language", "text", "phrase", "code", "sector"),
    [
        ("id", "Kemarin tentara Rusia datang.", "tentara Rusia", "RUS", "MIL"),
        ("id", "Kemarin Mahkamah Agung Israel datang.", "Mahkamah Agung Israel", "ISR", "JUD"),
        ("id", "Kemarin maskapai China datang.", "maskapai China", "BUS:CHN", "BUS"),
        ("en", "Yesterday Iranian protesters came.", "Iranian protesters", "IRN", "CVL"),
        ("en", "Yesterday Iranian state media came.", "Iranian state media", "MEDIA", "JRN"),
    ],
)
def test_a_force_or_people_has_the_code_of_its_country(
    language: str, text: str, phrase: str, code: str, sector: str
) -> None:
    found = mentions(text, language)[phrase]
    assert (found.code, found.sector) == (code, sector)


def test_that_country_is_the_country_named_last() -> None:
    assert mentions("Rusia menyerang Ukraina.\nSerangan ke negara itu meluas.", "id")["negara itu"].code == "UKR"


def test_both_countries_are_two_mentions() -> None:
    assert codes("Poland met Norway.\nTalks between the two countries went on.", "en")[2:] == ["NOR", "POL"]


def test_he_is_the_first_person_of_the_sentence_before() -> None:
    text = "Russian President Vladimir Putin met US President Joe Biden.\nThen he left."
    assert mentions(text, "en")["he"].name == "Vladimir Putin"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("President Joe Biden met President Emmanuel Macron. Then Biden spoke.\nThe president was tired.", "USA"),
        ("President Joe Biden met President Emmanuel Macron. Then Macron spoke.\nThe president was tired.", "FRA"),
        ("President Joe Biden was silent. Then the Ukrainian president spoke.\nThe president was tired.", "UKR"),
    ],
)
def test_the_president_is_the_one_of_whom_was_spoken_last(text: str, code: str) -> None:
    assert mentions(text, "en")["president"].code == code


@pytest.mark.parametrize("verb", ["killed", "captured", "wounded"])
def test_whom_a_country_killed_is_not_of_it(verb: str) -> None:
    assert codes(f"Yesterday Israel {verb} Hezbollah chief Hassan Nasrallah.", "en") == ["ISR", "HEZBOLLAH"]


def test_a_reference_to_nothing_is_no_mention() -> None:
    assert codes("Then he left the country.", "en") == []


def test_a_sea_is_not_the_country_in_its_name() -> None:
    assert codes("Kapal itu di Laut China Selatan.", "id") == []


@pytest.mark.parametrize("text", ["Then Michael Jordan played.", "Then Gus Georgia played."])
def test_an_ambiguous_name_beside_another_is_no_country(text: str) -> None:
    assert codes(text, "en") == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("id", "Antara lain lima buku."), ("id", "Lima buku."), ("id", "Rapat Komisi XI."), ("en", "It rose at 10 pm.")],
)
def test_common_words_are_no_names(language: str, text: str) -> None:
    assert codes(text, language) == []


def test_a_business_has_the_code_of_its_own_country() -> None:
    assert codes("Then Gazprom left Germany.", "en")[0] == "BUS:RUS"
    assert mentions("Police in Germany raided a company.", "en")["company"].code == "BUS:DEU"


def test_offsets_are_code_points_of_the_text() -> None:
    text = "🇮🇩 Café: lalu Rusia menolak."
    assert list(mentions(text, "id")) == ["Rusia"]


def test_a_language_without_a_pack_has_no_mentions() -> None:
    assert Mentions()(document("Russland lehnt ab.", "de")).mentions == ()


@pytest.mark.parametrize("words", ["Menteri Budi ", "Budi ", "Iran ", "officials of Iran the ", "kata Budi, "])
def test_reading_is_linear_in_a_hostile_sentence(words: str) -> None:
    """A quadratic reader would need minutes for these 20,000 words."""
    for language in ("id", "en"):
        text = words * (20_000 // len(words.split()))
        tokens = tokenise(text)
        whole = Sentence(start=0, end=len(text), first=0, last=len(tokens.forms))
        article = Article(id="a", text=text, language=language, published="2021-11-30", title=None)
        assert Mentions()(Document(article=article, tokens=tokens, sentences=(whole,))).tokens == tokens
