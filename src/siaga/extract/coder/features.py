"""What can be said of a trigger and of a party beside it, as named features.

A feature is a short string. Models hold a weight for each that helped on hand-coded sentences
(`tools/train_coder.py`); words in features come from the text, never from here. Several features that depend on the
same values are one sign (`signs.py`): a reader meets signs, and their names are made only where somebody asks.
"""

from __future__ import annotations

from typing import NamedTuple

from siaga.base.document import Mention
from siaga.extract.coder.arcs import party_arcs, trigger_arcs
from siaga.extract.coder.reach import cues_around, telling
from siaga.extract.coder.signs import Sign, features_of
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import View

__all__ = [
    "Stand", "distance_class", "party_features", "party_signs", "speaks", "stand_of", "trigger_features",
    "trigger_signs", "voice_in_context",
]  # fmt: skip

NEAR = 4
"""Words on each side of a trigger that are looked at one by one."""


def trigger_features(view: View, candidate: Candidate) -> list[str]:
    """Does this word, here, report an event of this rule?"""
    return features_of(trigger_signs(view, candidate))


def trigger_signs(view: View, candidate: Candidate) -> list[Sign]:
    """The same as signs."""
    first, last, trigger = candidate
    rule, voice = trigger.rule, trigger.voice
    kind, act = rule.type, rule.id
    return [
        (_act, act, kind, trigger.lemma, voice, _words(view, first, last)),
        (_before, view.word(first - 1), act),
        (_after, view.word(last), act),
        (_roles_beside, view.role(first - 1), view.role(last), voice),
        *[(_near, word, kind) for word in view.near(first, last, NEAR)],
        (_sentence, *view.whereabouts),
        (_place, speech_at(view, first), min(view.steps(view.sentence.first, first), 9) // 3, view.foreign, kind),
        (_carried, view.carried(first), kind),
        _cue(view, candidate),
        *_company(view, candidate),
        *_rivals(view, candidate),
        *trigger_arcs(view, candidate),
    ]


def _act(act: str, kind: str, lemma: str, voice: str, words: tuple[str, ...]) -> list[str]:
    """What the trigger is; of one that was never seen as a whole, how many words it has, which, and its stem."""
    count = min(len(words), 3)
    features = [
        "bias", f"rule={act}", f"type={kind}", f"word={' '.join(words)}", f"lemma={lemma}|{act}", f"voice={voice}",
        f"type+voice={kind}|{voice}", f"words={count}", f"words+type={count}|{kind}",
    ]  # fmt: skip
    if len(words) > 1:
        features += [f"part={word}|{kind}" for word in sorted(set(words))]
    return features


def _words(view: View, first: int, last: int) -> tuple[str, ...]:
    """The words of a trigger without the figures that may part it."""
    words = view.lowers[first:last]
    return words if len(words) == 1 else tuple([word for word in words if not word[0].isdigit()])


def _before(word: str, act: str) -> tuple[str, str]:
    return f"before={word}", f"before+rule={word}|{act}"


def _after(word: str, act: str) -> tuple[str, str]:
    return f"after={word}", f"after+rule={word}|{act}"


def _roles_beside(before: str, after: str, voice: str) -> tuple[str, str]:
    return f"role-before={before}", f"role-after={after}|{voice}"


def _near(word: str, kind: str) -> tuple[str]:
    """A word around, with the type."""
    return (f"near={word}|{kind}",)


def _carried(carried: bool, kind: str) -> tuple[str]:  # noqa: FBT001 - a value that is named
    return (f"carried={carried}|{kind}",)


def _company(view: View, candidate: Candidate) -> list[Sign]:
    """Who stands on each side."""
    first, last, trigger = candidate
    kind, voice, mentions = trigger.rule.type, trigger.voice, view.mentions
    left, right = [one for one in mentions if one.last <= first], mentions[view.mentions_from(last) :]
    signs: list[Sign] = [(_counts, min(len(left), 2), min(len(right), 2), min(view.codes, 3), kind)]
    if left:
        one = left[-1]
        signs.append((_left, one.kind, one.sector, kind))
        signs.append((_left_near, distance_class(view.steps(one.last, first)), voice))
    if right:
        one = right[0]
        signs.append((_right, one.kind, one.sector, kind))
        signs.append((_right_near, distance_class(view.steps(last, one.first)), voice))
        if one.first == last:
            signs.append((_object, one.kind, trigger.rule.id))
    return signs


def _counts(left: int, right: int, codes: int, kind: str) -> tuple[str, ...]:
    return (
        f"left={left}", f"right={right}", f"codes={codes}", f"left+right={min(left, 1)}{min(right, 1)}|{kind}",
        f"coded={codes > 0}|{kind}", f"codes+type={min(codes, 2)}|{kind}",
    )  # fmt: skip


def _left(who: str, sector: str | None, kind: str) -> tuple[str]:
    return (f"left-kind={who}|{sector}|{kind}",)


def _left_near(distance: str, voice: str) -> tuple[str]:
    return (f"left-near={distance}|{voice}",)


def _right(who: str, sector: str | None, kind: str) -> tuple[str]:
    return (f"right-kind={who}|{sector}|{kind}",)


def _right_near(distance: str, voice: str) -> tuple[str]:
    return (f"right-near={distance}|{voice}",)


def _object(who: str, act: str) -> tuple[str]:
    return (f"object={who}|{act}",)


def _sentence(position: int, length: int, named: int, mark: str) -> tuple[str, ...]:
    return f"position={position}", f"length={length}", f"named={named}", f"mark={mark}"


def _place(speech: str, at: int, foreign: bool, kind: str) -> tuple[str, ...]:  # noqa: FBT001 - a value that is named
    return (
        f"speech={speech}", f"speech+type={speech}|{kind}", f"at={at}", f"foreign={foreign}",
        f"foreign+type={foreign}|{kind}",
    )  # fmt: skip


def speech_at(view: View, token: int) -> str:
    """Whether a word is said by somebody, and whether in his words."""
    quote = view.quote_at(token)
    return "none" if quote is None else "direct" if quote.direct else "indirect"


def _rivals(view: View, candidate: Candidate) -> list[Sign]:
    """Other triggers in the sentence, and other readings of this one."""
    first, last, trigger = candidate
    kind, count, earlier, later = trigger.rule.type, 0, False, False
    signs: list[Sign] = []
    beside: dict[str, None] = {}
    for other_first, other_last, other in view.candidates:
        type_ = other.rule.type
        if other_first >= last or other_last <= first:
            count += 1
            beside[type_] = None
            if type_ == kind:
                earlier, later = earlier or other_first < first, later or other_first > first
        elif other_first == first and type_ != kind:
            signs.append((_rival, type_, kind))
    signs += [(_beside, other_type, kind) for other_type in beside]
    signs.append((_others, min(count, 4), earlier, later, kind))
    return signs


def _others(count: int, earlier: bool, later: bool, kind: str) -> list[str]:  # noqa: FBT001 - values that are named
    features = [f"others={count}"]
    if earlier:
        features.append(f"earlier-same={kind}")
    if later:
        features.append(f"later-same={kind}")
    return features


def _beside(other: str, kind: str) -> tuple[str]:
    return (f"beside={other}|{kind}",)


def _rival(other: str, kind: str) -> tuple[str]:
    return (f"rival={other}|{kind}",)


def _cue(view: View, candidate: Candidate) -> Sign:
    """The nearest cue that the act is planned, considered, possible or denied: who tells that, tells of an act."""
    cues = cues_around(view, candidate)
    told = telling(cues)
    if not told:
        return _no_cue, bool(cues)
    nearest, trigger = min(told, key=lambda cue: cue.distance), candidate.trigger
    row = nearest.row
    return _nearest_cue, row.status, distance_class(nearest.distance), row.scope, trigger.voice, trigger.rule.type


def _no_cue(any_: bool) -> tuple[str, str]:  # noqa: FBT001 - a value that is named
    return "cue=none", f"cue=none|{any_}"


def _nearest_cue(status: str, distance: str, scope: str, voice: str, kind: str) -> tuple[str, ...]:
    return f"cue={status}|{distance}", f"cue={status}|{scope}|{voice}", f"cue+type={status}|{kind}"


class Stand(NamedTuple):
    """A trigger as the parties beside it see it: what is the same for all of them."""

    view: View
    candidate: Candidate
    voice: str
    """Its voice in context."""
    carried: bool
    before: str
    """The word before it."""
    after: str
    """The role of the word after it."""


def stand_of(view: View, candidate: Candidate) -> Stand:
    """How a trigger stands in its sentence."""
    first, last, _ = candidate
    voice = voice_in_context(view, candidate)
    return Stand(view, candidate, voice, view.carried(first), view.word(first - 1), view.role(last))


def party_features(view: View, candidate: Candidate, mention: Mention) -> list[str]:
    """Is this one the actor (or the recipient: another model, the same features) of the event?"""
    return features_of(party_signs(stand_of(view, candidate), mention))


def party_signs(stand: Stand, mention: Mention) -> list[Sign]:
    """The same as signs."""
    view, (first, last, trigger), voice, carried, before, after = stand
    rule = trigger.rule
    kind, frame = rule.type, rule.frame
    where = "left" if mention.last <= first else "right" if mention.first >= last else "inside"
    low, high = (mention.last, first) if where == "left" else (last, mention.first)
    rank, prep = min(view.mentions_between(low, high), 3), view.role(mention.first - 1)
    place = f"{where}{rank}"
    return [
        (_party, speaks(view, stand.candidate, mention.code), frame, kind, voice),
        (_standing, place, where, prep, carried, voice, frame, rule.id, kind),
        (_gap, where, distance_class(view.steps(low, high)), voice, frame),
        (_prep, where, view.word(mention.first - 1), voice),
        (_who, where, mention.kind, mention.sector, kind),
        (_between, place, where, _strongest(view, low, high), voice),
        (_look, where, prep, mention.capital, mention.first == view.sentence.first, voice),
        (_rank, place, min(len(view.mentions), 4)),
        (_edge, where, before, voice),
        (_roles_after, where, str(rank), view.role(mention.last), after, voice),
        *party_arcs(view, stand.candidate, mention, voice),
    ]


def _party(speaker: str, frame: str, kind: str, voice: str) -> tuple[str, ...]:
    return "bias", f"frame={frame}", f"speaks={speaker}|{kind}", f"speaks+voice={speaker}|{voice}"


def _standing(  # noqa: PLR0913, PLR0917 - a sign has as many values as it names
    place: str, where: str, prep: str, carried: bool, voice: str, frame: str, act: str, kind: str  # noqa: FBT001
) -> tuple[str, ...]:  # fmt: skip
    return (
        f"carried={carried}|{place}|{voice}", f"carried+prep={carried}|{where}|{prep}",
        f"place={place}|{voice}", f"place+prep={place}|{prep}|{voice}", f"place+frame={place}|{frame}|{voice}",
        f"place+rule={place}|{act}", f"place+type={place}|{kind}|{voice}", f"prep+type={where}|{prep}|{kind}",
    )  # fmt: skip


def _gap(where: str, gap: str, voice: str, frame: str) -> tuple[str, str]:
    return f"gap={where}|{gap}|{voice}", f"gap+frame={where}|{gap}|{frame}"


def _prep(where: str, word: str, voice: str) -> tuple[str]:
    return (f"prep={where}|{word}|{voice}",)


def _who(where: str, who: str, sector: str | None, kind: str) -> tuple[str, str]:
    return f"kind={who}|{sector}|{kind}", f"sector={sector}|{where}"


def _between(place: str, where: str, between: str, voice: str) -> tuple[str, str]:
    return f"between={place}|{between}", f"between+voice={where}|{between}|{voice}"


def _look(where: str, prep: str, capital: bool, initial: bool, voice: str) -> tuple[str, str]:  # noqa: FBT001
    return f"capital={capital}|{where}|{prep}", f"initial={initial}|{voice}"


def _rank(place: str, count: int) -> tuple[str]:
    return (f"rank+count={place}|{count}",)


def _edge(where: str, word: str, voice: str) -> tuple[str]:
    return (f"edge={where}|{word}|{voice}",)


def _roles_after(where: str, rank: str, role: str, edge: str, voice: str) -> tuple[str, str]:
    return f"next={where}|{role}|{voice}", f"edge-after={where}|{edge}|{rank}|{voice}"


def speaks(view: View, candidate: Candidate, code: str | None) -> str:
    """Whether the trigger stands in speech, and whether this code is the one who speaks."""
    quote = view.quote_at(candidate.first)
    if quote is None:
        return "none"
    return f"{'direct' if quote.direct else 'indirect'}-{code is not None and quote.code == code}"


def _strongest(view: View, low: int, high: int) -> str:
    """The strongest thing that stands between a trigger and a mention."""
    if low >= high:
        return "none"
    start = view.sentence.first
    roles = set(view.roles[max(low - start, 0) : high - start])
    for role in ("clause", "agent", "against", "between"):
        if role in roles:
            return role
    if "," in view.masked[max(low - start, 0) : high - start]:
        return "comma"
    return "aux" if "aux" in roles or "be" in roles else "and" if "and" in roles else "none"


def voice_in_context(view: View, candidate: Candidate) -> str:
    """The voice of a form as its neighbours show it: "attacked" after "was" is passive."""
    first, last, trigger = candidate
    if trigger.voice != "past":
        return trigger.voice
    if "be" in (view.role(first - 3), view.role(first - 2), view.role(first - 1)):
        return "passive"
    return "passive" if view.role(last) == "agent" else "past"


_CLASSES = ("0", "1", "2", "4", "4", "7", "7", "7", "12", "12", "12", "12", "12")


def distance_class(tokens: int) -> str:
    """A distance in words as one of a few classes: near ones apart, far ones together."""
    return _CLASSES[max(tokens, 0)] if tokens < len(_CLASSES) else "far"
