"""What can be said of whether an act happened, is planned, considered, possible or denied, as named features."""

from __future__ import annotations

from collections.abc import Sequence

from siaga.extract.coder.arcs import status_arcs
from siaga.extract.coder.features import distance_class, voice_in_context
from siaga.extract.coder.reach import Cue, cues_around, telling
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import View

__all__ = ["status_features"]


def status_features(view: View, candidate: Candidate) -> list[str]:
    """Did it happen, is it planned, considered, possible, denied?"""
    first, rule, voice = candidate.first, candidate.trigger.rule, voice_in_context(view, candidate)
    quote = view.quote_at(first)
    features = [
        "bias", f"type={rule.type}", f"rule={rule.id}", f"voice={voice}", f"type+voice={rule.type}|{voice}",
        f"speech={quote is not None}|{voice}", f"verbal={rule.type}|{view.role(first - 1)}",
        f"future={_future_date(view)}|{voice}",
    ]  # fmt: skip
    cues = tuple(cues_around(view, candidate))
    for cue in cues:
        features += _cue_features(cue, voice)
    return features + _verdicts(cues, voice) + status_arcs(view, candidate, voice)


def _verdicts(cues: Sequence[Cue], voice: str) -> list[str]:
    """What the cues say together: the nearest and the outermost that is no mere sign of the past, and all statuses.

    In "tidak percaya bahwa Rusia akan menyerang" the outermost cue denies and the nearest plans.
    """
    told = telling(cues)
    if not told:
        return [f"verdict=none|{voice}", f"verdict=none|{any(cue.row.status == 'happened' for cue in cues)}"]
    nearest = min(told, key=lambda cue: cue.distance)
    outermost = max(told, key=lambda cue: (cue.row.scope == "after", cue.distance))
    strongest = max(told, key=lambda cue: (cue.row.strength, -cue.distance))
    statuses = "+".join(sorted({cue.row.status for cue in told}))
    return [
        f"nearest={nearest.row.status}|{nearest.row.strength}|{nearest.row.scope}",
        f"nearest={nearest.row.status}|{distance_class(nearest.distance)}|{voice}",
        f"outermost={outermost.row.status}|{outermost.row.strength}|{outermost.row.scope}",
        f"strongest={strongest.row.status}|{strongest.row.strength}",
        f"verdict={outermost.row.status}|{nearest.row.status}", f"statuses={statuses}",
        f"sure={strongest.row.status}|{strongest.row.strength}|{distance_class(strongest.distance)}",
    ]  # fmt: skip


def _cue_features(cue: Cue, voice: str) -> list[str]:
    row, near = cue.row, distance_class(cue.distance)
    kind = f"{row.status}|{row.scope}"
    return [
        f"cue={kind}", f"cue+near={kind}|{near}", f"cue+strength={kind}|{row.strength}", f"cue-phrase={row.phrase}",
        f"cue+voice={kind}|{voice}", f"cue+wall={kind}|{cue.wall}",
    ]  # fmt: skip


def _future_date(view: View) -> bool:
    """Whether the sentence names a day after publication."""
    published = (view.document.article.published or "9999")[:10]
    return any((date.earliest or "") > published for date in view.dates)
