"""The installed program with a language pack that says something else: what a new version of it would be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).parents[3] / "src/siaga"


def with_other_files(folder: Path, others: Mapping[str, str]) -> Path:
    """A folder for PYTHONPATH: the package, file by file a link to ours but for some that have another text."""
    for name, text in others.items():
        target = folder / "siaga" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    _linked(PACKAGE, folder / "siaga")
    return folder


def _linked(source: Path, target: Path) -> None:
    """Links for all that is not there; folders in which something is are gone into."""
    for path in source.iterdir():
        place = target / path.name
        if place.is_dir():
            _linked(path, place)
        elif not place.exists():
            place.symlink_to(path)
