"""What the grammar of a sentence says of a trigger, its parties and its status; nothing where syntax was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from siaga.base.document import Mention, Syntax
    from siaga.extract.coder.triggers import Candidate
    from siaga.extract.coder.view import View

__all__ = ["party_arcs", "status_arcs", "steps_apart", "trigger_arcs"]

LONGEST_PATH = 4
"""Arcs between a trigger and a party beyond which a path says nothing (seen rarely, parsed wrongly often)."""
COLOURS = frozenset({"aux", "aux:pass", "mark", "advmod", "case", "cop", "neg", "det", "amod"})
"""Relations of the words under a trigger that may tell its status."""
COLOURED_BY = frozenset(
    {"xcomp", "ccomp", "advcl", "acl", "obj", "nmod", "obl", "acl:relcl", "nsubj", "nsubj:pass", "compound"}
)
"""Relations of a trigger to a word above it that may tell its status."""


def trigger_arcs(view: View, candidate: Candidate) -> list[str]:
    """The trigger's stem and part of speech, its relation to the word above it, and that word."""
    syntax = view.document.syntax
    if not syntax.heads:
        return []
    head, kind = top(syntax, candidate.first, candidate.last), candidate.trigger.rule.type
    label, above = syntax.labels[head], view.above(head)
    return [
        f"upos={syntax.upos[head]}|{kind}", f"label={label}|{kind}", f"above={above}|{label}",
        f"stem={syntax.lemmas[head]}|{kind}",
        f"upos+rule={syntax.upos[head]}|{candidate.trigger.rule.id}",
        *(f"below={relation}|{kind}" for relation in sorted({syntax.labels[child] for child in view.children(head)})),
    ]  # fmt: skip


def party_arcs(view: View, candidate: Candidate, mention: Mention, voice: str) -> list[str]:
    """The path of arcs from the trigger to the mention."""
    syntax = view.document.syntax
    if not syntax.heads:
        return []
    rule = candidate.trigger.rule
    route = path(syntax, top(syntax, candidate.first, candidate.last), top(syntax, mention.first, mention.last))
    case = next((view.word(child) for child in view.children(top(syntax, mention.first, mention.last))
                 if syntax.labels[child] == "case"), "")  # fmt: skip
    return [
        f"path={route}", f"path+voice={route}|{voice}", f"path+frame={route}|{rule.frame}|{voice}",
        f"path+case={route}|{case}", f"path+type={route}|{rule.type}", f"case={case}|{voice}",
    ]  # fmt: skip


def status_arcs(view: View, candidate: Candidate, voice: str) -> list[str]:
    """The words under the trigger that colour it, and the words above it that govern it."""
    syntax = view.document.syntax
    if not syntax.heads:
        return []
    head = top(syntax, candidate.first, candidate.last)
    features = [
        f"colour={syntax.labels[child]}|{view.word(child)}"
        for child in view.children(head)
        if syntax.labels[child] in COLOURS
    ]
    for step in range(3):
        label, above = syntax.labels[head], syntax.heads[head]
        if above < 0 or label not in COLOURED_BY:
            break
        lemma = view.above(head)
        features += [f"over={lemma}", f"over{step}={lemma}|{label}", f"over+voice={lemma}|{voice}"]
        features += [
            f"over-colour={view.word(child)}" for child in view.children(above) if syntax.labels[child] in COLOURS
        ]
        head = above
    return features


def top(syntax: Syntax, first: int, last: int) -> int:
    """The token of a stretch that the others hang on: the first whose head lies outside."""
    heads = syntax.heads
    return next((token for token in range(first, last) if not first <= heads[token] < last), last - 1)


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
