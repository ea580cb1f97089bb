"""What can be said of whether an act happened, is planned, considered, possible or denied, as named features."""

from __future__ import annotations

from collections.abc import Sequence

from siaga.extract.coder.arcs import status_arcs
from siaga.extract.coder.features import distance_class, voice_in_context
from siaga.extract.coder.reach import Cue, cues_around, telling
from siaga.extract.coder.signs import Sign, features_of
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import View

__all__ = ["status_features", "status_signs"]


def status_features(view: View, candidate: Candidate) -> list[str]:
    """Did it happen, is it planned, considered, possible, denied?"""
    return features_of(status_signs(view, candidate))


def status_signs(view: View, candidate: Candidate) -> list[Sign]:
    """The same as signs."""
    first, rule, voice = candidate.first, candidate.trigger.rule, voice_in_context(view, candidate)
    cues = cues_around(view, candidate)
    return [
        (_act, rule.type, rule.id, voice, view.role(first - 1)),
        (_sentence, view.quote_at(first) is not None, _future_date(view), voice),
        *[_cue_sign(cue, voice) for cue in cues],
        *_verdicts(cues, voice),
        *status_arcs(view, candidate, voice),
    ]


def _act(kind: str, act: str, voice: str, role: str) -> tuple[str, ...]:
    return (
        "bias", f"type={kind}", f"rule={act}", f"voice={voice}", f"type+voice={kind}|{voice}",
        f"verbal={kind}|{role}",
    )  # fmt: skip


def _sentence(said: bool, future: bool, voice: str) -> tuple[str, str]:  # noqa: FBT001 - values that are named
    return f"speech={said}|{voice}", f"future={future}|{voice}"


def _cue_sign(cue: Cue, voice: str) -> Sign:
    row = cue.row
    return _cue, row.status, row.scope, row.strength, row.phrase, distance_class(cue.distance), cue.wall, voice


def _cue(  # noqa: PLR0913, PLR0917 - a sign has as many values as it names
    status: str, scope: str, strength: int, phrase: str, near: str, wall: bool, voice: str  # noqa: FBT001
) -> tuple[str, ...]:  # fmt: skip
    kind = f"{status}|{scope}"
    return (
        f"cue={kind}", f"cue+near={kind}|{near}", f"cue+strength={kind}|{strength}", f"cue-phrase={phrase}",
        f"cue+voice={kind}|{voice}", f"cue+wall={kind}|{wall}",
    )  # fmt: skip


def _verdicts(cues: Sequence[Cue], voice: str) -> list[Sign]:
    """What the cues say together: the nearest and the outermost that is no mere sign of the past, and all statuses.

    In "tidak percaya bahwa Rusia akan menyerang" the outermost cue denies and the nearest plans.
    """
    told = telling(cues)
    if not told:
        return [(_no_verdict, voice, any(cue.row.status == "happened" for cue in cues))]
    nearest = min(told, key=lambda cue: cue.distance)
    outermost = max(told, key=lambda cue: (cue.row.scope == "after", cue.distance))
    strongest = max(told, key=lambda cue: (cue.row.strength, -cue.distance))
    near, outer, strong = nearest.row, outermost.row, strongest.row
    return [
        (_nearest, near.status, near.strength, near.scope, distance_class(nearest.distance), voice),
        (_outermost, outer.status, outer.strength, outer.scope, near.status),
        (_strongest, strong.status, strong.strength, distance_class(strongest.distance)),
        (_statuses, "+".join(sorted({cue.row.status for cue in told}))),
    ]


def _no_verdict(voice: str, past: bool) -> tuple[str, str]:  # noqa: FBT001 - a value that is named
    return f"verdict=none|{voice}", f"verdict=none|{past}"


def _nearest(status: str, strength: int, scope: str, distance: str, voice: str) -> tuple[str, str]:
    return f"nearest={status}|{strength}|{scope}", f"nearest={status}|{distance}|{voice}"


def _outermost(status: str, strength: int, scope: str, nearest: str) -> tuple[str, str]:
    return f"outermost={status}|{strength}|{scope}", f"verdict={status}|{nearest}"


def _strongest(status: str, strength: int, distance: str) -> tuple[str, str]:
    return f"strongest={status}|{strength}", f"sure={status}|{strength}|{distance}"


def _statuses(statuses: str) -> tuple[str]:
    return (f"statuses={statuses}",)


def _future_date(view: View) -> bool:
    """Whether the sentence names a day after publication."""
    published = (view.document.article.published or "9999")[:10]
    return any((date.earliest or "") > published for date in view.dates)
