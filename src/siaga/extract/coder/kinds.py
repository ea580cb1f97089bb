"""What is so of some types of act and not of others, by the tables of the ontology."""

from __future__ import annotations

from functools import cache

from siaga.base.pack import asset, read_rows
from siaga.base.record import Record

__all__ = ["types_in"]


class TypeRow(Record):
    type: str


@cache
def types_in(table: str) -> frozenset[str]:
    """The types that a table of the ontology lists.

    >>> sorted(types_in("mutual"))
    ['AGREE', 'CONSULT', 'COOPERATE', 'RETREAT']
    """
    return frozenset(row.type for row in read_rows(asset("ontology", f"{table}.csv"), TypeRow))
