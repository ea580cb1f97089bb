"""Settings: `siaga.toml` and, over it, `SIAGA_*` of the environment, as one frozen record.

A setting `seal_after` of section `[store]` is `SIAGA_STORE_SEAL_AFTER` in the environment. What we don't know is
refused with its name: a misspelt setting that is passed over in silence is found too late.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from siaga.base.errors import ConfigError
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.record import Record

__all__ = ["PREFIX", "AnalystConfig", "Config", "StoreConfig", "load_config", "settings"]

PREFIX = "SIAGA_"
NO_SETTINGS = frozenset({"SIAGA_WORKSPACE", "SIAGA_SHARED"})
"""Which folder to work in, and where tests look for the team's data: no settings of a workspace."""


class StoreConfig(Record):
    """Section `[store]`."""

    batch: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 50
    """Articles saved in one transaction: what an interrupted run may have to read again."""
    seal_after: Annotated[int, msgspec.Meta(ge=1)] = 20_000
    """Events that may gather in the database before they are also sealed into a segment for fast counting."""
    wait: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 5.0
    """Seconds to wait for another process that is writing."""


class AnalystConfig(Record):
    """Section `[analyst]`."""

    name: str = ""
    """Who corrects here; empty: whoever is logged in."""


class Config(Record):
    """All settings of a workspace."""

    analyst: AnalystConfig = AnalystConfig()
    store: StoreConfig = StoreConfig()


def load_config(file: Path | None, environment: Mapping[str, str]) -> Config:
    """The settings of a file, if there is one, with those of the environment over them.

    Raises:
        ConfigError: a setting is unknown or of another type or range; the file can't be read or is no TOML.

    """
    tables = _tables(file)
    for name, key in _named(environment):
        section, setting = key
        tables.setdefault(section, {})[setting] = environment[name]
    try:
        return msgspec.convert(tables, Config, strict=False)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{_source(file)}: {error}") from error


def settings() -> Iterator[tuple[str, object]]:
    """Every setting with its default: `("store.batch", 50)`."""
    for section in msgspec.structs.fields(Config):
        for field in msgspec.structs.fields(type(section.default)):
            yield f"{section.name}.{field.name}", field.default


def _tables(file: Path | None) -> dict[str, dict[str, Any]]:
    """The tables of a file, each key known."""
    if file is None:
        return {}
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file}: expected settings in TOML: {error}") from error
    known = {name for name, _ in settings()}
    for section, table in tables.items():
        if not isinstance(table, dict):
            raise _unknown(str(file), section, known)
        for setting in table:
            if f"{section}.{setting}" not in known:
                raise _unknown(str(file), f"{section}.{setting}", known)
    return tables


def _named(environment: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The variables that are settings, with section and name."""
    known = {PREFIX + name.replace(".", "_").upper(): name for name, _ in settings()}
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name in NO_SETTINGS:
            continue
        if name not in known:
            raise _unknown("environment", name, known)
        section, _, setting = known[name].partition(".")
        yield name, (section, setting)


def _unknown(where: str, key: str, known: Iterable[str]) -> ConfigError:
    names = sorted(known)
    return ConfigError(
        f"{where}: unknown setting {key}.{did_you_mean(nearest(key, names))} Known are {', '.join(names)}."
    )


def _source(file: Path | None) -> str:
    """Where the wrong value may stand: msgspec names the setting, not whether the environment gave it."""
    return f"{file} or the environment" if file else "environment"
