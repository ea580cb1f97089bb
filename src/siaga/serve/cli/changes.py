"""What changed in stored events, in the terminal: what was told, what is told now, and the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from siaga.base.change import Change, codes
from siaga.base.correction import replaced
from siaga.base.event import Event, Magnitude, Party, Place
from siaga.report.catalogue import Catalogue
from siaga.store.corrections import Kept

__all__ = ["act_line", "console", "show_changes", "show_correction"]

STYLES = {"changed": "yellow", "added": "green", "withdrawn": "red"}
UNTOLD = frozenset({"id", "cameo", "rule", "corrected", "confidence", "evidence"})
"""Fields whose change says nothing to a person; the sentence is shown as it stands."""


def console(*, stderr: bool = False) -> Console:
    """A terminal on which brackets and colons of a text are its own."""
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)


def show_changes(changes: Iterable[Change], words: Catalogue, out: Console, head: str = "") -> None:
    """Each change that weighs: what became of the event, field by field, and its sentence."""
    for change in changes:
        if change.weighs and (event := change.after or change.before):
            kind = Text(words.say(f"difference.{change.kind}"), STYLES[change.kind])
            mark = Text(f"  {words.say('difference.title')}" if change.part == "title" else "", "dim")
            out.print(Text.assemble(kind, "  ", act_line(event), mark, (f"  {head}" if head else "", "dim")))
            for line in _fields(change, words):
                out.print(line)
            out.print(Text(f"    “{' '.join(event.evidence.text.split())}”", "dim"))


def show_correction(kept: Kept, words: Catalogue, out: Console) -> None:
    """A correction: its kind and state, who, when and why, and what stands in place of what."""
    correction = kept.correction
    state = words.say(f"corrections.{kept.state}")
    out.print(Text(f"{correction.id}  {words.say(f'correction.{correction.kind}')} · {state}", "bold"))
    who = (correction.analyst, correction.moment, correction.article, correction.note)
    out.print(Text(f"    {' · '.join(filter(None, who))}", "dim"))
    for change in replaced(correction):
        event = change.after or change.before
        sign = {"withdrawn": "−", "added": "+", "changed": "±"}[change.kind]
        out.print(Text.assemble(f"  {sign} ", act_line(event) if event else ""))
        for line in _fields(change, words):
            out.print(line)


def act_line(event: Event) -> Text:
    """An event in a line: id, type, status, and who to whom by code."""
    act = " ".join(filter(None, (event.type, event.mode)))
    return Text.assemble(
        (event.id, "bold"), f"  {act} · {event.status} · {_side(event.actors)} → {_side(event.recipients)}"
    )


def _fields(change: Change, words: Catalogue) -> Iterator[Text]:
    for name in change.fields:
        if change.before and change.after and name not in UNTOLD:
            before, after = (_value(getattr(event, name)) for event in (change.before, change.after))
            if before != after:
                yield Text(
                    f"    {name}: {before or words.say('difference.none')} → {after or words.say('difference.none')}"
                )


def _side(parties: tuple[Party, ...]) -> str:
    return ", ".join(codes(parties)) or "?"


def _value(value: object) -> str:
    """A field as a word or two."""
    if isinstance(value, tuple):
        return ", ".join(map(_value, value))
    if isinstance(value, Party):
        return value.code or value.text
    if isinstance(value, Place):
        return f"{value.name} ({value.country})" if value.country else value.name
    return value.text if isinstance(value, Magnitude) else str(value or "")
