"""Readings invented for the tests of reports: a sentence and what is coded from it."""

from __future__ import annotations

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Event, Evidence, Forecast, Party, Quote
from siaga.base.ids import content_id

NAMES = {"NOR": "Norway", "SWE": "Sweden", "FIN": "Finland", "NATO": "NATO"}


def reading(
    *events: Event, source: str = "Daily Fjord", published: str | None = "2031-05-02", **more: object
) -> Reading:
    """An article whose text is the sentences of these events, one a line."""
    text = "\n".join(dict.fromkeys(event.evidence.text for event in events))
    text += "\n" + str(more.pop("also", ""))
    article = Article(
        id=content_id("article", source, published, text),
        source=source,
        language=str(more.pop("language", "en")),
        published=published,
        text=text,
    )
    placed = tuple(event.replace(evidence=_placed(event.evidence.text, text)) for event in events)
    empty = {"title_events": (), "quotes": (), "forecasts": ()}
    return Reading(article=article, events=placed, **(empty | more))  # type: ignore[arg-type]


def event(sentence: str, type_: str = "ASSAULT", who: str = "NOR", whom: str = "SWE", **more: object) -> Event:
    """An event coded from a sentence; `who` and `whom` are codes with spaces between."""
    if {"earliest", "latest"} & set(more):
        more.setdefault("when_text", sentence)  # the day stands in the sentence
    fields: dict[str, object] = {
        "id": content_id("event", sentence, type_, who, whom, sorted(more.items(), key=str)),
        "type": type_,
        "mode": None,
        "contexts": (),
        "cameo": None,
        "status": "happened",
        "trigger": "",
        "actors": tuple(map(party, who.split())),
        "recipients": tuple(map(party, whom.split())),
        "place": None,
        "earliest": None,
        "latest": None,
        "when_text": None,
        "magnitude": (),
        "speaker": None,
        "medium": None,
        "evidence": Evidence(start=0, end=len(sentence), text=sentence),
        "confidence": 0.8,
        "rule": "",
    }
    return Event(**(fields | more))  # type: ignore[arg-type]


def party(code: str) -> Party:
    """The party of a code, or a nameless one."""
    if code not in NAMES:
        return Party(code=None, name=None, sector=None, text=code)
    return Party(code=code, name=NAMES[code], sector="GOV", text=NAMES[code])


def quote(words: str, speaker: str | None = "Astrid Holm", *, text: str, **more: object) -> Quote:
    """A direct quote that stands in a text."""
    start = text.index(words)
    fields: dict[str, object] = {
        "speaker": speaker,
        "speaker_text": speaker,
        "office": None,
        "organisation": None,
        "code": None,
        "anonymous": False,
        "medium": None,
        "direct": True,
        "words": words,
        "start": start,
        "end": start + len(words),
    }
    return Quote(**(fields | more))  # type: ignore[arg-type]


def forecast(foreseen: Event, words: str, **more: object) -> Forecast:
    """A claim about the future that foresees an event."""
    fields: dict[str, object] = {
        "id": content_id("forecast", foreseen.id, words),
        "event": foreseen.id,
        "speaker": "Oslo",
        "code": "NOR",
        "medium": None,
        "status": "possible",
        "words": words,
        "window_earliest": None,
        "window_latest": None,
        "condition": None,
        "resolvable": True,
        "reason": None,
        "evidence": foreseen.evidence,
    }
    return Forecast(**(fields | more))  # type: ignore[arg-type]


def _placed(sentence: str, text: str) -> Evidence:
    start = text.index(sentence)
    return Evidence(start=start, end=start + len(sentence), text=sentence)
