"""What can be said of a trigger and of a party beside it, as named features.

A feature is a short string. Models hold a weight for each that helped on hand-coded sentences
(`tools/train_coder.py`); words in features come from the text, never from here.
"""

from __future__ import annotations

from siaga.base.document import Mention
from siaga.extract.coder.arcs import party_arcs, trigger_arcs
from siaga.extract.coder.reach import cues_around, telling
from siaga.extract.coder.triggers import Candidate
from siaga.extract.coder.view import View

__all__ = ["distance_class", "party_features", "speaks", "trigger_features", "voice_in_context"]

NEAR = 4
"""Words on each side of a trigger that are looked at one by one."""


def trigger_features(view: View, candidate: Candidate) -> list[str]:
    """Does this word, here, report an event of this rule?"""
    first, last, trigger = candidate
    rule, words = trigger.rule, " ".join(_words(view, first, last))
    before, after = view.word(first - 1), view.word(last)
    features = [
        "bias", f"rule={rule.id}", f"type={rule.type}", f"word={words}", f"lemma={trigger.lemma}|{rule.id}",
        f"voice={trigger.voice}", f"type+voice={rule.type}|{trigger.voice}", f"before={before}", f"after={after}",
        f"before+rule={before}|{rule.id}", f"after+rule={after}|{rule.id}", f"role-before={view.role(first - 1)}",
        f"role-after={view.role(last)}|{trigger.voice}",
    ]  # fmt: skip
    features += _parts(view, candidate)
    features += _neighbourhood(view, candidate)
    features += _company(view, candidate)
    features += _surroundings(view, candidate)
    features += _rivals(view, candidate)
    features += _cues(view, candidate)
    features += trigger_arcs(view, candidate)
    features.append(f"carried={view.carried(first)}|{rule.type}")
    return features


def _parts(view: View, candidate: Candidate) -> list[str]:
    """What is known of a trigger that was never seen as a whole: how many words it has, which, and its stem."""
    first, last, trigger = candidate
    kind, words = trigger.rule.type, _words(view, first, last)
    features = [f"words={min(len(words), 3)}", f"words+type={min(len(words), 3)}|{kind}"]
    if len(words) > 1:
        features += [f"part={word}|{kind}" for word in sorted(set(words))]
    return features


def _words(view: View, first: int, last: int) -> list[str]:
    """The words of a trigger without the figures that may part it."""
    return [word for word in view.lowers[first:last] if not word[0].isdigit()]


def _neighbourhood(view: View, candidate: Candidate) -> list[str]:
    """The words around, with the type."""
    first, last, trigger = candidate
    return [f"near={word}|{trigger.rule.type}" for word in sorted(view.near(first, last, NEAR))]


def _company(view: View, candidate: Candidate) -> list[str]:
    """Who stands on each side."""
    first, last, trigger = candidate
    left = [mention for mention in view.mentions if mention.last <= first]
    right = [mention for mention in view.mentions if mention.first >= last]
    coded = any(mention.code for mention in view.mentions)
    codes = {mention.code for mention in view.mentions if mention.code}
    kind, voice = trigger.rule.type, trigger.voice
    features = [
        f"left={min(len(left), 2)}", f"right={min(len(right), 2)}", f"codes={min(len(codes), 3)}",
        f"left+right={min(len(left), 1)}{min(len(right), 1)}|{kind}", f"coded={coded}|{kind}",
        f"codes+type={min(len(codes), 2)}|{kind}",
    ]  # fmt: skip
    if left:
        features.append(f"left-kind={left[-1].kind}|{left[-1].sector}|{kind}")
        features.append(f"left-near={distance_class(view.steps(left[-1].last, first))}|{voice}")
    if right:
        if right[0].first == last:
            features.append(f"object={right[0].kind}|{trigger.rule.id}")
        features.append(f"right-kind={right[0].kind}|{right[0].sector}|{kind}")
        features.append(f"right-near={distance_class(view.steps(last, right[0].first))}|{voice}")
    return features


def _surroundings(view: View, candidate: Candidate) -> list[str]:
    """Where in the article and the sentence it stands."""
    first, _, trigger = candidate
    sentence, kind = view.sentence, trigger.rule.type
    quote = view.quote_at(first)
    speech = "none" if quote is None else "direct" if quote.direct else "indirect"
    foreign = view.foreign
    named = len(view.document.mentions) * 40 // (len(view.lowers) + 40)
    return [
        f"speech={speech}", f"speech+type={speech}|{kind}", f"position={min(view.number, 12) // 3}",
        f"length={min(view.steps(sentence.first, sentence.last) // 10, 5)}",
        f"at={min(view.steps(sentence.first, first), 9) // 3}",
        f"foreign={foreign}", f"foreign+type={foreign}|{kind}", f"named={named}",
        f"mark={view.word(sentence.last - 1)}",
    ]  # fmt: skip


def _rivals(view: View, candidate: Candidate) -> list[str]:
    """Other triggers in the sentence."""
    first, last, trigger = candidate
    kind = trigger.rule.type
    others = [other for other in view.candidates if other.first >= last or other.last <= first]
    features = [f"others={min(len(others), 4)}"]
    features += [f"earlier-same={kind}" for other in others if other.first < first and other.trigger.rule.type == kind][
        :1
    ]
    features += [f"later-same={kind}" for other in others if other.first > first and other.trigger.rule.type == kind][
        :1
    ]
    features += [f"beside={other}|{kind}" for other in sorted({other.trigger.rule.type for other in others})]
    readings = [other for other in view.candidates if other.first == first and other.trigger.rule.type != kind]
    features += [f"rival={other.trigger.rule.type}|{kind}" for other in readings]
    return features


def _cues(view: View, candidate: Candidate) -> list[str]:
    """The nearest cue that the act is planned, considered, possible or denied: who tells that, tells of an act."""
    cues = tuple(cues_around(view, candidate))
    told = telling(cues)
    if not told:
        return ["cue=none", f"cue=none|{bool(cues)}"]
    nearest, trigger = min(told, key=lambda cue: cue.distance), candidate.trigger
    status = nearest.row.status
    return [
        f"cue={status}|{distance_class(nearest.distance)}", f"cue={status}|{nearest.row.scope}|{trigger.voice}",
        f"cue+type={status}|{trigger.rule.type}",
    ]  # fmt: skip


def party_features(view: View, candidate: Candidate, mention: Mention) -> list[str]:
    """Is this one the actor (or the recipient: another model, the same features) of the event?"""
    rule, voice = candidate.trigger.rule, voice_in_context(view, candidate)
    speaker = speaks(view, candidate, mention.code)
    common = ["bias", f"frame={rule.frame}", f"speaks={speaker}|{rule.type}", f"speaks+voice={speaker}|{voice}"]
    features = _mention_features(view, candidate, mention, voice)
    return common + features + party_arcs(view, candidate, mention, voice)


def _mention_features(view: View, candidate: Candidate, mention: Mention, voice: str) -> list[str]:
    first, last, trigger = candidate
    rule = trigger.rule
    where = "left" if mention.last <= first else "right" if mention.first >= last else "inside"
    low, high = (mention.last, first) if where == "left" else (last, mention.first)
    rank = min(view.mentions_between(low, high), 3)
    gap = distance_class(view.steps(low, high))
    prep, prep_word = view.role(mention.first - 1), view.word(mention.first - 1)
    next_role = view.role(mention.last)
    between = _between(view, low, high)
    place = f"{where}{rank}"
    carried = view.carried(first)
    return [
        f"carried={carried}|{place}|{voice}", f"carried+prep={carried}|{where}|{prep}",
        f"place={place}|{voice}", f"place+prep={place}|{prep}|{voice}", f"place+frame={place}|{rule.frame}|{voice}",
        f"place+rule={place}|{rule.id}", f"place+type={place}|{rule.type}|{voice}", f"gap={where}|{gap}|{voice}",
        f"prep={where}|{prep_word}|{voice}", f"prep+type={where}|{prep}|{rule.type}",
        f"next={where}|{next_role}|{voice}",
        f"kind={mention.kind}|{mention.sector}|{rule.type}", f"sector={mention.sector}|{where}",
        f"between={place}|{between}", f"between+voice={where}|{between}|{voice}",
        f"capital={mention.capital}|{where}|{prep}", f"initial={mention.first == view.sentence.first}|{voice}",
        f"gap+frame={where}|{gap}|{rule.frame}", f"rank+count={place}|{min(len(view.mentions), 4)}",
        f"edge={where}|{view.word(first - 1)}|{voice}",
        f"edge-after={where}|{view.role(last)}|{rank}|{voice}",
    ]  # fmt: skip


def speaks(view: View, candidate: Candidate, code: str | None) -> str:
    """Whether the trigger stands in speech, and whether this code is the one who speaks."""
    quote = view.quote_at(candidate.first)
    if quote is None:
        return "none"
    return f"{'direct' if quote.direct else 'indirect'}-{code is not None and quote.code == code}"


def _between(view: View, low: int, high: int) -> str:
    """The strongest thing that stands between a trigger and a mention."""
    roles = {view.role(token) for token in range(low, high)}
    words = {view.word(token) for token in range(low, high)}
    for role in ("clause", "agent", "against", "between"):
        if role in roles:
            return role
    return (
        "comma" if "," in words else "aux" if "aux" in roles or "be" in roles else "and" if "and" in roles else "none"
    )


def voice_in_context(view: View, candidate: Candidate) -> str:
    """The voice of a form as its neighbours show it: "attacked" after "was" is passive."""
    voice = candidate.trigger.voice
    if voice != "past":
        return voice
    nearby = {view.role(token) for token in range(candidate.first - 3, candidate.first)}
    if "be" in nearby:
        return "passive"
    return "passive" if view.role(candidate.last) == "agent" else "past"


def distance_class(tokens: int) -> str:
    """A distance in words as one of a few classes: near ones apart, far ones together."""
    for limit in (0, 1, 2, 4, 7, 12):
        if tokens <= limit:
            return str(limit)
    return "far"
