"""Who is on which side of an event, seen once more with both sides and the whole article in view.

The first reading asks of every mention by itself whether it is the actor, and whether it is the recipient
(`features.party_features`). Here the answers meet: one who is far likelier on the other side is not on this one, an
article in which Israel strikes Iran five times makes Israel the striker in the sixth, and a side that the sentence
leaves out is filled by whom the context offers. Features are named as in `features.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siaga.base.pack import load_pack
from siaga.extract.coder.features import speaks
from siaga.extract.coder.history import OPPOSITE, Act, Others
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import Side, View

__all__ = ["LEANS", "Draft", "Leaning", "first_act", "side_features", "standing"]

LEANS = {"actor": 0.0, "recipient": -0.3}
"""Least log odds at which the first reading puts somebody on a side."""
STEPS = (-3.0, -2.0, -1.2, -0.6, -0.2, 0.2, 0.6, 1.2, 2.0, 3.0)
"""Bounds of the classes of log odds; and of the wide ones, where two are looked at together."""
WIDE_STEPS = (-2.0, -0.8, 0.0, 0.8, 2.0)


class Leaning(NamedTuple):
    """How far the first reading of a sentence puts somebody on a side."""

    log_odds: float
    side: Side


class Draft(NamedTuple):
    """A trigger that counts, and the first reading of who is on which side."""

    view: View
    candidate: Candidate
    probability: float
    leanings: Mapping[str, Mapping[str, Leaning]]
    """Of each side, `actor` and `recipient`: code -> the strongest leaning of its mentions."""
    strangers: Mapping[str, Leaning]
    """Of each side, the strongest leaning of somebody without a code ("gunmen" in an article without a setting)."""


def first_act(draft: Draft) -> Act:
    """The event as the first reading has it."""
    actors, recipients = (
        frozenset(code for code, leaning in draft.leanings[side].items() if leaning.log_odds >= least)
        for side, least in LEANS.items()
    )
    return Act(draft.candidate.trigger.rule.type, actors, recipients)


def standing(draft: Draft, side: str, others: frozenset[str], history: Others) -> tuple[str, ...]:
    """The codes that may be on a side: whom the sentence names, whom the context offers, who stands opposite."""
    partners = sorted(history.partners(side, others))
    return tuple(dict.fromkeys((*draft.leanings[side], *draft.view.offers, *partners, *sorted(others))))


def side_features(draft: Draft, side: str, code: str, act: Act, history: Others) -> list[str]:
    """Is this code on this side of the event? `act` is the event as first read, `history` the other ones."""
    named = code in draft.leanings[side]
    seen = _named_features(draft, side, code) if named else _unnamed_features(draft, side, code)
    return [f"{side}:{feature}" for feature in (*seen, *_circumstances(draft, side, code, act, history))]


def _named_features(draft: Draft, side: str, code: str) -> list[str]:
    """Of somebody whom the sentence names: how far the first reading leans, beside the other side and the rivals."""
    rule, mine, theirs = draft.candidate.trigger.rule, draft.leanings[side], draft.leanings[OPPOSITE[side]]
    odds, rival = mine[code].log_odds, _strongest(mine, code)
    fine, wide, across, how = _class(odds), _wide(odds), _wide(_log_odds(theirs, code)), _how(mine[code])
    ahead = "none" if rival is None else _wide(odds - rival)
    return [
        "bias", f"leans={fine}", f"leans={fine}|{rule.frame}", f"leans={fine}|{rule.type}", f"leans={fine}|{how}",
        f"both={wide}|{across}", f"both={wide}|{across}|{rule.frame}", f"ahead={wide}|{ahead}",
        f"across={wide}|{across}|{_wide(_strongest(theirs, code))}",
        f"first-across={_first(theirs) == code}|{wide}|{rule.frame}", f"named={min(len(mine), 4)}|{wide}",
    ]  # fmt: skip


def _unnamed_features(draft: Draft, side: str, code: str) -> list[str]:
    """Of somebody whom only the context offers: how well the sentence fills its sides itself."""
    kind, mine, theirs = draft.candidate.trigger.rule.type, draft.leanings[side], draft.leanings[OPPOSITE[side]]
    first = _first(mine)
    top = _wide(_strongest(mine, code)) + _how(mine.get(first or ""))
    return [
        "offer", f"top={top}", f"top={top}|{kind}", f"named={min(len(draft.view.named_codes), 3)}",
        f"across={_wide(_strongest(theirs, code))}|{_wide(_log_odds(theirs, code))}",
    ]  # fmt: skip


def _circumstances(draft: Draft, side: str, code: str, act: Act, history: Others) -> list[str]:
    """What the article says of this code, and whether it would stand on both sides."""
    view, rule = draft.view, draft.candidate.trigger.rule
    kind, frame, others, setting = rule.type, rule.frame, act.of(OPPOSITE[side]), view.document.setting
    how = _how(draft.leanings[side].get(code))
    rest = others - {code}
    pairs = f"{_few(history.partner(side, code, rest))}|{_few(history.partner(OPPOSITE[side], code, rest))}"
    habit = f"{_few(history.on_side(kind, side, code))}|{_few(history.on_side(kind, OPPOSITE[side], code))}"
    itself, known = code in others, bool(others)
    origins = [f"main{view.main.index(code)}"] if code in view.main[:4] else []
    origins += ["setting"] if code == setting else []
    origins += ["previous"] if code in view.previous_codes else []
    return [
        f"{how}-pairs={pairs}", f"{how}-pairs={pairs}|{frame}", f"{how}-habit={habit}", f"{how}-habit={habit}|{kind}",
        f"{how}-self={itself}|{kind}", f"{how}-self={itself}|{code == setting}|{view.foreign}",
        f"{how}-self={itself}|{view.foreign}|{kind}", f"{how}-self={itself}|{known}|{frame}",
        f"{how}-rule={rule.id}|{itself}", f"{how}-origins={'+'.join(origins)}|{known}",
        *(f"{how}-origin={origin}|{kind}" for origin in origins),
        f"{how}-speaks={speaks(view, draft.candidate, code)}|{kind}",
        f"{how}-by-name={code in _by_name(view)}|{frame}",
        f"{how}-home={view.foreign}|{code == load_pack(view.language).home}",
    ]  # fmt: skip


def _how(leaning: Leaning | None) -> str:
    """How a code comes in: by name, as the country of a nameless somebody ("troops"), or from the context."""
    if leaning is None:
        return "context"
    return "named" if leaning.side.mention is not None and leaning.side.mention.code else "generic"


def _by_name(view: View) -> frozenset[str | None]:
    """The codes that the sentence names outright."""
    return frozenset(mention.code for mention in view.mentions)


def _log_odds(leanings: Mapping[str, Leaning], code: str) -> float | None:
    leaning = leanings.get(code)
    return None if leaning is None else leaning.log_odds


def _strongest(leanings: Mapping[str, Leaning], but: str) -> float | None:
    """The strongest leaning on a side, one code left out."""
    return max((leaning.log_odds for code, leaning in leanings.items() if code != but), default=None)


def _first(leanings: Mapping[str, Leaning]) -> str | None:
    """The likeliest code of a side."""
    return max(leanings, key=lambda code: leanings[code].log_odds, default=None)


def _few(count: int) -> int:
    return min(count, 3)


def _class(log_odds: float) -> str:
    return str(sum(log_odds >= step for step in STEPS))


def _wide(log_odds: float | None) -> str:
    return "none" if log_odds is None else str(sum(log_odds >= step for step in WIDE_STEPS))
