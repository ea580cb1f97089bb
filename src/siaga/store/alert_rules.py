"""Rules of alerts as files: alerts/NAME.toml of a workspace, so that they can be edited while something is writing."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from siaga.base.alert import Rule
from siaga.base.errors import GivenError, PackError
from siaga.base.expected import convert
from siaga.base.nearest import did_you_mean, nearest
from siaga.store.files import put_whole, remove
from siaga.store.workspace import Workspace

__all__ = ["load_rule", "load_rules", "remove_rule", "rule_names", "rule_text", "save_rule"]

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def rule_names(workspace: Workspace) -> tuple[str, ...]:
    """The names of the rules, in alphabetical order."""
    return tuple(sorted(file.stem for file in _folder(workspace).glob("*.toml")))


def load_rules(workspace: Workspace) -> Iterator[tuple[str, Rule]]:
    """Every rule with its name.

    Raises:
        GivenError: a file can't be right.

    """
    for name in rule_names(workspace):
        yield name, load_rule(workspace, name)


def load_rule(workspace: Workspace, name: str) -> Rule:
    """The rule of this name.

    Raises:
        GivenError: there is none, or its file can't be right; says which are near, or where.

    """
    path, there = _path(workspace, name), rule_names(workspace)
    if name not in there:
        known = f" There are {', '.join(there)}." if there else " See: siaga alerts add --help"
        raise GivenError(f"no alert rule {name!r}.{did_you_mean(nearest(name, there))}{known}")
    try:
        return convert(tomllib.loads(path.read_text("utf-8")), Rule, str(path))
    except (PackError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GivenError(f"{path}: {error}") from error


def save_rule(workspace: Workspace, name: str, text: str) -> None:
    """Save the text of a rule, in place of the one of this name; written aside and put in place when it is whole.

    Raises:
        GivenError: no rule can have this name.
        NotSavedError: the folder may not be written to.

    """
    put_whole(_path(workspace, name), text.encode())


def remove_rule(workspace: Workspace, name: str) -> None:
    """Remove a rule; what it told stays.

    Raises:
        GivenError: there is none of this name.
        NotSavedError: the folder may not be written to.

    """
    load_rule(workspace, name)
    remove(_path(workspace, name))


def rule_text(rule: Rule, sentence: str) -> str:
    """A rule as TOML, under its sentence."""
    own = "".join(_lines(rule))
    return f"# {sentence}\n{own}\n[trigger]\n{''.join(_lines(rule.trigger))}"


def _lines(record: msgspec.Struct) -> Iterator[str]:
    """The fields that are no tables and not as they are by default."""
    for field in msgspec.structs.fields(record):
        value = getattr(record, field.name)
        if not isinstance(value, msgspec.Struct) and (field.required or value != field.default):
            yield f"{field.name} = {_written(value)}\n"


def _written(value: object) -> str:
    """A text, number or list of texts; JSON of these is TOML."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _folder(workspace: Workspace) -> Path:
    return workspace.folder / "alerts"


def _path(workspace: Workspace, name: str) -> Path:
    """The file of a rule.

    Raises:
        GivenError: no rule can have this name.

    """
    if not NAME.fullmatch(name):
        raise GivenError(f"alert rule {name!r}: expected small letters a to z, digits and hyphens, e.g. my-rule")
    return _folder(workspace) / f"{name}.toml"
