"""What the grammar of a sentence says of a trigger, its parties and its status; nothing where syntax was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from siaga.base.document import Mention, Syntax
    from siaga.extract.coder.signs import Sign
    from siaga.extract.coder.triggers import Candidate
    from siaga.extract.coder.view import View

__all__ = ["party_arcs", "status_arcs", "steps_apart", "trigger_arcs"]

LONGEST_PATH = 4
"""Arcs between a trigger and a party beyond which a path says nothing (seen rarely, parsed wrongly often)."""
COLOURS = frozenset({"aux", "aux:pass", "mark", "advmod", "case", "cop", "neg", "det", "amod"})
"""Relations of the words under a trigger that may tell its status."""
COLOURED_BY = frozenset(
    {"xcomp", "ccomp", "advcl", "acl", "obj", "nmod", "obl", "acl:relcl", "nsubj", "nsubj:pass", "compound", "conj"}
)
"""Relations of a trigger to a word above it that may tell its status."""
HIGHEST = 6
"""Arcs above a trigger within which a word may govern it ("denied a report that he had approved plans to attack")."""
NEAR = 3
"""Arcs above it within which it matters how many they are, and in which voice it is told."""


def trigger_arcs(view: View, candidate: Candidate) -> list[Sign]:
    """The trigger's stem and part of speech, its relation to the word above it, and that word."""
    syntax = view.document.syntax
    if not syntax.heads:
        return []
    head, kind, labels = top(syntax, candidate.first, candidate.last), candidate.trigger.rule.type, syntax.labels
    return [
        (_head, syntax.upos[head], labels[head], kind, candidate.trigger.rule.id),
        (_above, view.above(head), labels[head]),
        (_stem, syntax.lemmas[head], kind),
        *[(_below, relation, kind) for relation in dict.fromkeys(labels[child] for child in view.children(head))],
    ]


def _head(upos: str, label: str, kind: str, act: str) -> tuple[str, str, str]:
    return f"upos={upos}|{kind}", f"label={label}|{kind}", f"upos+rule={upos}|{act}"


def _above(lemma: str, label: str) -> tuple[str]:
    return (f"above={lemma}|{label}",)


def _stem(lemma: str, kind: str) -> tuple[str]:
    return (f"stem={lemma}|{kind}",)


def _below(label: str, kind: str) -> tuple[str]:
    return (f"below={label}|{kind}",)


def party_arcs(view: View, candidate: Candidate, mention: Mention, voice: str) -> list[Sign]:
    """The path of arcs from the trigger to the mention."""
    syntax = view.document.syntax
    if not syntax.heads:
        return []
    rule, person = candidate.trigger.rule, top(syntax, mention.first, mention.last)
    route = path(syntax, top(syntax, candidate.first, candidate.last), person)
    case = next((view.word(child) for child in view.children(person) if syntax.labels[child] == "case"), "")
    return [(_path, route, rule.type, rule.frame, voice), (_case, route, case, voice)]


def _path(route: str, kind: str, frame: str, voice: str) -> tuple[str, ...]:
    return (
        f"path={route}", f"path+voice={route}|{voice}", f"path+frame={route}|{frame}|{voice}",
        f"path+type={route}|{kind}",
    )  # fmt: skip


def _case(route: str, case: str, voice: str) -> tuple[str, str]:
    return f"path+case={route}|{case}", f"case={case}|{voice}"


def status_arcs(view: View, candidate: Candidate, voice: str) -> list[Sign]:
    """The words under the trigger that colour it, and the words above it that govern it, near and far.

    In "denied a report that he had approved plans to attack" a plan governs the attack, a denial both.
    What is joined to another act stands under whatever governs that one: to be joined to it is no step.
    """
    syntax = view.document.syntax
    if not syntax.heads:
        return []
    head, governors = top(syntax, candidate.first, candidate.last), 0
    signs: list[Sign] = [(_colour, syntax.labels[child], view.word(child)) for child in _colouring(view, head)]
    outermost = None
    for step in range(HIGHEST):
        label, above = syntax.labels[head], syntax.heads[head]
        if above < 0 or label not in COLOURED_BY:
            break
        lemma, is_near = view.above(head), step < NEAR
        if is_near:
            signs.append((_over, step, lemma, label, voice))
        signs += [(_over_colour, view.word(child), is_near) for child in _colouring(view, above)]
        if label != "conj":
            governors, outermost = governors + 1, lemma
            signs.append((_governor, lemma, label, min(governors, 2)))
        head = above
    if outermost is not None:
        signs.append((_outermost, outermost, min(governors, 3)))
    return signs


def _colouring(view: View, token: int) -> list[int]:
    """The words under one that may tell the status of an act."""
    labels = view.document.syntax.labels
    return [child for child in view.children(token) if labels[child] in COLOURS]


def _colour(label: str, word: str) -> tuple[str]:
    return (f"colour={label}|{word}",)


def _over(step: int, lemma: str, label: str, voice: str) -> tuple[str, str, str]:
    return f"over={lemma}", f"over{step}={lemma}|{label}", f"over+voice={lemma}|{voice}"


def _over_colour(word: str, is_near: bool) -> tuple[str]:  # noqa: FBT001 - a value that is named
    return (f"over-colour={word}" if is_near else f"far-colour={word}",)


def _governor(lemma: str, label: str, order: int) -> tuple[str, str, str]:
    return f"far={lemma}", f"far={lemma}|{order}", f"far={lemma}|{label}"


def _outermost(lemma: str, governors: int) -> tuple[str, str]:
    return f"outer={lemma}|{governors}", f"outer={lemma}"


def top(syntax: Syntax, first: int, last: int) -> int:
    """The token of a stretch that the others hang on: the first whose head lies outside."""
    heads = syntax.heads
    for token in range(first, last - 1):
        if not first <= heads[token] < last:
            return token
    return last - 1


def path(syntax: Syntax, start: int, end: int) -> str:
    """The arcs from one token to another, "<" upwards and ">" downwards; "far" if they are too many.

    In "Russia attacked Ukraine" the path from the verb to its subject is ">nsubj".
    """
    rise, fall = _climb(syntax, start), _climb(syntax, end)
    meet = next((token for token in rise if token in fall), None)
    if meet is None:
        return "far"
    ups, downs = rise[: rise.index(meet)], fall[: fall.index(meet)]
    if len(ups) + len(downs) > LONGEST_PATH:
        return "far"
    labels = syntax.labels
    return "".join(f"<{labels[token]}" for token in ups) + "".join(f">{labels[token]}" for token in reversed(downs))


def steps_apart(syntax: Syntax, start: int, end: int) -> int:
    """How many arcs lie between two tokens; one more than the longest path where they are too many."""
    rise, fall = (_climb(syntax, token) if syntax.heads else [token] for token in (start, end))
    meet = next((token for token in rise if token in fall), None)
    return 2 * LONGEST_PATH + 1 if meet is None else rise.index(meet) + fall.index(meet)


def _climb(syntax: Syntax, token: int) -> list[int]:
    """A token and what stands above it, as far as a path may reach."""
    line = [token]
    while len(line) <= LONGEST_PATH and (above := syntax.heads[line[-1]]) >= 0:
        line.append(above)
    return line
