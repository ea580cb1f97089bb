"""What reports and pages say, in each language: messages with placeholders.

They are those of `assets/report/<language>.toml` and of every file in `assets/report/<language>/`, each key once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from siaga.base.errors import PackError
from siaga.base.pack import asset

__all__ = ["Catalogue", "Count", "catalogue", "catalogue_languages"]


class Count(str):
    """A number as it is written; `{n:article|articles}` in a message is the number and the word that goes with it.

    >>> "{n:article|articles}".format(n=Count("1")), "{n:article|articles}".format(n=Count("12"))
    ('1 article', '12 articles')
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """The number, and of two words the one for it."""
        one, between, more = spec.partition("|")
        return f"{self!s} {one if self == '1' else more}" if between else super().__format__(spec)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language by their dotted key, e.g. `brief.title`."""

    language: str
    messages: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The message with its placeholders filled.

        Raises:
            PackError: there is no such message.

        """
        if (message := self.messages.get(key)) is None:
            raise PackError(f"report/{self.language}.toml: no message {key!r}")
        return message.format(**values)

    def has(self, key: str) -> bool:
        """Whether there is such a message."""
        return key in self.messages

    def day(self, day: str) -> str:
        """A day `YYYY-MM-DD` (what follows is left out) as people write it."""
        read = date.fromisoformat(day[:10])
        return self.say("day.full", day=read.day, month=self.messages[f"day.{read.month:02d}"], year=read.year)

    def month(self, day: str) -> str:
        """The month of a day `YYYY-MM-DD`."""
        read = date.fromisoformat(day[:10])
        return self.say("day.whole_month", month=self.messages[f"day.{read.month:02d}"], year=read.year)

    def number(self, number: float) -> Count:
        """A number with its thousands set apart."""
        written = f"{number:,.0f}" if float(number).is_integer() else f"{number:,.10g}"
        return Count(written.replace(",", self.messages["amount.thousands"]))

    def listed(self, names: Sequence[str]) -> str:
        """Names one after the other: `A, B and C`."""
        if len(names) < 2:  # noqa: PLR2004 - a list needs two
            return "".join(names)
        return self.say("list.last", rest=self.messages["list.between"].join(names[:-1]), last=names[-1])


@cache
def catalogue(language: str) -> Catalogue:
    """The messages of a language.

    Raises:
        PackError: there is no catalogue for it.

    """
    if not asset("report", f"{language}.toml").is_file():
        raise PackError(f"no report catalogue {language!r}; there are {', '.join(catalogue_languages())}")
    messages: dict[str, str] = {}
    for path in _files(language):
        told = dict(_flat(tomllib.loads(path.read_text("utf-8"))))
        if twice := sorted(messages.keys() & told):
            raise PackError(f"{path}: told before, in another file: {', '.join(twice)}")
        messages |= told
    return Catalogue(language, messages)


@cache
def catalogue_languages() -> tuple[str, ...]:
    """Languages in which reports can be written."""
    return tuple(sorted(file.name[:-5] for file in asset("report").iterdir() if file.name.endswith(".toml")))


def _files(language: str) -> Iterator[Traversable]:
    """Of a language; those of its folder in order of their names."""
    yield asset("report", f"{language}.toml")
    folder = asset("report", language)
    if folder.is_dir():
        yield from sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", str(value)
