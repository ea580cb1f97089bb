"""Sources as files: `sources/<id>.toml`, and the catalogue of outlets and agencies that comes with Siaga."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from siaga.base.errors import ConfigError
from siaga.base.pack import asset, read_cells
from siaga.base.record import Record
from siaga.base.source import Layout, Source
from siaga.collect.discover import Discovery

__all__ = [
    "Outlet",
    "catalogued",
    "load_source",
    "load_sources",
    "outlet_of",
    "source_from",
    "source_id",
    "source_text",
]

CATALOGUES = ("indonesia.csv", "world.csv")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class Outlet(Record):
    """A publisher as the catalogue knows it; `feeds` and `media` have `|` between their members."""

    id: str
    name: str
    kind: str
    """outlet, agency, broadcaster."""
    host: str
    owner: str | None = None
    language: str | None = None
    country: str | None = None
    feeds: str | None = None
    media: str | None = None
    """The name under which `actors/media.csv` knows it."""
    basis: str  # type: ignore[misc]  # keyword-only, which mypy does not learn from our metaclass
    checked: str  # type: ignore[misc]


def load_sources(folder: Path) -> tuple[Source, ...]:
    """The sources of a workspace, by name of their file; none if there is no such folder.

    Raises:
        ConfigError: a file can't be one; says which and why.

    """
    return tuple(load_source(path) for path in sorted(folder.glob("*.toml")))


def load_source(path: Path) -> Source:
    """The source in a file.

    Raises:
        ConfigError: it can't be one.

    """
    if not _ID.fullmatch(path.stem):
        raise ConfigError(f"{path}: expected a name of letters, digits, - and _")
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")) | {"id": path.stem}, Source)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"{path}: expected a source (docs/fetching.md): {error}") from error


def source_text(source: Source) -> str:
    """The file of a source, with what is known of it."""
    fields = [field.name for field in msgspec.structs.fields(Source) if field.name not in {"id", "layout"}]
    lines = [f"{name} = {_toml(value)}" for name in fields if (value := getattr(source, name)) not in (None, (), False)]
    return "\n".join([*lines, *(line for one in source.layout for line in _layout_lines(one)), ""])


def source_id(name: str, taken: frozenset[str] = frozenset()) -> str:
    """A name for the file of a source that no other has.

    >>> source_id("https://www.kantor-berita.co.id/feed")
    'kantor-berita'
    """
    host = (urlsplit(name).hostname or "") if "://" in name else ""
    plain = host.removeprefix("www.").partition(".")[0] if host and not host[-1].isdigit() else host or name
    ascii_ = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[:56] or "source"
    numbers = (made, *(f"{made}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in numbers if one not in taken)


def source_from(found: Discovery, taken: frozenset[str], given: Mapping[str, str | None]) -> Source:
    """The source that was found, with what the catalogue knows of it, and over both what a user says.

    Args:
        found: from an address.
        taken: names of other sources.
        given: `id`, `name`, `owner`, `country`; null where nothing is said.

    """
    known = outlet_of(urlsplit(found.home).hostname or "")
    return Source(
        id=given.get("id") or source_id(found.home, taken),
        name=given.get("name") or (known.name if known else None) or found.name or found.home,
        home=found.home,
        owner=given.get("owner") or (known.owner if known else None),
        language=(known.language if known else None) or found.language,
        country=given.get("country") or (known.country if known else None),
        feeds=found.feeds, sitemaps=found.sitemaps, archives=found.archives, sections=found.sections,
    )  # fmt: skip


@cache
def catalogued() -> tuple[Outlet, ...]:
    """The outlets and agencies that Siaga knows."""
    lines = (line for name in CATALOGUES for line in read_cells(asset("sources", name)))
    return tuple(msgspec.convert(line.cells, Outlet) for line in lines)


def outlet_of(host: str) -> Outlet | None:
    """The outlet of a host, its own entry before that of the name above it; null if none is known.

    >>> outlet_of("news.detik.com").owner
    'CT Corp'
    """
    known = {outlet.host: outlet for outlet in catalogued()}
    labels = host.lower().removeprefix("www.").split(".")
    names = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((known[name] for name in names if name in known), None)


def _layout_lines(layout: Layout) -> Iterator[str]:
    yield ""
    yield "[[layout]]"
    for field in msgspec.structs.fields(Layout):
        if (value := getattr(layout, field.name)) not in (None, ()):
            yield f"{field.name} = {_toml(value)}"


def _toml(value: object) -> str:
    """A value as TOML writes it; its strings are those of JSON."""
    if isinstance(value, tuple):
        inner = ", ".join(map(_toml, value))
        return f"[{inner}]" if len(inner) < 80 else "[\n" + "".join(f"  {_toml(one)},\n" for one in value) + "]"  # noqa: PLR2004 - a line
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)
