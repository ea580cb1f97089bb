"""What is wrong with a user's overlay: its files, what it refers to, its examples, and those of ours that it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from siaga.base.errors import OverlayError, PackError
from siaga.base.ground import standing_on
from siaga.base.nearest import did_you_mean, nearest
from siaga.base.overlay import NO_OVERLAY, Overlay, OverlayFile
from siaga.base.pack import languages
from siaga.base.table import Line
from siaga.extract.actor_tables import load_actors
from siaga.extract.checks.entries import our_ids, our_lines
from siaga.extract.checks.examples import Example, Read, examples
from siaga.extract.checks.files import Fault, file_faults, reference_faults
from siaga.extract.coder.triggers import candidates
from siaga.extract.tokens import tokenise

__all__ = ["broken_examples", "idle_rows", "require_sound", "unsound"]

MOST_TOLD = 10
"""Faults that an error lists; `siaga overlay check` lists all."""
NAMES = ("name", "name_id", "name_en")


def require_sound(overlay: Overlay) -> None:
    """Make sure that an overlay can be read with.

    Raises:
        OverlayError: it can't; lists what is wrong.

    """
    if faults := unsound(overlay):
        more = f"\n… and {len(faults) - MOST_TOLD} more" if len(faults) > MOST_TOLD else ""
        raise OverlayError("\n".join(map(str, faults[:MOST_TOLD])) + more)


def unsound(overlay: Overlay) -> tuple[Fault, ...]:
    """What keeps an overlay from being read with: first what is wrong in its files, else in what they refer to."""
    if faults := tuple(chain.from_iterable(map(file_faults, overlay.files))):
        return faults
    with standing_on(overlay):
        return (*chain.from_iterable(map(reference_faults, overlay.files)), *_clashes(overlay))


def _clashes(overlay: Overlay) -> Iterator[Fault]:
    """Words of ours whose rule or paradigm the overlay takes away."""
    takes_away = any(overlay.removals(file.name) or overlay.removed_ids(file.name) for file in overlay.files)
    for language in languages() if takes_away else ():
        try:
            tuple(candidates(language, ("",), 0, 1))
        except PackError as error:
            yield Fault(where=language, message=f"{error}; remove what refers to it as well")


def idle_rows(overlay: Overlay) -> Iterator[Fault]:
    """Rows that do nothing: they take away what isn't there, or name an actor whom we read as another."""
    for file in overlay.files:
        yield from _idle_ids(overlay, file) if file.name.endswith(".toml") else _idle_removals(overlay, file)
    with standing_on(overlay):
        for file in overlay.files:
            if file.name.startswith("actors/"):
                yield from (fault for line in overlay.rows(file.name) for fault in _shadowed(line))


def _idle_removals(overlay: Overlay, file: OverlayFile) -> Iterator[Fault]:
    lines = our_lines(file.name)
    for removal in overlay.removals(file.name):
        if not any(removal.cells.items() <= line.cells.items() for line in lines):
            yield Fault(where=removal.where, message=f"no row of Siaga has {_shown(removal)}: nothing to remove")


def _idle_ids(overlay: Overlay, file: OverlayFile) -> Iterator[Fault]:
    known = our_ids(file.name)
    for name in sorted(overlay.removed_ids(file.name) - known):
        yield Fault(where=file.path, message=f"no rule {name!r} to remove.{did_you_mean(nearest(name, known))}")


def _shown(line: Line) -> str:
    return ", ".join(f"{column} {cell!r}" for column, cell in line.cells.items()) or "no cells"


def _shadowed(line: Line) -> Iterator[Fault]:
    """A name of an actor that is read as somebody else's."""
    for name in dict.fromkeys(filter(None, map(line.cells.get, NAMES))):
        for language in languages():
            forms = tokenise(name).forms
            found = load_actors(language).names.at(forms, 0)
            if found is None or found.last < len(forms):
                continue
            codes = {found.value.code, *(leader.code for leader in found.value.leaders)} - {None}
            if line.cells.get("code") not in codes:
                met = f"{', '.join(sorted(filter(None, codes))) or 'no actor'} ({language})"
                yield Fault(where=line.where, message=f"{name!r} is read as {met}: another row has the same name")


def broken_examples(overlay: Overlay, read: Read) -> Iterator[Fault]:
    """Examples of rules of the overlay that don't hold, and those of ours that hold without it."""
    with standing_on(overlay):
        failing = {_key(one): (one, met) for one in _all_examples(read) if (met := one.read()) is not None}
    lines = {language: _lines(overlay, language) for language in languages()}
    if not failing:
        return
    with standing_on(NO_OVERLAY):
        ours = (one for one in _all_examples(read) if _key(one) in failing and one.rule not in lines[one.language])
        gaps = {_key(one) for one in ours if one.read() is not None}
    for key, (one, met) in failing.items():
        if key not in gaps:
            where = lines[one.language].get(one.rule, f"{one.language}/grammar/{one.grammar}.toml (Siaga's own)")
            yield Fault(where=where, message=f"rule {one.rule!r}: {one.kind} {one.text!r} is read as {met}")


def _all_examples(read: Read) -> Iterator[Example]:
    return chain.from_iterable(examples(language, read) for language in languages())


def _key(one: Example) -> tuple[str, str, str, str]:
    return one.grammar, one.language, one.rule, f"{one.kind} {one.text}"


def _lines(overlay: Overlay, language: str) -> dict[str, str]:
    """The id of each rule of the overlay -> where it stands."""
    names = (file.name for file in overlay.files if file.name.startswith(f"lang/{language}/grammar/"))
    return {str(table.fields.get("id")): table.where for name in names for table in overlay.tables(name)}
