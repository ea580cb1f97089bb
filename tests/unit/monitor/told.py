"""Invented articles that tell of acts, and workspaces that hold them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from siaga.base.document import Reading
from siaga.base.event import EventType, Party, Status
from siaga.base.lineage import Pair
from siaga.base.record import Record
from siaga.base.warning import Card
from siaga.serve.warned import Wanted, warned
from siaga.store.database import writing_to
from siaga.store.save import save
from siaga.store.sql import query
from siaga.store.workspace import Workspace, lay_out
from tests.unit.report.invented import event, reading
from tests.unit.store.shelves import MOMENT

FIRST = date(2030, 1, 7)
"""A Monday."""
EVERY = Wanted(pairs=("FIN-SWE", "NOR-SWE"), countries=("NOR", "SWE"))


class Told(Record):
    """An article that tells of one act."""

    day: int
    """Days after the first on which it is published."""
    type: EventType = "ASSAULT"
    status: Status = "happened"
    who: str = "NOR"
    whom: str = "SWE"
    ago: int | None = None
    """Days before publication on which it took place, if it says so."""
    outlet: str = "Daily Fjord"

    @property
    def published(self) -> date:
        """Day of publication."""
        return FIRST + timedelta(days=self.day)

    def reading(self, number: int = 0) -> Reading:
        """As it is read; the number makes it another article of the same outlet and day."""
        day = None if self.ago is None else (self.published - timedelta(days=self.ago)).isoformat()
        said = f"{self.outlet} {number}: {self.who} {self.type} {self.status} {self.whom} {day}."
        told = event(said, self.type, self.who, self.whom, status=self.status, earliest=day, latest=day)
        told = told.replace(actors=(_party(self.who),), recipients=(_party(self.whom),))
        return reading(told, source=self.outlet, published=self.published.isoformat())


def stored(folder: Path, articles: Iterable[Told], copies: Iterable[tuple[int, Told]] = ()) -> Workspace:
    """A workspace with these articles, and copies of those at these places."""
    made, told = lay_out(folder, {}), [one.reading(number) for number, one in enumerate(articles)]
    copied = [(told[place], one.reading(1000 + number)) for number, (place, one) in enumerate(copies)]
    with writing_to(made) as connection:
        save(connection, (*told, *(copy for _, copy in copied)), MOMENT)
        for original, copy in copied:
            a, b = sorted((original.article.id, copy.article.id))
            pair = Pair(
                a=a, b=b, relation="near", probability=0.9, copy=copy.article.id, copy_probability=0.9, earlier=None
            )
            values = {"a": a, "b": b, "relation": "near", "probability": 0.9, "record": pair.to_json().decode()}
            connection.execute(query("add_pair"), values)
    return made


def cards(where: Workspace, day: int, wanted: Wanted = EVERY) -> tuple[Card, ...]:
    """The warnings of a day, by how many days it comes after the first."""
    return warned(where, FIRST + timedelta(days=day), wanted).cards


def _party(code: str) -> Party:
    return Party(code=code, name=code, sector="GOV", text=code)
