"""Who is on which side of an event, seen once more with both sides and the whole article in view.

The first reading asks of every mention by itself whether it is the actor, and whether it is the recipient
(`features.party_features`). Here the answers meet: one who is far likelier on the other side is not on this one, an
article in which Israel strikes Iran five times makes Israel the striker in the sixth, what stands beside it in the
sentence mostly has the same parties, and a side that the sentence leaves out is filled by whom the context offers.
Nothing here is a word: the same numbers hold in every language, and one model (`assets/model/sides.npz`) serves all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, get_args

from siaga.base.document import Mention
from siaga.base.event import EventType
from siaga.extract.actor_tables import is_country
from siaga.extract.coder.arcs import steps_apart
from siaga.extract.coder.around import ABSENT, Around, Placed, around_each
from siaga.extract.coder.context import Said
from siaga.extract.coder.features import voice_in_context
from siaga.extract.coder.history import OPPOSITE, Act, History, Others
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import Side, View

__all__ = ["LEANS", "SIDE_FEATURES", "Draft", "Leaning", "Scene", "first_act", "scenes", "side_features", "standing"]

LEANS = {"actor": 0.0, "recipient": -0.3}
"""Least log odds at which the first reading puts somebody on a side."""
FAR = 99
"""Rank, distance or number of what isn't there."""
NOT_NAMED = (FAR, 0, FAR, FAR, -1, FAR, 0, 0)
"""What is said of the place of somebody whom the sentence doesn't name."""
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


class Scene(NamedTuple):
    """A draft among the others of its article."""

    draft: Draft
    act: Act
    """The event as first read."""
    history: Others
    around: Mapping[str, Around]
    """Of each side, `actor` and `recipient`."""
    company: tuple[bool, bool, int]
    """Whether the act before is of the same sentence and type, and how many others the sentence has."""
    origins: dict[str, tuple[float, ...]]
    """Code -> where in the article it is named, for those that were asked for: the same for all of a sentence."""
    named: dict[int, tuple[float, ...]]
    """Identity of a mention (two may begin at one token) -> where it stands as seen from the trigger, likewise."""


def scenes(found: Sequence[Draft]) -> list[Scene]:
    """Each draft of an article among the others."""
    acts = [first_act(draft) for draft in found]
    history = History(acts)
    placed = [_placed(draft) for draft in found]
    around = {side: around_each(placed, [_all_odds(draft.leanings[side]) for draft in found]) for side in OPPOSITE}
    in_sentence = Counter(place.sentence for place in placed)
    origins: dict[int, dict[str, tuple[float, ...]]] = {number: {} for number in in_sentence}
    return [
        Scene(
            draft, act, history.without(act), {side: around[side][number] for side in OPPOSITE},
            (*_follows(placed, number), in_sentence[draft.view.number] - 1), origins[draft.view.number], {},
        )
        for number, (draft, act) in enumerate(zip(found, acts, strict=True))
    ]  # fmt: skip


def _placed(draft: Draft) -> Placed:
    trigger = draft.candidate.trigger
    return Placed(draft.view.number, trigger.rule.type, trigger.lemma)


def _all_odds(leanings: Mapping[str, Leaning]) -> dict[str, float]:
    return {code: leaning.log_odds for code, leaning in leanings.items()}


def _follows(placed: Sequence[Placed], number: int) -> tuple[bool, bool]:
    """Whether the act before is of the same sentence, and of the same type."""
    if not number:
        return False, False
    mine, before = placed[number], placed[number - 1]
    return mine.sentence == before.sentence, mine.type == before.type


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
    draft, opposite = scene.draft, OPPOSITE[side]
    event, likely, quote = _event(scene), _likely(draft, side), draft.view.quote_at(draft.candidate.first)
    mine, theirs = draft.leanings[side], draft.leanings[opposite]
    rivals, rivals_across = _Rivals(mine), _Rivals(theirs)
    habits = scene.history.history.habits(scene.act, side, next(iter(draft.view.main), None))
    here, across = scene.around[side], scene.around[opposite]
    speaker = quote.code if quote is not None else None
    rows = {}
    for code in standing(scene, side):
        leaning = mine.get(code)
        rows[code] = [
            float(side == "actor"), *_leanings(code, leaning, theirs.get(code), rivals, rivals_across), *likely,
            _ownership(draft, leaning, code), *habits.of(code), *_origin(scene, code), *event, code == speaker,
            *_mention(scene, leaning), *_neighbours(here.leaning(code), across.leaning(code), scene.company),
        ]  # fmt: skip
    return rows


class _Rivals:
    """The strongest leaning on a side, one code left out."""

    def __init__(self, leanings: Mapping[str, Leaning]) -> None:
        self.count = len(leanings)
        ranked = sorted(((one.log_odds, code) for code, one in leanings.items()), reverse=True)[:2]
        (self._most, self._code), (self._next, _) = (*ranked, *[(ABSENT, "")] * 2)[:2]

    def of(self, code: str) -> float:
        """The strongest but for this code."""
        return self._next if code == self._code else self._most


def _leanings(
    code: str, leaning: Leaning | None, other: Leaning | None, rivals: _Rivals, rivals_across: _Rivals
) -> tuple[float, ...]:
    """How far the first reading leans, beside the other side and the rivals."""
    here, across = (ABSENT if one is None else one.log_odds for one in (leaning, other))
    rival, rival_across = rivals.of(code), rivals_across.of(code)
    nameless = leaning is not None and not (leaning.side.mention and leaning.side.mention.code)
    return (
        here, across, rival, rival_across, here - rival, across - rival_across, leaning is not None, nameless,
        rivals.count,
    )  # fmt: skip


def _likely(draft: Draft, side: str) -> tuple[int, int]:
    """How many a side likely has, and the other."""
    mine, theirs = draft.leanings[side], draft.leanings[OPPOSITE[side]]
    return sum(one.log_odds > 0 for one in mine.values()), sum(one.log_odds > 0 for one in theirs.values())


def _ownership(draft: Draft, leaning: Leaning | None, code: str) -> int:
    """Of a nameless somebody ("troops"): the place of a code among those whose he may be."""
    mention = leaning.side.mention if leaning is not None else None
    return draft.view.owners(mention).index(code) if mention is not None and not mention.code else -1


def _origin(scene: Scene, code: str) -> tuple[float, ...]:
    """Where in the article this code is named."""
    if code not in scene.origins:
        scene.origins[code] = _origin_of(scene.draft.view, code)
    return scene.origins[code]


def _origin_of(view: View, code: str) -> tuple[float, ...]:
    setting = code == view.document.setting
    mentions = view.by_code.get(code, ())
    before = bisect_left(mentions, view.sentence.first, key=_first)
    return (
        setting, setting and not view.foreign, code in view.previous_codes,
        view.main.index(code) if mentions else FAR, len(mentions),
        view.sentence.first - mentions[before - 1].first if before else FAR * FAR, view.foreign, is_country(code),
        any(mention.code == code for mention in view.mentions),
    )  # fmt: skip


def _first(mention: Mention) -> int:
    return mention.first


def _event(scene: Scene) -> tuple[float, ...]:
    """What the act is, and in which voice it is told."""
    view, candidate = scene.draft.view, scene.draft.candidate
    rule, voice, quote = candidate.trigger.rule, voice_in_context(view, candidate), view.quote_at(candidate.first)
    return (
        TYPES.index(rule.type), FRAMES.index(rule.frame), "passive" in voice, "noun" in voice, scene.draft.probability,
        0 if quote is None else 1 + bool(quote.direct), view.number,
    )  # fmt: skip


def _mention(scene: Scene, leaning: Leaning | None) -> tuple[float, ...]:
    """Where the sentence names this code, as seen from the trigger."""
    mention = leaning.side.mention if leaning is not None else None
    if mention is None:
        return NOT_NAMED
    if id(mention) not in scene.named:
        scene.named[id(mention)] = _stands(scene.draft.view, scene.draft.candidate, mention)
    return scene.named[id(mention)]


def _stands(view: View, candidate: Candidate, mention: Mention) -> tuple[float, ...]:
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


def _neighbours(
    here: tuple[float, ...], across: tuple[float, ...], company: tuple[bool, bool, int]
) -> tuple[float, ...]:
    """How far the acts around, and those of the whole article, lean to this code on this side and on the other."""
    last, following, sentence, close, every, type_, word = zip(here, across, strict=True)
    return *last, *following, *company, *sentence, *close, *every, *type_, *word
