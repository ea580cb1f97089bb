"""Who a name means: leaders as of the day of publication, and persons learnt within the article."""

from __future__ import annotations

from collections.abc import Sequence

from siaga.base.document import Mention
from siaga.extract.actor_tables import Leader

__all__ = ["Known", "holder"]

ALIAS_YEARS = 12
"""Years after a term of office for which a bare alias still means that person, by eye on training articles."""
ELECT_YEARS = 1
"""Years before a term for which a name already means the person: candidates and the elected."""


def holder(leaders: Sequence[Leader], published: str | None, *, alone: bool) -> tuple[Leader, bool] | None:
    """The row that a form means on a day, and whether its office is held on that day.

    `alone`: the form stands without an office, so that a bare surname counts only near the term.
    Of several terms the one held counts, then the latest begun, then the earliest to come.

    >>> from siaga.extract.actor_tables import load_leaders
    >>> rutte = [row for row in load_leaders() if row.name == "Mark Rutte"]
    >>> holder(rutte, "2021-11-30", alone=True)[0].code
    'NLD'
    """
    if published is None:
        return leaders[-1], leaders[-1].valid_until is None
    day = published[:10]
    held = [row for row in leaders if _holds(row, day)]
    if held:
        return held[-1], True
    near = [row for row in leaders if not alone or _near(row, day)]
    begun = [row for row in near if (row.valid_from or "") <= day]
    rows = begun[-1:] or near[:1]
    return (rows[0], False) if rows else None


def _holds(row: Leader, day: str) -> bool:
    return (row.valid_from or "") <= day <= (row.valid_until or "9999")


def _near(row: Leader, day: str) -> bool:
    year = int(day[:4])
    start = int((row.valid_from or "0001")[:4]) - ELECT_YEARS
    return start <= year <= int((row.valid_until or "9999")[:4]) + ALIAS_YEARS


class Known:
    """The persons an article has named so far, by every stretch of words of their names."""

    def __init__(self) -> None:
        self._by_words: dict[tuple[str, ...], Mention] = {}
        self._by_office: dict[tuple[str | None, str | None], Mention] = {}

    def learn(self, mention: Mention, name: Sequence[str]) -> None:
        """Remember a person under each run of words of the name: the latest to bear it counts."""
        self.meet(mention)
        self._by_office[mention.office, mention.code] = mention
        words = tuple(name)
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                if end - start > 1 or len(words[start]) > 2:  # noqa: PLR2004 - "al", "II"
                    self._by_words[words[start:end]] = mention

    def meet(self, mention: Mention) -> None:
        """Note that a person is spoken of: whom the bare office means from now on."""
        self._by_office[mention.office, None] = mention

    def find(self, name: Sequence[str]) -> Mention | None:
        """The person an article means by these words, if it has named one."""
        return self._by_words.get(tuple(name))

    def in_office(self, office: str, code: str | None = None) -> Mention | None:
        """The person met last who has this office; the one learnt last of a country or body, if one is given."""
        return self._by_office.get((office, code))
