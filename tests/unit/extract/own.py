"""Overlays for tests: the one whose examples `siaga overlay init` writes, and small ones made of a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable

from siaga.base.overlay import Overlay, OverlayFile
from siaga.base.pack import asset

__all__ = ["overlay_named", "shipped_examples"]


def overlay_named(files: Mapping[str, str]) -> Overlay:
    """An overlay of these texts, by name of the file."""
    return Overlay(files=tuple(_file(name, text) for name, text in files.items()))


def shipped_examples() -> Overlay:
    """The files that `siaga overlay init` writes, with the examples taken out of their comments."""
    return overlay_named({name: uncommented(text) for name, text in _each(asset("overlay", "new"), "")})


def uncommented(text: str) -> str:
    """A file of examples with the examples in force: what follows the first line that is no comment."""
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return "\n".join((*lines[: first + 1], *(line.removeprefix("# ") for line in lines[first + 1 :]), ""))


def _each(folder: Traversable, before: str) -> Iterator[tuple[str, str]]:
    for one in folder.iterdir():
        if one.is_dir():
            yield from _each(one, f"{before}{one.name}/")
        else:
            yield before + one.name, one.read_text("utf-8")


def _file(name: str, text: str) -> OverlayFile:
    return OverlayFile(name=name, path=f"overlay/{name}", text=text)
