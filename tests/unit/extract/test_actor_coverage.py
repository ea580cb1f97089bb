"""The tables of actors keep what they know."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.actors_coverage import SETS, bodies, coverage, mean_coverage
from siaga.base.article import Article
from siaga.base.document import Document
from siaga.base.pack import asset, read_rows
from siaga.extract.actor_tables import Body
from siaga.extract.actors import Mentions
from siaga.extract.sentences import Sentences
from siaga.extract.tokens import Tokenise

PROVINCES = 37


@pytest.mark.parametrize(
    ("name", "office", "floor"),
    [
        *((name, "head", 0.97) for name in SETS),
        ("G20", "foreign minister", 0.99),
        ("G20", "defence minister", 0.97),
        ("G20", "commander", 0.92),
        ("ASEAN", "foreign minister", 0.98),
        ("ASEAN", "defence minister", 0.88),
        ("ASEAN", "commander", 0.93),
        ("Security Council 2025-26", "foreign minister", 0.95),
        ("Security Council 2025-26", "defence minister", 0.77),
        ("Security Council 2025-26", "commander", 0.84),
        ("armed conflict", "foreign minister", 0.94),
        ("armed conflict", "defence minister", 0.84),
        ("armed conflict", "commander", 0.86),
    ],
)
def test_it_is_known_who_held_an_office_on_most_days_since_2010(name: str, office: str, floor: float) -> None:
    assert mean_coverage(name, office) >= floor


def test_a_country_that_is_in_no_table_is_not_known() -> None:
    assert coverage("XXX", "head") == 0


def test_there_are_more_than_three_hundred_armed_groups_and_as_many_parties() -> None:
    counted = bodies()
    assert counted["armed groups"] >= 300
    assert counted["parties"] >= 300


def test_every_province_of_indonesia_has_its_police_and_its_government() -> None:
    rows = read_rows(asset("actors", "institutions.csv"), Body)
    heads = Counter(row.name_id.partition(" ")[0] for row in rows if row.code == "IDN" and " " in row.name_id)
    assert heads["Polda"] > PROVINCES
    assert heads["Pemprov"] > PROVINCES


def mentioned(text: str, language: str, published: str = "2025-06-01") -> list[tuple[str, str | None]]:
    """Names and codes of the mentions in a text."""
    document = Document(article=Article(id="a", text=text, language=language, published=published))
    for annotator in (Tokenise(), Sentences(), Mentions()):
        document = annotator(document)
    return [(mention.name, mention.code) for mention in document.mentions]


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Likud rejected the plan.", "en", "ISR"),
        ("The Awami League called for a strike.", "en", "BGD"),
        ("The Chin National Front seized the town.", "en", "CNF_MMR"),
        ("ULMWP menolak rencana itu.", "id", "ULMWP"),
        ("Polda Papua Tengah menangkap dua orang.", "id", "IDN"),
        ("Amal walked out of the talks.", "en", "AMAL"),
        ("Penjaga Pantai Filipina mengusir kapal itu.", "id", "PHL"),
    ],
)
def test_parties_groups_and_bodies_are_named(text: str, language: str, code: str) -> None:
    assert [found for _, found in mentioned(text, language)] == [code]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Pelaku mencuri Kotak Amal masjid.", "id"),
        ("Prodi Arsitektur dibuka.", "id"),
        ("Daya laptop itu 250W TDP.", "id"),
        ("PT BRN memenangkan tender.", "id"),
        ("The IRA has earmarked money for clean energy.", "en"),
        ("Researchers at MIT published a study.", "en"),
    ],
)
def test_short_names_that_mostly_mean_something_else_name_nobody(text: str, language: str) -> None:
    known = {"AMAL", "ITA", "IND", "BRN_PATANI", "IRA", "MIT"}
    assert not known & {code for _, code in mentioned(text, language)}


def test_of_several_terms_the_one_on_the_day_counts() -> None:
    text = "Yoav Gallant and Avigdor Lieberman met Chrystia Freeland."
    assert [code for _, code in mentioned(text, "en")] == ["ISR", "ISR", "CAN"]
    [(_, code)] = mentioned("Ursula von der Leyen arrived.", "en", "2015-01-10")
    assert code == "DEU"
    [(_, code)] = mentioned("Ursula von der Leyen arrived.", "en", "2021-01-10")
    assert code == "EU"
