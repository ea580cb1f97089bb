"""Watch lists as files of a workspace: `watchlists/NAME.toml`, to be edited by hand or by `siaga watchlist`.

They are files and no rows, so that a list can be changed while `siaga watch` holds the right to write to the database.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from siaga.base.errors import GivenError, PackError
from siaga.base.expected import convert
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.watchlist import WatchList
from siaga.store.files import put_whole, remove
from siaga.store.workspace import Workspace

__all__ = ["load_watch_list", "remove_watch_list", "save_watch_list", "watch_list_names"]

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
HEAD = "# siaga warn --watchlist {name}\n"


def watch_list_names(workspace: Workspace) -> tuple[str, ...]:
    """The names of the lists, in alphabetical order."""
    return tuple(sorted(file.stem for file in _folder(workspace).glob("*.toml")))


def load_watch_list(workspace: Workspace, name: str) -> WatchList:
    """The list of this name.

    Raises:
        GivenError: there is none, or its file can't be right; says which are near, or where.

    """
    path = _path(workspace, name)
    if not path.is_file():
        there = watch_list_names(workspace)
        known = (
            f" There are {', '.join(there)}." if there else f" Make it with: siaga watchlist add {name} --actor CODE"
        )
        raise GivenError(f"no watch list {name!r}.{did_you_mean(nearest(name, there))}{known}")
    try:
        return convert(tomllib.loads(path.read_text("utf-8")), WatchList, str(path))
    except (PackError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GivenError(f"{path}: {error}") from error


def save_watch_list(workspace: Workspace, name: str, list_: WatchList) -> None:
    """Save a list, in place of the one of this name; written aside and put in place when it is whole.

    Raises:
        GivenError: no list can have this name.
        NotSavedError: the folder may not be written to.

    """
    lines = (_line("actors", list_.actors), _line("pairs", list_.pairs), _line("topics", list_.topics))
    put_whole(_path(workspace, name), (HEAD.format(name=name) + "".join(lines)).encode())


def remove_watch_list(workspace: Workspace, name: str) -> None:
    """Remove a list.

    Raises:
        GivenError: there is none of this name.
        NotSavedError: the folder may not be written to.

    """
    load_watch_list(workspace, name)
    remove(_path(workspace, name))


def _folder(workspace: Workspace) -> Path:
    return workspace.folder / "watchlists"


def _path(workspace: Workspace, name: str) -> Path:
    """The file of a list.

    Raises:
        GivenError: no list can have this name.

    """
    if not NAME.fullmatch(name):
        raise GivenError(f"watch list {name!r}: expected small letters a to z, digits and hyphens, e.g. my-list")
    return _folder(workspace) / f"{name}.toml"


def _line(key: str, values: Iterable[str]) -> str:
    return f"{key} = [{', '.join(f'{chr(34)}{value}{chr(34)}' for value in values)}]\n"
