"""The audit trail: for admins."""

from __future__ import annotations

from siaga.base.account import Trace
from siaga.base.errors import GivenError
from siaga.base.record import Record
from siaga.serve.web.asking import Asking, Page
from siaga.serve.web.view import Rows, View
from siaga.store.audit import Lines, list_audit
from siaga.store.database import reading_from

__all__ = ["ROUTES"]

LINES = 200
"""Of a page."""
MOST_DIGITS = 18
COLUMNS = ("number", "moment", "who", "means", "deed", "object", "note")


class Trail(Record):
    """What the page shows."""

    lines: tuple[Trace, ...]
    who: str
    deed: str
    older: int | None
    """Lines with smaller numbers stand on the next page; null if there are none."""


def show(asking: Asking) -> View:
    """Who did what, newest first."""
    who, deed, first = asking.one("who").strip(), asking.one("deed").strip(), asking.day("from")
    since = first.isoformat() if first else None
    asked = Lines(who=who or None, deed=deed or None, since=since, before=_before(asking), most=LINES + 1)
    with reading_from(asking.workspace) as connection:
        found = tuple(list_audit(connection, asked))
    lines = found[:LINES]
    shown = Trail(lines=lines, who=who, deed=deed, older=lines[-1].number if len(found) > LINES else None)
    rows = Rows(columns=COLUMNS, lines=tuple(map(_row, lines)))
    return View(title=asking.words.say("web_users.audit"), template="audit.html", shown=shown, rows=rows)


def _before(asking: Asking) -> int | None:
    number = asking.one("before")
    if not number:
        return None
    if not (number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS):
        raise GivenError("before: expected the number of a line")
    return int(number)


def _row(one: Trace) -> tuple[str | int | None, ...]:
    return one.number, one.moment, one.who, one.means, one.deed.name, one.deed.object, one.deed.note


ROUTES = (Page(path="/audit", show=show, role="admin"),)
