"""Claims told to people: what was said, the query in words, and the reasons of its verdict; tables and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from siaga.base.claim import Band, Because, Claim, Query, Standing
from siaga.base.event import Event, EventType, Evidence, Party
from siaga.base.record import Record
from siaga.monitor.claims_resolving import SURE
from siaga.monitor.claims_scores import score
from siaga.report.catalogue import Catalogue
from siaga.report.facts import known_names
from siaga.report.markdown import escaped
from siaga.report.wording import plain_act

__all__ = ["ClaimPage", "ClaimRow", "Told", "claim_markdown", "claim_page", "claim_row", "outcome_of", "reasons"]


class ClaimRow(Record):
    """A claim as a row for people."""

    claim: str
    made: str
    who: str
    what: str
    outcome: str
    sentence: str
    media: tuple[str, ...]


class Told(Record):
    """A sentence that bears on a claim."""

    event: str
    day: str
    source: str | None
    article: str
    start: int
    end: int
    sentence: str


class ClaimPage(Record):
    """All of one claim, in words."""

    heading: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    """Headings with their lines."""


def claim_row(standing: Standing, words: Catalogue) -> ClaimRow:
    """A claim as a row of a list."""
    claim = standing.entry.claim
    return ClaimRow(
        claim=claim.id,
        made=claim.made or "?",
        who=_who(claim, words),
        what=_what(claim, words),
        outcome=outcome_of(standing, words),
        sentence=" ".join(claim.evidence.text.split()),
        media=tuple(dict.fromkeys(one.source or one.article for one in standing.entry.media)),
    )


def outcome_of(standing: Standing, words: Catalogue) -> str:
    """What came of a claim, in a word or two; why it can't be resolved, if it can't."""
    claim, verdict = standing.entry.claim, standing.verdict
    if standing.entry.superseded_by is not None:
        return words.say("claims.superseded", claim=standing.entry.superseded_by)
    if claim.reason is not None:
        return words.say("claims.not_resolvable", reason=words.say(f"claims.reason.{claim.reason}"))
    return words.say(f"claims.outcome.{verdict.outcome}") if verdict else words.say("claims.no_verdict")


def claim_page(
    standing: Standing, told: Sequence[Told], history: Sequence[tuple[str, str]], words: Catalogue
) -> ClaimPage:
    """All that is known of a claim.

    Args:
        standing: the claim as of a day.
        told: the sentences of the events that decided it.
        history: days and outcomes of the verdicts that were saved.
        words: of a language.

    """
    claim = standing.entry.claim
    sections = (
        (words.say("claims.sentence"), tuple(_sentence_lines(claim, words))),
        (words.say("claims.said_by"), (_who(claim, words),)),
        (words.say("claims.carried"), tuple(_media_lines(standing, words))),
        (words.say("claims.words_say"), tuple(_band_lines(claim, words))),
        (words.say("claims.query"), tuple(_query_lines(claim, words))),
        (_outcome_heading(standing, words), tuple(_verdict_lines(standing, words))),
        (words.say("claims.decided_by"), tuple(_told_line(one, words) for one in told)),
        (words.say("claims.history"), tuple(_history_line(*one, words) for one in history)),
    )
    heading = f"{claim.made or '?'} · {_what(claim, words)} · {claim.id}"
    return ClaimPage(heading=heading, sections=tuple((name, lines) for name, lines in sections if lines))


def claim_markdown(rows: Iterable[ClaimRow], head: str, words: Catalogue) -> str:
    """A list of claims as Markdown, each with its sentence."""
    lines = [f"# {escaped(words.say('claims.title'))}", "", f"*{escaped(head)}*", ""]
    for row in rows:
        lines += [
            f"- **{escaped(row.what)}** – {escaped(row.who)}, {row.made}: {escaped(row.outcome)} `{row.claim}`",
            f"  > {escaped(row.sentence)} ({escaped(', '.join(row.media))})",
        ]
    return "\n".join(lines) + "\n"


def reasons(standing: Standing, words: Catalogue) -> tuple[str, ...]:
    """The reasons of a verdict, each in words."""
    return tuple(_because(one, words) for one in standing.verdict.because) if standing.verdict else ()


def _because(one: Because, words: Catalogue) -> str:
    days = {"first": words.day(one.first) if one.first else "", "last": words.day(one.last) if one.last else ""}
    numbers = {"number": words.number(one.number), "other": words.number(one.other), "share": f"{one.number:.0%}"}
    return words.say(f"claims.because.{one.code}", unit=one.unit, **days, **numbers)


def _who(claim: Claim, words: Catalogue) -> str:
    name = claim.speaker or known_names(words.language).get(claim.code or "") or claim.code
    if name is None:
        return words.say("claims.own_word")
    return words.say("claims.said_to", speaker=name, medium=claim.medium) if claim.medium else name


def _what(claim: Claim, words: Catalogue) -> str:
    if claim.count is not None:
        return words.say(
            "claims.count_in_words", words=claim.words, ordinal=claim.count.ordinal,
            first=words.day(claim.count.since), unit=claim.count.units[0],
        )  # fmt: skip
    act = _act(claim.type, (claim.actors, claim.recipients), words)
    return words.say("claims.in_words", act=act, window=_window(claim, words))


def _act(type_: EventType, sides: tuple[Sequence[str], Sequence[str]], words: Catalogue) -> str:
    """An act between codes, in words."""
    names = known_names(words.language)
    actors, recipients = (tuple(_party(code, names) for code in side) for side in sides)
    event = Event(
        id="", type=type_, mode=None, contexts=(), cameo=None, status="happened", trigger="", actors=actors,
        recipients=recipients, place=None, earliest=None, latest=None, when_text=None, magnitude=(), speaker=None,
        medium=None, evidence=Evidence(start=0, end=0, text=""), confidence=1.0, rule="",
    )  # fmt: skip
    return plain_act(event, names, words)


def _party(code: str, names: Mapping[str, str]) -> Party:
    name = names.get(code, code)
    return Party(code=code, name=name, sector=None, text=name)


def _window(claim: Claim, words: Catalogue) -> str:
    first, last = claim.earliest, claim.latest
    if first and last:
        key = "claims.window_day" if first == last else "claims.window"
        return words.say(key, first=words.day(first), last=words.day(last))
    if first:
        return words.say("claims.window_from", first=words.day(first))
    return words.say("claims.window_until", last=words.day(last)) if last else ""


def _sentence_lines(claim: Claim, words: Catalogue) -> Iterator[str]:
    yield words.say("line.words", words=" ".join(claim.evidence.text.split()))
    if claim.article is not None:
        yield words.say("claims.article_at", article=claim.article, start=claim.evidence.start, end=claim.evidence.end)
    if claim.by is not None:
        yield words.say("claims.by_hand_note" if claim.note else "claims.by_hand", by=claim.by, note=claim.note)


def _media_lines(standing: Standing, words: Catalogue) -> Iterator[str]:
    for one in standing.entry.media:
        day, source = (one.published or "?")[:10], one.source or words.say("line.no_source")
        yield f"{day}, {source} ({one.article})"


def _band_lines(claim: Claim, words: Catalogue) -> Iterator[str]:
    if claim.band is not None:
        key = "claims.band_words" if claim.band.words else "claims.band_status"
        yield words.say(
            key, words=claim.band.words, band=_band_name(claim.band, words), low=f"{claim.band.low:.0%}",
            high=f"{claim.band.high:.0%}",
        )  # fmt: skip
    if claim.condition is not None:
        yield words.say("claims.condition", words=claim.condition.words)


def _band_name(band: Band, words: Catalogue) -> str:
    own: Literal[True, False] = words.has(f"claims.band.{band.name}")
    return words.say(
        f"claims.band.{band.name}" if own else f"chance.{'almost_no' if band.name == 'remote' else band.name}"
    )


def _query_lines(claim: Claim, words: Catalogue) -> Iterator[str]:
    if claim.query is not None:
        yield _query(claim.query, words)
    if claim.condition is not None and claim.condition.query is not None:
        yield words.say("claims.condition_query", query=_query(claim.condition.query, words))
    if claim.count is not None:
        yield words.say(
            "claims.count_query", unit=words.listed(claim.count.units), family=claim.count.family,
            ordinal=claim.count.ordinal, first=words.day(claim.count.since), last=words.day(claim.count.until),
        )  # fmt: skip


def _query(query: Query, words: Catalogue) -> str:
    place = query.place or known_names(words.language).get(query.country or "", query.country)
    sources = (
        words.say("claims.query_sources_more", count=query.least_sources)
        if query.least_sources > 1
        else words.say("claims.query_sources_one", sure=f"{SURE:.0%}")
    )
    text = words.say(
        "claims.query_text", act=_act(query.types[0], (query.actors, query.recipients), words),
        place=words.say("claims.query_place", place=place) if place else "", sources=sources,
        first=words.day(query.earliest), last=words.day(query.latest),
    )  # fmt: skip
    return text + (words.say("claims.query_end") if query.end_by_rule else "")


def _outcome_heading(standing: Standing, words: Catalogue) -> str:
    if standing.verdict is None:
        return words.say("claims.column_outcome")
    return words.say("claims.outcome_by", day=words.day(standing.verdict.as_of))


def _verdict_lines(standing: Standing, words: Catalogue) -> Iterator[str]:
    yield outcome_of(standing, words)
    yield from reasons(standing, words)
    verdict = standing.verdict
    if verdict is None or standing.entry.claim.kind == "count":
        return
    rate = verdict.base_rate
    yield words.say("claims.base", rate=f"{rate:.1%}") if rate is not None else words.say("claims.no_base")
    if (own := score(standing)) is not None:
        yield words.say("claims.score", brier=f"{own.brier_gain:+.3f}", log=f"{own.log_gain:+.2f}")


def _told_line(one: Told, words: Catalogue) -> str:
    return words.say(
        "claims.event_line", day=one.day, source=one.source or words.say("line.no_source"),
        sentence=" ".join(one.sentence.split()), event=one.event,
    )  # fmt: skip


def _history_line(day: str, outcome: str, words: Catalogue) -> str:
    return words.say("claims.history_line", day=day, outcome=words.say(f"claims.outcome.{outcome}"))
