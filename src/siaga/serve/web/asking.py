"""What a page is asked: by whom, in which language, for which days, and what it may be asked at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, urlencode

from siaga.base.errors import GivenError
from siaga.base.person import Person, Role
from siaga.base.window import DAYS_BACK, Window, days_back
from siaga.report.catalogue import Catalogue, catalogue
from siaga.serve.web.kept import Kept
from siaga.serve.web.outlook import Outlook, Outlooks
from siaga.serve.web.view import Elsewhere, Extra, View
from siaga.store.connection import Connection
from siaga.store.database import reading_from
from siaga.store.published import newest_day
from siaga.store.workspace import Workspace

__all__ = ["VISITOR", "Asking", "Page", "Values"]

VISITOR = "siaga_visitor"
"""The cookie to which the tokens of forms belong."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""That can be asked for: years can be looked back on from the one, and ahead from the other."""
Values = Mapping[str, tuple[str, ...]]
"""What is given by name, each as often as it was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One question to a page."""

    workspace: Workspace
    language: str
    person: Person
    path: str
    """Below the language and without the suffix: `/story/4f2a`."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The parts of the path that vary, by their names in `Page.path`."""
    query: Values = field(default_factory=dict)
    form: Values = field(default_factory=dict)
    """What a POST gives."""
    cookies: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    """That every form of the page carries as `form_token`."""
    address: str | None = None
    """From where it is asked; null where that isn't known."""
    secure: bool = False
    """By https."""
    kept: Kept = field(default_factory=Kept)
    """What was reckoned before, for as long as the store stays as it is."""
    outlooks: Outlooks | None = None
    """What is to be expected; of one workspace, for all who ask."""

    @property
    def words(self) -> Catalogue:
        """The messages of the language."""
        return catalogue(self.language)

    def one(self, name: str, default: str = "") -> str:
        """The last value of the query with this name."""
        return self.query.get(name, (default,))[-1]

    def given(self, name: str, default: str = "") -> str:
        """The last value of the form with this name, without the blanks around it."""
        return self.form.get(name, (default,))[-1].strip()

    def day(self, name: str) -> date | None:
        """A day `YYYY-MM-DD` of the query; null where none is given.

        Raises:
            GivenError: it is no day.

        """
        return _day(self.one(name), name) if self.one(name) else None

    def as_of(self, connection: Connection) -> date | None:
        """The day by whose knowledge is answered, by default that of the newest article; null in an empty store.

        Raises:
            GivenError: `as_of` is no day.

        """
        return self.day("as_of") or newest_day(connection)

    def day_asked(self) -> date | None:
        """As `as_of`, with a connection of its own."""
        with reading_from(self.workspace) as connection:
            return self.as_of(connection)

    def outlook(self) -> Outlook | None:
        """What is to be expected by what was known on the day that is asked for.

        Null in an empty store, and while it is reckoned for the first time where that takes long.

        Raises:
            GivenError: `as_of` is no day.
            StoreError: what is stored can't be read.

        """
        day = self.day_asked()
        return self.outlook_on(day, newest=self.day("as_of") is None) if day else None

    def outlook_on(self, day: date, *, newest: bool = False) -> Outlook | None:
        """What was to be expected on a day; see `Outlooks.on`."""
        return (self.outlooks or Outlooks(self.workspace)).on(day, newest=newest)

    def window(self, last: date, days: int = DAYS_BACK) -> Window:
        """The days that are asked for: `from` and `until`, by default so many days up to a last one.

        Raises:
            GivenError: one of them is no day, or they lie the wrong way round.

        """
        until = self.day("until") or last
        since = self.day("from") or date.fromisoformat(days_back(until, days).since)
        if since > until:
            raise GivenError("the window ends before it begins: expected from <= until")
        return Window(since=since.isoformat(), until=until.isoformat())

    def link(self, path: str, **query: str | Iterable[str] | None) -> str:
        """The address of a page in this language, asked by the same day."""
        days = {name: self.query[name] for name in ("as_of",) if name in self.query}
        return f"/{self.language}{quote(path)}{_asked({**days, **query})}"

    def here(self, suffix: str = "", **changes: str | Iterable[str] | None) -> str:
        """The address of this page with some of the query changed; null leaves one out."""
        return f"/{self.language}{quote(self.path)}{suffix}{_asked({**self.query, **changes})}"

    def in_language(self, language: str) -> str:
        """The address of this page in another language."""
        return f"/{language}{quote(self.path)}{_asked(self.query)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What can be asked: GET shows, POST acts."""

    path: str
    """Below the language, as Starlette writes paths: `/story/{id}`."""
    show: Callable[[Asking], View]
    role: Role = "viewer"
    """Who may see it, at the least."""
    act: Callable[[Asking], View | Elsewhere] | None = None
    """What a POST does; the token and the origin of the form were checked before."""
    act_role: Role = "analyst"
    """Who may do it, at the least."""
    nav: str | None = None
    """Key of its name in the menu; null for a page that is not there."""
    extras: tuple[Extra, ...] = ()
    """Formats besides those that every page has."""
    open: bool = False
    """Also answered to those who are not known: the page on which they say who they are."""


def _day(written: str, name: str) -> date:
    try:
        found = date.fromisoformat(written)
    except ValueError as error:
        raise GivenError(f"{name}: expected a day YYYY-MM-DD") from error
    if not FIRST_DAY <= found <= LAST_DAY:
        raise GivenError(f"{name}: expected a day from {FIRST_DAY} to {LAST_DAY}")
    return found


def _asked(query: Mapping[str, str | Iterable[str] | None]) -> str:
    pairs = [(name, one) for name, values in query.items() for one in _listed(values) if one]
    return f"?{urlencode(pairs)}" if pairs else ""


def _listed(values: str | Iterable[str] | None) -> Iterable[str]:
    if values is None:
        return ()
    return (values,) if isinstance(values, str) else values
