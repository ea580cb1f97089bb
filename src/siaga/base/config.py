"""Settings: `siaga.toml` and, over it, `SIAGA_*` of the environment, as one frozen record.

A setting `seal_after` of section `[store]` is `SIAGA_STORE_SEAL_AFTER` in the environment. What we don't know is
refused with its name: a misspelt setting that is passed over in silence is found too late.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from siaga.base.errors import ConfigError
from siaga.base.failpoint import VARIABLE as FAILPOINT
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.record import Record

__all__ = [
    "PREFIX", "SECRETS", "AlertsConfig", "AnalystConfig", "Config", "DailyConfig", "FetchConfig", "LogConfig",
    "MailConfig", "MapConfig", "RetentionConfig", "StoreConfig", "WatchConfig", "load_config", "settings",
]  # fmt: skip

PREFIX = "SIAGA_"
NO_SETTINGS = frozenset({"SIAGA_WORKSPACE", "SIAGA_SHARED", FAILPOINT})
"""Which folder to work in, where tests look for the team's data, where they let us fail: no settings of a workspace."""
SECRETS = "SIAGA_SECRET_"
"""Begins the names of passwords and keys in the environment: they are never settings, and stand in no settings file."""


class StoreConfig(Record):
    """Section `[store]`."""

    batch: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 50
    """Articles saved in one transaction: what an interrupted run may have to read again."""
    seal_after: Annotated[int, msgspec.Meta(ge=1)] = 20_000
    """Events that may gather in the database before they are also sealed into a segment for fast counting."""
    url: str = ""
    """Where the records are: `postgresql://USER@HOST/DATABASE`; empty: in `siaga.db`. The password is no setting."""
    wait: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 5.0
    """Seconds to wait for another process that is writing."""

    def __repr__(self) -> str:
        """The settings, but for the URL: a password may stand in it."""
        told = (f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__ if name != "url")
        return f"StoreConfig({', '.join(told)})"


class AlertsConfig(Record):
    """Section `[alerts]`."""

    attempts: Annotated[int, msgspec.Meta(ge=1, le=100)] = 12
    """How often a message is tried before it is given up, and stays to be seen."""
    pause: Annotated[float, msgspec.Meta(ge=0, le=86_400)] = 60.0
    """Seconds before a second try; four times as long before each further one, six hours at the most."""


class AnalystConfig(Record):
    """Section `[analyst]`."""

    name: str = ""
    """Who corrects here; empty: whoever is logged in."""


class DailyConfig(Record):
    """Section `[daily]`."""

    every: Annotated[float, msgspec.Meta(ge=0, le=168)] = 24.0
    """Hours between two daily steps of `siaga watch`; 0: it takes none."""


class LogConfig(Record):
    """Section `[log]`."""

    format: Literal["text", "json"] = "text"
    """What services write to standard error: sentences, or a line of JSON for all that happens."""


class MailConfig(Record):
    """Section `[mail]`. The password is no setting: see `SIAGA_SECRET_MAIL`."""

    host: str = ""
    """Server that takes our mail; empty: alerts can't be mailed."""
    port: Annotated[int, msgspec.Meta(ge=1, le=65_535)] = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    """How the way is secured; `none` sends no password."""
    sender: str = ""
    """Address that alerts come from."""
    user: str = ""
    """Name to log in with; empty: nobody logs in."""


class FetchConfig(Record):
    """Section `[fetch]`."""

    agent: str = "siaga"
    """What we call ourselves to servers, and whose rules in robots.txt we keep."""
    contact: str = ""
    """An address or page where those who run a server can reach whoever runs this workspace."""
    allow_networks: tuple[str, ...] = ()
    """Networks that may be fetched from though they are private, e.g. an intranet: `10.1.0.0/16`."""
    ports: tuple[Annotated[int, msgspec.Meta(ge=1, le=65_535)], ...] = (80, 443)
    """Ports that may be fetched from."""
    deadline: Annotated[float, msgspec.Meta(gt=0, le=600)] = 30.0
    """Seconds that one answer may take in all, from looking up the host to the last byte."""
    most_bytes: Annotated[int, msgspec.Meta(ge=1_000, le=100_000_000)] = 10_000_000
    """Bytes of one answer, unpacked."""
    delay: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 2.0
    """Seconds between two requests to one host; its robots.txt may ask for more."""
    parallel: Annotated[int, msgspec.Meta(ge=1, le=64)] = 8
    """Hosts that are asked at the same time."""
    attempts: Annotated[int, msgspec.Meta(ge=1, le=20)] = 4
    """How often an address is tried before it is given up."""
    archive: bool = False
    """Whether every answer is also kept as it came, in archive/*.warc.gz."""


class WatchConfig(Record):
    """Section `[watch]`."""

    every: Annotated[float, msgspec.Meta(gt=0, le=1440)] = 15.0
    """Minutes between two looks at a feed."""
    recheck: tuple[Annotated[float, msgspec.Meta(gt=0)], ...] = (6.0, 48.0)
    """Hours after which an article is looked at again, to see whether it was edited or withdrawn."""
    newest: Annotated[int, msgspec.Meta(ge=1)] = 200
    """Addresses taken from one look at a feed, sitemap or section, the newest first."""


class MapConfig(Record):
    """Section `[map]`."""

    boundaries: str = ""
    """File with other outlines of countries, from the folder of the workspace; empty: those that come with Siaga."""


class RetentionConfig(Record):
    """Section `[retention]`."""

    text_days: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Days after which the text of an article is removed; its events stay, with their sentences. 0: never."""
    version_days: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Days after which earlier versions of an article are removed. 0: never."""
    archive_days: Annotated[int, msgspec.Meta(ge=0)] = 0
    """Days after which a file of the archive is removed. 0: never."""


class Config(Record):
    """All settings of a workspace."""

    alerts: AlertsConfig = AlertsConfig()
    analyst: AnalystConfig = AnalystConfig()
    daily: DailyConfig = DailyConfig()
    fetch: FetchConfig = FetchConfig()
    log: LogConfig = LogConfig()
    mail: MailConfig = MailConfig()
    map: MapConfig = MapConfig()
    retention: RetentionConfig = RetentionConfig()
    store: StoreConfig = StoreConfig()
    watch: WatchConfig = WatchConfig()


def load_config(file: Path | None, environment: Mapping[str, str]) -> Config:
    """The settings of a file, if there is one, with those of the environment over them.

    Raises:
        ConfigError: a setting is unknown or of another type or range; the file can't be read or is no TOML.

    """
    tables = _tables(file)
    for name, key in _named(environment):
        section, setting = key
        tables.setdefault(section, {})[setting] = _given(section, setting, environment[name])
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
        if not name.startswith(PREFIX) or name in NO_SETTINGS or name.startswith(SECRETS):
            continue
        if name not in known:
            raise _unknown("environment", name, known)
        section, _, setting = known[name].partition(".")
        yield name, (section, setting)


def _given(section: str, setting: str, value: str) -> str | list[str]:
    """A value of the environment; of a setting that is a list, its members between commas."""
    default = dict(settings())[f"{section}.{setting}"]
    return [one.strip() for one in value.split(",") if one.strip()] if isinstance(default, tuple) else value


def _unknown(where: str, key: str, known: Iterable[str]) -> ConfigError:
    names = sorted(known)
    return ConfigError(
        f"{where}: unknown setting {key}.{did_you_mean(nearest(key, names))} Known are {', '.join(names)}."
    )


def _source(file: Path | None) -> str:
    """Where the wrong value may stand: msgspec names the setting, not whether the environment gave it."""
    return f"{file} or the environment" if file else "environment"
