"""How well what was read agrees with what people coded: precision, recall, F1, and what went wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from siaga.base.document import Reading
from siaga.base.event import Event, EventType, Quote, Status
from siaga.base.record import Record
from siaga.report.agreement import covers, is_fact, items, named, nearest_quote, pair_up, says_it, sentence_of, words
from siaga.report.gold import GoldDocument, GoldEvent, GoldQuote, GoldSentence

__all__ = ["Agreement", "Miss", "Quotes", "Score", "Share", "StatusShare", "score"]

MATERIAL_CONFLICT = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
DIGITS = 3
"""Of every figure, as the team's measure rounds them."""


class Agreement(Record):
    """How many were right (`hit`) of those `coded` and of those in the `gold`. Precision, recall, F1: 0 to 1."""

    precision: float
    recall: float
    f1: float
    hit: int
    coded: int
    gold: int


class Share(Record):
    """A share (0 to 1) of so many; null of none."""

    share: float | None
    of: int


class StatusShare(Record):
    """Share of events with the right status: of all, and the mean over each status other than `happened`."""

    share: float | None
    not_happened: float | None


class Quotes(Record):
    """Of direct quotes: found, rightly read, found with the right speaker; people marked `of`, the reader `read`."""

    recall: float | None
    precision: float | None
    with_speaker: float | None
    of: int
    read: int


class Miss(Record):
    """An event that was missed, coded wrong, or that lies in no hand-coded sentence (`nowhere`)."""

    kind: Literal["missed", "wrong", "nowhere"]
    doc: str
    n: int | None
    """Number of the sentence."""
    type: EventType
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    text: str
    """The sentence."""


class Score(Record):
    """All figures of one set of hand-coded articles; docs/evaluation.md says what each means."""

    kind: Literal["score"]
    version: Literal[1]
    sentence: Agreement
    type: Agreement
    who: Agreement
    fact: Agreement
    false_alarms: Share
    status: Mapping[Status, Share]
    status_macro: StatusShare
    place_elsewhere: Share
    earliest_date: Share
    direct_quotes: Quotes
    types: Mapping[EventType, Agreement]
    unplaced_events: int
    missing_documents: int
    misses: tuple[Miss, ...]


def score(gold: Iterable[GoldDocument], coded: Mapping[str, Reading]) -> Score:
    """What was coded, by id of the article, against what people coded.

    Figures are micro-averaged over all sentences that are not marked unsure. An event belongs to the sentence that its
    evidence matches; one that matches none counts as wrong if it lies before the end of the coded part. Titles are
    not measured. An article that was not read counts as read without events.
    """
    count = _Count()
    for document in gold:
        count.add(document, coded.get(document.doc))
    return count.score()


class _Count:
    """What is counted from article to article."""

    def __init__(self) -> None:
        self._tally: dict[str, Counter[str]] = defaultdict(Counter)
        self._types: dict[EventType, Counter[str]] = defaultdict(Counter)
        self._statuses: dict[Status, Counter[str]] = defaultdict(Counter)
        self._misses: list[Miss] = []
        self._missing = 0

    def add(self, document: GoldDocument, reading: Reading | None) -> None:
        """Count one article; null if it was not read."""
        self._missing += reading is None
        placed = self._placed(document, reading.events if reading else ())
        for sentence in document.sentences:
            if not sentence.unsure:
                self._add_sentence(document.doc, sentence, placed[sentence.n])
        self._add_quotes(document, reading.quotes if reading else ())

    def _placed(self, document: GoldDocument, events: Iterable[Event]) -> dict[int, list[Event]]:
        """The events by number of the hand-coded sentence."""
        placed: dict[int, list[Event]] = defaultdict(list)
        for event in events:
            number = sentence_of(event.evidence.text, document.sentences)
            if number is not None:
                placed[number].append(event)
            elif event.evidence.start < _end(document):
                self._add_unplaced(document.doc, event)
        return placed

    def _add_unplaced(self, doc: str, event: Event) -> None:
        for level in ("type", "fact", "unplaced"):
            self._tally[level]["coded"] += 1
        self._tally["who"]["coded"] += len(items(event))
        self._misses.append(_miss("nowhere", doc, event, None, event.evidence.text))

    def _add_sentence(self, doc: str, sentence: GoldSentence, coded: Sequence[Event]) -> None:
        gold = sentence.events
        pairs = pair_up(gold, coded)
        facts = [(i, j) for i, j in pairs if is_fact(gold[i], coded[j])]
        self._count("sentence", bool(gold and coded), bool(coded), bool(gold))
        self._count("type", len(pairs), len(coded), len(gold))
        self._count("fact", len(facts), len(coded), len(gold))
        self._add_parties(gold, coded, pairs)
        self._add_pairs([(gold[i], coded[j]) for i, j in pairs])
        self._add_kinds(gold, coded)
        good = {i for i, _ in facts}, {j for _, j in facts}
        self._misses += [
            _miss("missed", doc, one, sentence.n, sentence.text) for i, one in enumerate(gold) if i not in good[0]
        ]
        self._misses += [
            _miss("wrong", doc, one, sentence.n, sentence.text) for j, one in enumerate(coded) if j not in good[1]
        ]

    def _count(self, level: str, hit: int, coded: int, gold: int) -> None:
        self._tally[level].update(hit=int(hit), coded=int(coded), gold=int(gold))

    def _add_parties(self, gold: Sequence[GoldEvent], coded: Sequence[Event], pairs: Sequence[tuple[int, int]]) -> None:
        matched = {j: gold[i] for i, j in pairs}
        hit = sum(len(items(gold[i]) & items(coded[j])) for i, j in pairs)
        claimed = sum(len(items(one, matched.get(j))) for j, one in enumerate(coded))
        self._count("who", hit, claimed, sum(len(items(one)) for one in gold))

    def _add_pairs(self, pairs: Iterable[tuple[GoldEvent, Event]]) -> None:
        for gold, coded in pairs:
            self._types[gold.type]["hit"] += 1
            self._statuses[gold.status].update(hit=int(gold.status == coded.status), of=1)
            if gold.place and gold.place not in named(gold.recipients):
                country = coded.place.country if coded.place else None
                self._tally["place"].update(hit=int(gold.place == country), of=1)
            if gold.earliest:
                self._tally["date"].update(hit=int(gold.earliest == (coded.earliest or "")[:10]), of=1)

    def _add_kinds(self, gold: Sequence[GoldEvent], coded: Sequence[Event]) -> None:
        """Count each event under its type, and conflict told as happened where none did."""
        for wanted in gold:
            self._types[wanted.type]["gold"] += 1
        for got in coded:
            self._types[got.type]["coded"] += 1
        claimed = sum(_is_conflict(one) for one in coded)
        real = any(_is_conflict(one) for one in gold)
        self._tally["false_alarms"].update(hit=0 if real else claimed, of=claimed)

    def _add_quotes(self, document: GoldDocument, quotes: Iterable[Quote]) -> None:
        direct = [quote for quote in quotes if quote.direct and quote.start < _end(document)]
        quoted = _quoted(document)
        for quote in direct:
            self._tally["quote_precision"].update(hit=int(covers(quoted, quote)), of=1)
        for gold in _direct(document):
            best = nearest_quote(gold, direct)
            self._tally["quotes"].update(hit=int(best is not None), of=1)
            self._tally["speakers"].update(hit=int(best is not None and says_it(gold, best.speaker)), of=1)

    def score(self) -> Score:
        """The figures of all that was counted."""
        tally, statuses = self._tally, self._statuses
        rare = [one["hit"] / one["of"] for status, one in statuses.items() if status != "happened"]
        right, all_ = (sum(one[key] for one in statuses.values()) for key in ("hit", "of"))
        return Score(
            kind="score",
            version=1,
            sentence=_agreement(tally["sentence"]),
            type=_agreement(tally["type"]),
            who=_agreement(tally["who"]),
            fact=_agreement(tally["fact"]),
            false_alarms=_share(tally["false_alarms"]),
            status={status: _share(one) for status, one in sorted(statuses.items())},
            status_macro=StatusShare(
                share=_ratio(right, all_),
                not_happened=round(sum(rare) / len(rare), DIGITS) if rare else None,
            ),
            place_elsewhere=_share(tally["place"]),
            earliest_date=_share(tally["date"]),
            direct_quotes=Quotes(
                recall=_share(tally["quotes"]).share,
                precision=_share(tally["quote_precision"]).share,
                with_speaker=_share(tally["speakers"]).share,
                of=tally["quotes"]["of"],
                read=tally["quote_precision"]["of"],
            ),
            types={type_: _agreement(one) for type_, one in sorted(self._types.items())},
            unplaced_events=tally["unplaced"]["coded"],
            missing_documents=self._missing,
            misses=tuple(self._misses),
        )


def _end(document: GoldDocument) -> int:
    """Where the coded part of an article ends."""
    return max(sentence.end for sentence in document.sentences)


def _is_conflict(event: Event | GoldEvent) -> bool:
    return event.type in MATERIAL_CONFLICT and event.status == "happened"


def _quoted(document: GoldDocument) -> Counter[str]:
    """Words that people marked as quoted; those of unsure sentences may be."""
    quoted: Counter[str] = Counter()
    for sentence in document.sentences:
        for quote in sentence.quotes:
            quoted.update(words(quote.words or ""))
        if sentence.unsure:
            quoted.update(words(sentence.text))
    return quoted


def _direct(document: GoldDocument) -> list[GoldQuote]:
    sure = (sentence for sentence in document.sentences if not sentence.unsure)
    return [quote for sentence in sure for quote in sentence.quotes if quote.direct and quote.words]


def _miss(
    kind: Literal["missed", "wrong", "nowhere"], doc: str, event: Event | GoldEvent, n: int | None, text: str
) -> Miss:
    return Miss(
        kind=kind, doc=doc, n=n, type=event.type, status=event.status, text=text,
        actors=tuple(sorted(named(event.actors))), recipients=tuple(sorted(named(event.recipients))),
    )  # fmt: skip


def _agreement(tally: Counter[str]) -> Agreement:
    precision = tally["hit"] / tally["coded"] if tally["coded"] else 0.0
    recall = tally["hit"] / tally["gold"] if tally["gold"] else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Agreement(
        precision=round(precision, DIGITS), recall=round(recall, DIGITS), f1=round(f1, DIGITS),
        hit=tally["hit"], coded=tally["coded"], gold=tally["gold"],
    )  # fmt: skip


def _share(tally: Counter[str]) -> Share:
    return Share(share=_ratio(tally["hit"], tally["of"]), of=tally["of"])


def _ratio(hit: int, total: int) -> float | None:
    return round(hit / total, DIGITS) if total else None
