"""The same sentence as other desks would write it: headlines, capitals, other quotation marks, no full stop."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tools.train.conllu import Sample
from tools.train.spans import spans

__all__ = ["augmented", "renamed", "with_forms"]

Pools = Mapping[str, Sequence[tuple[str, ...]]]
"""Names of each kind."""
STRAIGHT = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "``": '"', "''": '"'}
CURLY = {'"': "“”", "'": "‘’"}


def augmented(sample: Sample, dice: random.Random, capitals: float = 0.06) -> Sample:
    """A sample with its case, quotation marks or punctuation changed, mostly left as it is."""
    chance = dice.random()
    if chance < capitals:
        sample = with_forms(sample, [form.upper() for form in sample.forms])
    elif chance < 1.6 * capitals:
        sample = with_forms(sample, [form[:1].upper() + form[1:] for form in sample.forms])
    elif chance < 2.2 * capitals:
        sample = with_forms(sample, [form.lower() for form in sample.forms])
    if dice.random() < 0.3:  # noqa: PLR2004
        sample = with_forms(sample, _other_quotes(sample.forms, dice))
    return _without_marks(sample, dice) if dice.random() < 0.15 else sample  # noqa: PLR2004


def renamed(sample: Sample, pools: Pools, dice: random.Random, share: float = 0.3) -> Sample:
    """A sample of names alone, with some of them exchanged for others of their kind."""
    forms, names, last = [], [], 0
    for begin, end, kind in spans(sample.names):
        other = dice.choice(pools[kind]) if kind in pools and dice.random() < share else tuple(sample.forms[begin:end])
        forms += [*sample.forms[last:begin], *other]
        names += ["O"] * (begin - last) + [f"B-{kind}"] + [f"I-{kind}"] * (len(other) - 1)
        last = end
    return replace(sample, forms=forms + sample.forms[last:], names=names + ["O"] * (len(sample.forms) - last))


def with_forms(sample: Sample, forms: list[str]) -> Sample:
    """The sample with other forms; lemmas that can't be had from these forms are forgotten by the edit scripts."""
    return replace(sample, forms=forms)


def _other_quotes(forms: list[str], dice: random.Random) -> list[str]:
    if dice.random() < 0.5:  # noqa: PLR2004
        return [STRAIGHT.get(form, form) for form in forms]
    seen = dict.fromkeys(CURLY, 0)
    out = []
    for form in forms:
        if form in CURLY:
            seen[form] += 1
            out.append(CURLY[form][1 - seen[form] % 2])
        else:
            out.append(form)
    return out


def _without_marks(sample: Sample, dice: random.Random) -> Sample:
    """The sample without its last mark, or without its quotation marks."""
    quotes = [n for n, form in enumerate(sample.forms) if form in CURLY or form in STRAIGHT]
    chosen = [len(sample.forms) - 1] if dice.random() < 0.6 else quotes  # noqa: PLR2004
    marks = {n for n in chosen if not any(letter.isalnum() for letter in sample.forms[n])}
    gone = marks - {head - 1 for head in sample.heads}
    return without(sample, gone) if 0 < len(gone) < len(sample.forms) else sample


def without(sample: Sample, gone: set[int]) -> Sample:
    """The sample without some words that nothing hangs on."""
    kept = [n for n in range(len(sample.forms)) if n not in gone]
    number = {0: 0} | {old + 1: new + 1 for new, old in enumerate(kept)}
    heads = [number[sample.heads[n]] for n in kept] if sample.heads else []
    return replace(
        sample, heads=heads, spans=[], forms=[sample.forms[n] for n in kept], upos=_kept(sample.upos, kept),
        feats=_kept(sample.feats, kept), lemmas=_kept(sample.lemmas, kept), labels=_kept(sample.labels, kept),
        names=_kept(sample.names, kept), extra=_kept(sample.extra, kept),
    )  # fmt: skip


def _kept(values: list[str], kept: list[int]) -> list[str]:
    return [values[n] for n in kept] if values else []
