"""Who is on which side of an event, seen once more with both sides and the whole article in view.

The first reading asks of every mention by itself whether it is the actor, and whether it is the recipient
(`features.party_features`). Here the answers meet: one who is far likelier on the other side is not on this one, an
article in which Israel strikes Iran five times makes Israel the striker in the sixth, what stands beside it in the
sentence mostly has the same parties, and a side that the sentence leaves out is filled by whom the context offers.
Nothing here is a word: the same numbers hold in every language, and one model (`assets/model/sides.npz`) serves all.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, get_args

from siaga.base.event import EventType
from siaga.extract.actor_tables import is_country
from siaga.extract.coder.arcs import steps_apart
from siaga.extract.coder.context import Said
from siaga.extract.coder.features import voice_in_context
from siaga.extract.coder.history import OPPOSITE, Act, History, Others
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import Side, View

__all__ = ["LEANS", "SIDE_FEATURES", "Draft", "Leaning", "Scene", "first_act", "scenes", "side_features", "standing"]

LEANS = {"actor": 0.0, "recipient": -0.3}
"""Least log odds at which the first reading puts somebody on a side."""
ABSENT = -8.0
"""Log odds of somebody whom the first reading didn't meet; lower than any it gives."""
FAR = 99
"""Rank, distance or number of what isn't there."""
CLOSE = 2
"""Sentences before and after in which acts are close by."""
FRAMES = ("directed", "mutual", "victim")
MARKERS = ("", "agent", "against", "to", "between", "clause", "in", "of", "with", "and", "from")
"""Roles of the word before a mention that are told apart."""
TYPES: tuple[EventType, ...] = get_args(EventType)
ARMED = frozenset({"MIL", "REB"})

SIDE_FEATURES = (
    "actor",
    "here", "across", "rival here", "rival across", "ahead here", "ahead across", "in sentence", "nameless",
    "named here", "likely here", "likely across", "owner",
    "type here", "type across", "acts here", "acts across", "pair here", "pair across", "pair with main",
    "opposite", "others", "others but this",
    "setting", "home", "previous sentence", "rank", "mentions", "tokens ago", "foreign", "country", "by name",
    "type", "frame", "passive", "noun", "probability", "speech", "sentence number", "speaks",
    "distance", "clause between", "mentions between", "path", "marker", "order", "capital", "armed",
    "last act here", "last act across", "next act here", "next act across", "last act in sentence", "last act of type",
    "sentence acts", "sentence here", "sentence across", "close here", "close across", "article here", "article across",
    "same type here", "same type across", "same word here", "same word across",
)  # fmt: skip
"""What each column says of a code on a side. `here` is this side and `across` the other one; both are log odds of the
first reading where nothing else is said, `type`, `acts` and `pair` count acts of the article."""


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
    said: Said | None = None
    """What the network in context says of the trigger."""


class Around(NamedTuple):
    """The other acts of the article as seen from one, by how they stand to it."""

    last: Sequence[Draft]
    following: Sequence[Draft]
    sentence: Sequence[Draft]
    close: Sequence[Draft]
    every: Sequence[Draft]
    type: Sequence[Draft]
    word: Sequence[Draft]


class Leaned(NamedTuple):
    """How far the acts around lean to each code on one side."""

    last: Mapping[str, float]
    following: Mapping[str, float]
    sentence: Mapping[str, float]
    close: Mapping[str, float]
    every: Mapping[str, float]
    type: Mapping[str, float]
    word: Mapping[str, float]


class Scene(NamedTuple):
    """A draft among the others of its article."""

    draft: Draft
    act: Act
    """The event as first read."""
    history: Others
    around: Around
    leaned: Mapping[str, Leaned]
    """Of each side, `actor` and `recipient`."""


def scenes(found: Sequence[Draft]) -> list[Scene]:
    """Each draft of an article among the others."""
    acts = [first_act(draft) for draft in found]
    history = History(acts)
    around = [_around(found, number) for number in range(len(found))]
    return [
        Scene(draft, act, history.without(act), others, {side: _leaned(others, side) for side in OPPOSITE})
        for draft, act, others in zip(found, acts, around, strict=True)
    ]


def first_act(draft: Draft) -> Act:
    """The event as the first reading has it."""
    actors, recipients = (
        frozenset(code for code, leaning in draft.leanings[side].items() if leaning.log_odds >= least)
        for side, least in LEANS.items()
    )
    return Act(draft.candidate.trigger.rule.type, actors, recipients)


def standing(scene: Scene, side: str) -> tuple[str, ...]:
    """The codes that may be on a side: whom the sentence names, whom the context offers, who stands opposite."""
    draft, others = scene.draft, scene.act.of(OPPOSITE[side])
    partners = sorted(scene.history.partners(side, others))
    return tuple(dict.fromkeys((*draft.leanings[side], *draft.view.offers, *partners, *sorted(others))))


def side_features(scene: Scene, side: str) -> dict[str, list[float]]:
    """Of each code that may be on a side: what speaks for it, in the order of `SIDE_FEATURES`."""
    event, company, likely = _event(scene), _company(scene.around), _likely(scene.draft, side)
    here, across = scene.leaned[side], scene.leaned[OPPOSITE[side]]
    return {
        code: [
            float(side == "actor"), *_leanings(scene.draft, side, code), *likely, *_ownership(scene.draft, side, code),
            *_habits(scene, side, code), *_origin(scene.draft, code), *event, *_speech(scene.draft, code),
            *_mention(scene.draft, side, code), *_neighbours(here, across, company, code),
        ]
        for code in standing(scene, side)
    }  # fmt: skip


def _leanings(draft: Draft, side: str, code: str) -> tuple[float, ...]:
    """How far the first reading leans, beside the other side and the rivals."""
    mine, theirs = draft.leanings[side], draft.leanings[OPPOSITE[side]]
    here, across = _odds(draft, side, code), _odds(draft, OPPOSITE[side], code)
    rival, rival_across = _strongest(mine, code), _strongest(theirs, code)
    leaning = mine.get(code)
    nameless = leaning is not None and not (leaning.side.mention and leaning.side.mention.code)
    return (
        here, across, rival, rival_across, here - rival, across - rival_across, code in mine, nameless, len(mine),
    )  # fmt: skip


def _likely(draft: Draft, side: str) -> tuple[int, int]:
    """How many a side likely has, and the other."""
    mine, theirs = draft.leanings[side], draft.leanings[OPPOSITE[side]]
    return sum(one.log_odds > 0 for one in mine.values()), sum(one.log_odds > 0 for one in theirs.values())


def _ownership(draft: Draft, side: str, code: str) -> tuple[int]:
    """Of a nameless somebody ("troops"): the place of a code among those whose he may be."""
    leaning = draft.leanings[side].get(code)
    mention = leaning.side.mention if leaning is not None else None
    return (draft.view.owners(mention).index(code) if mention is not None and not mention.code else -1,)


def _habits(scene: Scene, side: str, code: str) -> tuple[float, ...]:
    """What the other acts of the article say of this code, and whether it would stand on both sides."""
    history, kind, opposite = scene.history, scene.draft.candidate.trigger.rule.type, OPPOSITE[side]
    others = scene.act.of(opposite)
    rest, main = others - {code}, frozenset(scene.draft.view.main[:1]) - {code}
    return (
        history.on_side(kind, side, code), history.on_side(kind, opposite, code),
        history.acts(side, code), history.acts(opposite, code),
        history.partner(side, code, rest), history.partner(opposite, code, rest), history.partner(side, code, main),
        code in others, len(others), len(rest),
    )  # fmt: skip


def _origin(draft: Draft, code: str) -> tuple[float, ...]:
    """Where in the article this code is named."""
    view = draft.view
    setting = code == view.document.setting
    mentions = view.by_code.get(code, ())
    before = [mention.first for mention in mentions if mention.first < view.sentence.first]
    return (
        setting, setting and not view.foreign, code in view.previous_codes,
        view.main.index(code) if code in view.main else FAR, len(mentions),
        view.sentence.first - before[-1] if before else FAR * FAR, view.foreign, is_country(code),
        any(mention.code == code for mention in view.mentions),
    )  # fmt: skip


def _event(scene: Scene) -> tuple[float, ...]:
    """What the act is, and in which voice it is told."""
    view, candidate = scene.draft.view, scene.draft.candidate
    rule, voice, quote = candidate.trigger.rule, voice_in_context(view, candidate), view.quote_at(candidate.first)
    return (
        TYPES.index(rule.type), FRAMES.index(rule.frame), "passive" in voice, "noun" in voice, scene.draft.probability,
        0 if quote is None else 1 + bool(quote.direct), view.number,
    )  # fmt: skip


def _speech(draft: Draft, code: str) -> tuple[float, ...]:
    """Whether this code says so."""
    quote = draft.view.quote_at(draft.candidate.first)
    return (quote is not None and quote.code == code,)


def _mention(draft: Draft, side: str, code: str) -> tuple[float, ...]:
    """Where the sentence names this code, as seen from the trigger."""
    leaning, view, candidate = draft.leanings[side].get(code), draft.view, draft.candidate
    mention = leaning.side.mention if leaning is not None else None
    if mention is None:
        return FAR, 0, FAR, FAR, -1, FAR, 0, 0
    before = mention.last <= candidate.first
    low, high = (mention.last, candidate.first) if before else (candidate.last, mention.first)
    steps = view.steps(low, high)
    role = view.role(mention.first - 1)
    return (
        steps if before else -steps, view.clause_between(low, high), view.mentions_between(low, high),
        steps_apart(view.document.syntax, candidate.first, mention.first),
        MARKERS.index(role) if role in MARKERS else len(MARKERS), view.mentions.index(mention),
        mention.capital, mention.sector in ARMED,
    )  # fmt: skip


def _around(found: Sequence[Draft], at: int) -> Around:
    draft, every = found[at], [*found[:at], *found[at + 1 :]]
    number, trigger = draft.view.number, draft.candidate.trigger
    type_ = [other for other in every if other.candidate.trigger.rule.type == trigger.rule.type]
    return Around(
        last=found[max(0, at - 1) : at],
        following=found[at + 1 : at + 2],
        sentence=[other for other in every if other.view.number == number],
        close=[other for other in every if abs(other.view.number - number) <= CLOSE],
        every=every,
        type=type_,
        word=[other for other in type_ if other.candidate.trigger.lemma == trigger.lemma],
    )


def _company(around: Around) -> tuple[float, ...]:
    """Whether the act before is of the same sentence and type, and how many acts the sentence has."""
    return (
        any(other in around.sentence for other in around.last), any(other in around.type for other in around.last),
        len(around.sentence),
    )  # fmt: skip


def _leaned(around: Around, side: str) -> Leaned:
    return Leaned(
        last=_most(around.last, side), following=_most(around.following, side), sentence=_most(around.sentence, side),
        close=_sum(around.close, side), every=_sum(around.every, side), type=_most(around.type, side),
        word=_most(around.word, side),
    )  # fmt: skip


def _neighbours(here: Leaned, across: Leaned, company: tuple[float, ...], code: str) -> tuple[float, ...]:
    """How far the acts around, and those of the whole article, lean to this code on this side and on the other."""
    return (
        here.last.get(code, ABSENT), across.last.get(code, ABSENT),
        here.following.get(code, ABSENT), across.following.get(code, ABSENT), *company,
        here.sentence.get(code, ABSENT), across.sentence.get(code, ABSENT),
        here.close.get(code, 0.0), across.close.get(code, 0.0), here.every.get(code, 0.0), across.every.get(code, 0.0),
        here.type.get(code, ABSENT), across.type.get(code, ABSENT),
        here.word.get(code, ABSENT), across.word.get(code, ABSENT),
    )  # fmt: skip


def _most(drafts: Sequence[Draft], side: str) -> dict[str, float]:
    """Code -> the strongest leaning."""
    found: dict[str, float] = {}
    for draft in drafts:
        for code, leaning in draft.leanings[side].items():
            found[code] = max(found.get(code, leaning.log_odds), leaning.log_odds)
    return found


def _sum(drafts: Sequence[Draft], side: str) -> dict[str, float]:
    """Code -> all that leans to it, leaving out what leans away."""
    found: dict[str, list[float]] = {}
    for draft in drafts:
        for code, leaning in draft.leanings[side].items():
            found.setdefault(code, []).append(max(0.0, leaning.log_odds))
    return {code: math.fsum(odds) for code, odds in found.items()}


def _odds(draft: Draft, side: str, code: str) -> float:
    leaning = draft.leanings[side].get(code)
    return ABSENT if leaning is None else leaning.log_odds


def _strongest(leanings: Mapping[str, Leaning], but: str) -> float:
    """The strongest leaning on a side, one code left out."""
    return max((leaning.log_odds for code, leaning in leanings.items() if code != but), default=ABSENT)
