"""Readings invented from a number: the same number gives the same reading, so that runs can be compared."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import get_args

from siaga.base.article import Article, Dropped
from siaga.base.document import Reading
from siaga.base.event import Event, EventType, Evidence, Forecast, Magnitude, Party, Place, Quote, Status
from siaga.base.ids import content_id

__all__ = ["reading"]

FIRST = date(2015, 1, 1)
DAYS = 3650
CODES = ("RUS", "UKR", "USA", "NATO", "IDN", "CHN", "TWN", "MMR", "PHL", "LVA", "POL", "ISR", "IRN", "EU", "UN", "AUS")
COUNTRIES = ("RUS", "UKR", "USA", "IDN", "CHN", "TWN", "MMR", "PHL", "LVA", "POL", "ISR", "IRN", "AUS")
TYPES: tuple[EventType, ...] = get_args(EventType)
STATUSES: tuple[Status, ...] = get_args(Status)
WORDS = (
    "pasukan", "perbatasan", "menteri", "pertemuan", "latihan", "kapal", "perang", "laut", "hitam", "serangan",
    "pernyataan", "troops", "border", "minister", "talks", "exercise", "warship", "sea", "attack", "statement",
    "sanction", "protest", "kota", "capital", "pemerintah", "government", "warga", "people",
)  # fmt: skip


def reading(number: int, *, events: int = 12) -> Reading:
    """The reading with this number: a text of as many sentences as events, and one event in each."""
    dice = random.Random(number)  # noqa: S311 - dice, not secrets
    sentences = tuple(" ".join(dice.choices(WORDS, k=16)).capitalize() + "." for _ in range(max(events, 1)))
    text = " ".join(sentences)
    day = FIRST + timedelta(days=dice.randrange(DAYS))
    article = Article(
        id=content_id("article", number),
        url=f"https://outlet{number % 40}.example/{number}",
        source=f"Outlet {number % 40}",
        title=" ".join(dice.choices(WORDS, k=7)).capitalize(),
        language=("id", "en")[number % 2],
        published=day.isoformat(),
        published_basis="metadata",
        text=text,
        dropped=(Dropped(text="Baca juga: " + sentences[0], reason="related-list"),),
        reader="siaga 0.1.0 id-1",
        warnings=(),
    )
    said = tuple(_event(number, place, text, sentences, dice, day) for place in range(events))
    return Reading(
        article=article,
        events=said,
        title_events=(),
        quotes=(_quote(sentences[0], text),),
        forecasts=tuple(_forecast(event) for event in said[:1]),
    )


def _event(  # noqa: PLR0913, PLR0917 - what is drawn so far
    number: int, place: int, text: str, sentences: tuple[str, ...], dice: random.Random, day: date
) -> Event:
    start = sum(len(sentence) + 1 for sentence in sentences[:place])
    told = (day - timedelta(days=dice.randrange(4))).isoformat()
    return Event(
        id=content_id("event", number, place),
        type=dice.choice(TYPES),
        mode=None,
        contexts=("military",),
        cameo=None,
        status=dice.choice(STATUSES),
        trigger=sentences[place].split()[0],
        actors=tuple(map(_party, dice.sample(CODES, dice.randrange(3)))),
        recipients=tuple(map(_party, dice.sample(CODES, dice.randrange(3)))),
        place=_place(dice) if dice.random() < 0.7 else None,  # noqa: PLR2004 - as often as in the news
        earliest=told,
        latest=told,
        when_text=None,
        magnitude=(Magnitude(minimum=12, maximum=None, unit="killed", text="12"),) if place % 6 == 0 else (),
        speaker=None,
        medium=None,
        evidence=Evidence(start=start, end=start + len(sentences[place]), text=text[start:][: len(sentences[place])]),
        confidence=round(dice.uniform(0.2, 1), 3),
        rule="id/invented",
    )


def _party(code: str) -> Party:
    return Party(code=code, name=code.title(), sector="GOV", text=code.title())


def _place(dice: random.Random) -> Place:
    return Place(
        name="Somewhere",
        country=dice.choice(COUNTRIES),
        latitude=round(dice.uniform(-60, 70), 2),
        longitude=round(dice.uniform(-180, 180), 2),
        precision="city",
    )


def _quote(sentence: str, text: str) -> Quote:
    return Quote(
        speaker="Astrid Holm",
        speaker_text="Menteri Astrid Holm",
        office="Menteri",
        organisation="Norwegia",
        code="NOR",
        anonymous=False,
        medium="AFP",
        direct=True,
        words=sentence,
        start=text.index(sentence),
        end=text.index(sentence) + len(sentence),
    )


def _forecast(event: Event) -> Forecast:
    return Forecast(
        id=content_id("forecast", event.id),
        event=event.id,
        speaker="Oslo",
        code="NOR",
        medium=None,
        status="possible",
        words=event.trigger,
        window_earliest=event.earliest,
        window_latest=None,
        condition=None,
        resolvable=True,
        reason=None,
        evidence=event.evidence,
    )
