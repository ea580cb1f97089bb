"""Claims and reports for tests of the ledger, each as little as a test says of it."""

from __future__ import annotations

from siaga.base.article import Article
from siaga.base.claim import Claim, Entry, Medium, Occurrence, Query, Standing, Verdict, Watch
from siaga.base.document import Reading
from siaga.base.event import Event, EventType, Evidence, Forecast, Party, Place, Status
from siaga.monitor.claims import forecasts_in

__all__ = ["claim_of", "entry_of", "event_of", "query_of", "reading_of", "report", "standing_of", "watch"]


Sides = tuple[tuple[str, ...], tuple[str, ...]]
ATTACK: Sides = (("RUS",), ("UKR",))


def event_of(  # noqa: PLR0913 - one parameter a field
    sentence: str, trigger: str, *, type_: EventType = "ASSAULT", status: Status = "possible",
    sides: Sides = ATTACK, window: tuple[str | None, str | None] = (None, None),
    words: str | None = None, confidence: float = 0.9, place: Place | None = None, speaker: str | None = None,
) -> Event:  # fmt: skip
    """An event of a sentence."""
    actors, recipients = (
        tuple(Party(code=code, name=code, sector="GOV", text=code) for code in side) for side in sides
    )
    return Event(
        id=f"{type_}-{trigger}-{status}", type=type_, mode=None, contexts=(), cameo=None, status=status,
        trigger=trigger, actors=actors, recipients=recipients, place=place, earliest=window[0], latest=window[1],
        when_text=words, magnitude=(), speaker=speaker, medium=None,
        evidence=Evidence(start=0, end=len(sentence), text=sentence), confidence=confidence, rule="test",
    )  # fmt: skip


def reading_of(*events: Event, published: str | None = "2021-12-03", condition: str | None = None) -> Reading:
    """An article of one sentence; its events that name a time are forecasts."""
    sentence = events[0].evidence.text
    article = Article(id="a", source="Strait", language="en", published=published, text=sentence)
    forecasts = tuple(
        Forecast(
            id=f"f-{event.id}", event=event.id, speaker=event.speaker, code="UKR" if event.speaker else None,
            medium=None, status=event.status, words=event.when_text, window_earliest=event.earliest,
            window_latest=event.latest, condition=condition, resolvable=True, reason=None, evidence=event.evidence,
        )
        for event in events
        if event.when_text is not None
    )  # fmt: skip
    return Reading(article=article, events=events, title_events=(), quotes=(), forecasts=forecasts)


def claim_of(
    sentence: str = "Russia could attack Ukraine as early as January.",
    window: tuple[str | None, str | None] = ("2022-01-01", None),
    type_: EventType = "ASSAULT",
    words: str = "as early as January",
) -> Claim:
    """The claim that is read in a sentence that says `attack` of Russia and Ukraine."""
    event = event_of(sentence, "attack", type_=type_, window=window, words=words, speaker="Reznikov")
    [claim] = forecasts_in(reading_of(event))
    return claim


def report(  # noqa: PLR0913 - one parameter a field
    day: str, source: str = "Halyard", *, type_: EventType = "ASSAULT", confidence: float = 0.9,
    sides: Sides = ATTACK, published: str | None = None,
) -> Occurrence:  # fmt: skip
    """A report that an act happened, by a text of its own."""
    return Occurrence(
        event=f"{day}-{source}-{type_}", article=f"{source}-{day}", source=source, voices=(source,), day=day,
        published=published or day, type=type_, status="happened", actors=sides[0], recipients=sides[1], country=None,
        place=None, confidence=confidence,
    )  # fmt: skip


def watch(newest: str = "2022-12-31", articles: int = 50) -> Watch:
    """That enough was read, from 2021 on."""
    return Watch(newest=newest, first="2021-01-01", articles=articles)


def entry_of(claim: Claim, number: int = 1, source: str = "Strait") -> Entry:
    """A claim in the ledger, carried by one article."""
    medium = Medium(article=claim.article or "a", source=source, published=claim.made)
    return Entry(number=number, claim=claim, entered="2021-12-03T00:00:00Z", media=(medium,))


def standing_of(claim: Claim, verdict: Verdict | None, number: int = 1, source: str = "Strait") -> Standing:
    """A claim with what came of it."""
    return Standing(entry=entry_of(claim, number, source), verdict=verdict)


def query_of(claim: Claim) -> Query:
    """The query of a claim that has one."""
    assert claim.query is not None
    return claim.query
