"""Articles for the tests of stories: two happenings told by several outlets in two languages, and one that is alike."""

from __future__ import annotations

from functools import cache

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.flow import read_article

__all__ = ["ARTICLES", "BLAST", "EARLIER", "SUMMIT", "by_id", "readings"]

ARTICLES = (
    Article(
        id="blast-1", source="Warta Uji", language="id", published="2025-03-04", title="Bom Meledak di Pasar Mosul",
        text="Sebuah bom meledak di sebuah pasar di Mosul, Irak, Selasa (4/3/2025). Sedikitnya 20 orang tewas dalam "
        "serangan itu, kata juru bicara kepolisian Karim Haddad.\nISIS mengaku bertanggung jawab atas serangan di "
        "Mosul. Perdana Menteri Irak Mohammed Shia al-Sudani mengecam serangan tersebut.",
    ),
    Article(
        id="blast-2", source="The Test Ledger", language="en", published="2025-03-05",
        title="Market bomb kills 12 in Mosul",
        text="ISIS attacked a market in Mosul, Iraq, on Tuesday and killed 12 people, police spokesman Karim Haddad "
        "said.\nISIS said it carried out the attack in Mosul. Iraqi Prime Minister Mohammed Shia al-Sudani condemned "
        "the attack.",
    ),
    Article(
        id="blast-3", source="Harbour Review", language="en", published="2025-03-05",
        title="Iraq mourns after Mosul market attack",
        text="Iraq declared three days of mourning on Wednesday after ISIS attacked a market in Mosul on Tuesday and "
        "killed at least 20 people. Police spokesman Karim Haddad said the bomb was hidden in a vegetable cart.",
    ),
    Article(
        id="earlier", source="The Test Ledger", language="en", published="2025-02-18",
        title="Iraqi army arrests ISIS members near Kirkuk",
        text="Iraqi forces arrested nine ISIS members near Kirkuk on Monday, the defence ministry said. The suspects "
        "had hidden weapons in a farm south of the city.",
    ),
    Article(
        id="summit-1", source="Warta Uji", language="id", published="2025-03-05",
        title="Prabowo Bertemu Macron di Paris",
        text="Presiden Prabowo Subianto bertemu Presiden Prancis Emmanuel Macron di Paris, Rabu (5/3/2025). Keduanya "
        "menandatangani perjanjian pembelian 24 jet tempur Rafale.",
    ),
    Article(
        id="summit-2", source="Harbour Review", language="en", published="2025-03-05",
        title="Macron hosts Prabowo in Paris",
        text="French President Emmanuel Macron met Indonesian President Prabowo Subianto in Paris on Wednesday. They "
        "signed a deal for 24 Rafale fighter jets.",
    ),
)  # fmt: skip
BLAST = frozenset({"blast-1", "blast-2", "blast-3"})
SUMMIT = frozenset({"summit-1", "summit-2"})
EARLIER = frozenset({"earlier"})


@cache
def readings() -> tuple[Reading, ...]:
    """The articles as they are read."""
    return tuple(map(read_article, ARTICLES))


def by_id(*ids: str) -> tuple[Reading, ...]:
    """The readings of these articles, in this order."""
    known = {reading.article.id: reading for reading in readings()}
    return tuple(known[one] for one in ids)
