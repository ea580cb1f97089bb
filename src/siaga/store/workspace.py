"""A workspace: a folder with `siaga.toml`, the database, the sealed segments and the user's own knowledge."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from siaga.base.config import Config, load_config
from siaga.base.errors import WorkspaceError
from siaga.base.record import Record
from siaga.store.files import put_whole

__all__ = ["Workspace", "find_workspace", "lay_out"]

CONFIG = "siaga.toml"
ENVIRONMENT = "SIAGA_WORKSPACE"


class Workspace(Record):
    """Where things lie, and the settings."""

    folder: Path
    config: Config = Config()

    @property
    def is_served(self) -> bool:
        """Whether the records are at a server of PostgreSQL, and not in a file of the folder."""
        return bool(self.config.store.url)

    @property
    def database(self) -> Path:
        """The system of record, unless that is at a server."""
        return self.folder / "siaga.db"

    @property
    def segments(self) -> Path:
        """Folder of the sealed segments."""
        return self.folder / "segments"

    @property
    def overlay(self) -> Path:
        """Folder of the user's own knowledge."""
        return self.folder / "overlay"

    @property
    def imports(self) -> Path:
        """Folder of imported events."""
        return self.folder / "imports"

    @property
    def sources(self) -> Path:
        """Folder of the sources, a file each."""
        return self.folder / "sources"

    @property
    def archive(self) -> Path:
        """Folder of the answers that were kept as they came."""
        return self.folder / "archive"

    @property
    def cache(self) -> Path:
        """Folder of what can be reckoned again at any time."""
        return self.folder / "cache"

    @property
    def lock(self) -> Path:
        """The file that the one writer holds."""
        return self.folder / "siaga.lock"


def find_workspace(asked: str | None, environment: Mapping[str, str], start: Path) -> Workspace:
    """The workspace that is asked for, else that of `SIAGA_WORKSPACE`, else the first from `start` upwards.

    Raises:
        WorkspaceError: there is none.
        ConfigError: its settings can't be right.

    """
    if named := asked or environment.get(ENVIRONMENT):
        folder = Path(named)
        if not (folder / CONFIG).is_file():
            raise WorkspaceError(
                f"{folder} is no workspace: expected {CONFIG} in it. Make one with: siaga init {folder}"
            )
        return _opened(folder, environment)
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return _opened(folder, environment)
    raise WorkspaceError(
        f"no workspace here: expected {CONFIG} in {start} or above. Make one with: siaga init, or name one with "
        f"--workspace or {ENVIRONMENT}"
    )


def lay_out(folder: Path, environment: Mapping[str, str]) -> Workspace:
    """The workspace in this folder; what is not there yet is made, what is there stays as it is.

    Raises:
        WorkspaceError: the folder can't be made or written to.
        NotSavedError: a file in it can't be written.

    """
    try:
        (folder / "segments").mkdir(parents=True, exist_ok=True)
        _copy(files("siaga.store").joinpath("new"), folder)
    except OSError as error:
        raise WorkspaceError(f"{folder} can't become a workspace: {error.strerror}: {error.filename}") from error
    return _opened(folder, environment)


def _opened(folder: Path, environment: Mapping[str, str]) -> Workspace:
    return Workspace(folder=folder, config=load_config(folder / CONFIG, environment))


def _copy(source: Traversable, target: Path) -> None:
    for one in source.iterdir():
        place = target / one.name
        if one.is_dir():
            place.mkdir(exist_ok=True)
            _copy(one, place)
        elif not place.exists():
            put_whole(place, one.read_bytes())
