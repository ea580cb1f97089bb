"""Figures of a reader told to people: tables of measures, statuses and types, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator

from siaga.base.record import Record
from siaga.report.catalogue import Catalogue
from siaga.report.scoring import Agreement, Miss, Score, Share

__all__ = ["ScoreTable", "miss_line", "score_tables", "warnings"]


class ScoreTable(Record):
    """A table: title, headings, rows; the first column holds words, the others figures."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def score_tables(score: Score, words: Catalogue) -> Iterator[ScoreTable]:
    """The tables: agreement by level, further measures, statuses, types."""
    agreement = tuple(words.say(f"score.{name}") for name in ("precision", "recall", "f1", "right", "coded", "gold"))
    levels = {name: getattr(score, name) for name in ("sentence", "type", "who", "fact")}
    yield ScoreTable(
        title=words.say("score.levels"),
        head=(words.say("score.level"), *agreement),
        rows=tuple((words.say(f"score.level_{name}"), *_figures(one)) for name, one in levels.items()),
    )
    yield _shares("measure", dict(_measures(score, words)), words)
    yield _shares("status", {words.say(f"status.{name}"): one for name, one in score.status.items()}, words)
    yield ScoreTable(
        title=words.say("score.types"),
        head=(words.say("score.kind"), *agreement),
        rows=tuple((f"{name} ({words.say(f'type.{name}')})", *_figures(one)) for name, one in score.types.items()),
    )


def warnings(score: Score, words: Catalogue) -> Iterator[str]:
    """What is to be known of all figures: articles that were not read, events that lie in no hand-coded sentence."""
    if score.missing_documents:
        yield words.say("score.missing", count=score.missing_documents)
    if score.unplaced_events:
        yield words.say("score.unplaced", count=score.unplaced_events)


def miss_line(miss: Miss, words: Catalogue) -> str:
    """A miss in a line: what, where, the event as coded, the sentence."""
    sides = " → ".join(" ".join(side) or "?" for side in (miss.actors, miss.recipients))
    where = miss.doc if miss.n is None else f"{miss.doc}#{miss.n}"
    return f"{words.say(f'score.{miss.kind}')} {where} {miss.type} {miss.status} {sides} | {miss.text}"


def _shares(of: str, shares: dict[str, Share], words: Catalogue) -> ScoreTable:
    head = tuple(words.say(f"score.{name}") for name in (of, "share", "of"))
    rows = tuple((name, _figure(one.share), str(one.of)) for name, one in shares.items())
    return ScoreTable(title=words.say(f"score.by_{of}"), head=head, rows=rows)


def _measures(score: Score, words: Catalogue) -> Iterator[tuple[str, Share]]:
    quotes, statuses = score.direct_quotes, sum(one.of for one in score.status.values())
    rare = statuses - (score.status["happened"].of if "happened" in score.status else 0)
    yield words.say("score.false_alarms"), score.false_alarms
    yield words.say("score.status_all"), Share(share=score.status_macro.share, of=statuses)
    yield words.say("score.status_rare"), Share(share=score.status_macro.not_happened, of=rare)
    yield words.say("score.place"), score.place_elsewhere
    yield words.say("score.date"), score.earliest_date
    yield words.say("score.quotes_found"), Share(share=quotes.recall, of=quotes.of)
    yield words.say("score.quotes_right"), Share(share=quotes.precision, of=quotes.read)
    yield words.say("score.quotes_speaker"), Share(share=quotes.with_speaker, of=quotes.of)


def _figures(one: Agreement) -> tuple[str, ...]:
    return *(_figure(share) for share in (one.precision, one.recall, one.f1)), *map(str, (one.hit, one.coded, one.gold))


def _figure(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
