"""A playbook, or a run of it, as one page of A4: HTML that fetches and runs nothing, to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from siaga.base.alert import Rule, Trigger
from siaga.base.playbook import Letter, Phase, Playbook, Written
from siaga.report.alert_forms import sentence_of
from siaga.report.catalogue import Catalogue
from siaga.report.playbooks import Standing, StepStanding, letter_of
from siaga.report.warning import unit_name

__all__ = ["as_page", "trail_lines", "trigger_words"]

STYLE = (
    "@page{size:A4;margin:10mm}body{font:9.6pt/1.3 sans-serif;color:#111;margin:0 auto;max-width:190mm}"
    "h1{font-size:14pt;margin:0}h2{font-size:11pt;margin:2mm 0 .5mm;border-bottom:.3mm solid #111;break-after:avoid}"
    "p{margin:.6mm 0}ul{list-style:none;margin:.3mm 0 .8mm;padding-left:4mm}li{text-indent:-4mm;padding-left:0}"
    ".steps{columns:2;column-gap:6mm}.step{break-inside:avoid}.step p{margin:0}.letter{font-size:8.6pt;color:#333;"
    "border-left:.6mm solid #999;padding-left:1.5mm;margin:.5mm 0 1mm;break-inside:avoid}.trail{font-size:8pt}"
    ".small{font-size:8.6pt;color:#333}@media screen{body{margin:8mm auto}}"
)
BOX, TICKED = "☐", "☑"
MOST_TRAIL = 12
"""Entries of the trail on the page; how many more there are is said."""


def as_page(playbook: Playbook, at: Standing | None, trail: Sequence[Written], words: Catalogue) -> str:
    """One page.

    Args:
        playbook: the plan.
        at: where a run of it stands; null for the plan itself.
        trail: of the run, in order.
        words: of a language.

    """
    title = playbook.title.of(words.language)
    body = "".join(_body(playbook, at, trail, words))
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    return f'<!doctype html>\n<html lang="{words.language}"><head>{head}</head><body>{body}</body></html>\n'


def trigger_words(trigger: Trigger, words: Catalogue) -> str:
    """What a trigger waits for, as a part of a sentence."""
    said = sentence_of(Rule(to=("\0",), trigger=trigger), words)
    return said.partition("\0")[2].strip()


def trail_lines(trail: Sequence[Written], words: Catalogue) -> Iterator[str]:
    """The trail of a run, a line an entry."""
    for one in trail:
        entry = one.entry
        what = words.say(f"playbook.entry_{entry.kind}", step=entry.step or "", item=entry.item or "")
        note = f": {entry.note}" if entry.note else ""
        yield f"{entry.moment}  {entry.who}  {what}{note}  {one.hash[:12]}"


def _body(playbook: Playbook, at: Standing | None, trail: Sequence[Written], words: Catalogue) -> Iterator[str]:
    language = words.language
    yield f"<h1>{escape(playbook.title.of(language))}</h1><p>{escape(playbook.purpose.of(language))}</p>"
    triggers = words.say("playbook.or").join(trigger_words(one, words) for one in playbook.trigger)
    yield f'<p class="small">{escape(words.say("playbook.begins", triggers=triggers))}</p>'
    if at is not None:
        yield f"<p><strong>{escape(_run_line(at, words))}</strong></p>"
    yield '<div class="steps">'
    for phase in playbook.phase:
        yield from _phase(playbook, phase, at, words)
    yield "</div>"
    if trail:
        yield from _trail(trail, words)
    yield f'<p class="small">{escape(words.say("playbook.sign_here"))}</p>'


def _run_line(at: Standing, words: Catalogue) -> str:
    state = words.say("playbook.closed_at", moment=at.closed) if at.closed else words.say("playbook.running")
    return words.say(
        "playbook.run_line", unit=unit_name(at.run.unit, words), id=at.run.id, began=at.run.began, who=at.run.who,
        state=state,
    )  # fmt: skip


def _phase(playbook: Playbook, phase: Phase, at: Standing | None, words: Catalogue) -> Iterator[str]:
    yield f"<h2>{escape(phase.title.of(words.language))}</h2>"
    roles = {role.key: role.title.of(words.language) for role in playbook.role}
    for step in phase.step:
        one = at.step(step.key) if at else None
        box = TICKED if one and one.state == "done" else BOX
        due = words.say("playbook.hours", hours=f"{step.due_hours:g}")
        title = escape(step.title.of(words.language))
        owner = escape(roles[step.role])
        yield f'<div class="step"><p>{box} <strong>{title}</strong> – {owner}, {due}{_by(one, words)}</p>'
        yield "<ul>" + "".join(
            f"<li>{_box(one, number)} {escape(item.of(words.language))}</li>"
            for number, item in enumerate(step.checklist, 1)
        ) + "</ul></div>"  # fmt: skip
        values = {"unit": _unit(at, words), "level": "…", "day": "…", "owner": "…"}
        if (letter := letter_of(step, values, words.language)) is not None:
            yield _letter(letter, words)


def _unit(at: Standing | None, words: Catalogue) -> str:
    return unit_name(at.run.unit, words) if at else "…"


def _box(one: StepStanding | None, number: int) -> str:
    return TICKED if one and (number in one.checked or one.state == "done") else BOX


def _by(one: StepStanding | None, words: Catalogue) -> str:
    if one is None:
        return ""
    if one.state == "open":
        return f" – {words.say('playbook.state_late')}" if one.late else ""
    return f" – {words.say(f'playbook.state_{one.state}')} {escape(one.who or '')}, {one.moment}"


def _letter(letter: Letter, words: Catalogue) -> str:
    parts = (part.of(words.language) for part in (letter.to, letter.subject, letter.text))
    to, subject, text = map(escape, parts)
    return f'<p class="letter">→ {to}: <strong>{subject}</strong>. {text}</p>'


def _trail(trail: Sequence[Written], words: Catalogue) -> Iterator[str]:
    yield f"<h2>{escape(words.say('playbook.trail', count=len(trail)))}</h2>"
    shown = trail[-MOST_TRAIL:]
    lines = "<br>".join(escape(line) for line in trail_lines(shown, words))
    yield f'<p class="trail">{lines}</p>'
