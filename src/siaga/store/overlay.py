"""The folder of a user's own knowledge is laid out: files with examples in comments, none of which is read."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from siaga.base.errors import OverlayError
from siaga.base.overlay import knowledge_of, unknown_file
from siaga.base.pack import asset, languages

__all__ = ["lay_out_file", "lay_out_overlay"]

SHOWN_ROWS = 3
"""Rows of ours that a new file shows, in comments."""


def lay_out_overlay(folder: Path) -> tuple[Path, ...]:
    """The files with examples that are not there yet, made; which they are."""
    return tuple(_copied(asset("overlay", "new"), folder))


def lay_out_file(folder: Path, name: str) -> Path | None:
    """Another file of knowledge, with its columns and a few rows of ours to go by; null if it is there.

    Raises:
        OverlayError: there is no such file.

    """
    source = asset(*name.split("/"))
    if knowledge_of(name) is None or not source.is_file():
        raise OverlayError(unknown_file(name, languages()))
    place = folder / name
    if place.exists():
        return None
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(_begun(source.read_text("utf-8"), is_grammar=name.endswith(".toml")), "utf-8")
    return place


def _begun(text: str, *, is_grammar: bool) -> str:
    """What a file begins with: the comments of ours, then the columns and some rows, or the first rule."""
    lines = text.splitlines()
    notes = [line for line in lines if line.startswith("#")]
    rest = [line for line in lines if line.strip() and not line.startswith("#")]
    if is_grammar:
        heads = [number for number, line in enumerate(rest) if line.startswith("[[rule]]")]
        return "\n".join((*notes, "", *(f"# {line}" for line in rest[: [*heads, len(rest)][1]]), ""))
    return "\n".join((*notes, rest[0], *(f"# {line}" for line in rest[1 : SHOWN_ROWS + 1]), ""))


def _copied(source: Traversable, target: Path) -> Iterator[Path]:
    target.mkdir(parents=True, exist_ok=True)
    for one in source.iterdir():
        place = target / one.name
        if one.is_dir():
            yield from _copied(one, place)
        elif not place.exists():
            place.write_bytes(one.read_bytes())
            yield place
