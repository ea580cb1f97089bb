"""A workspace as large as a team's after years: a million events in a hundred thousand articles, invented.

    python -m bench.big_store FOLDER [--articles 100000]

Five articles tell each story, one of them is a copy of another; two hundred outlets print them, a few of them most. Of
every ten articles one carries a claim, and what came of it is in the ledger. All of it is saved by the store's own
ways; the same number gives the same article, so that runs can be compared. Six minutes on one of two cores.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Final, get_args

from siaga.base.article import Article
from siaga.base.claim import Band, Because, Claim, Outcome, Query, Verdict
from siaga.base.document import Reading
from siaga.base.event import Event, EventType, Evidence, Party, Place, Status
from siaga.base.ids import content_id
from siaga.base.lineage import Pair
from siaga.base.pack import asset
from siaga.base.source import Source
from siaga.base.story import Assignment, Growth, Incident, KeySentence, Likeness, StatusTold, Story
from siaga.collect.sources import source_text
from siaga.link.lineages import lineages
from siaga.store.claims import Ledger
from siaga.store.connection import Connection
from siaga.store.database import now, transaction, writing_to
from siaga.store.jobs import Counts, Link, Listed, Seen, add_listings, add_pages, count, page_done
from siaga.store.lineages import settle_lineages
from siaga.store.save import save_within
from siaga.store.segments import rebuild
from siaga.store.sql import query
from siaga.store.stories import StoryShelf
from siaga.store.workspace import Workspace, lay_out

LAST: Final = date(2026, 11, 27)
DAYS: Final = 1800
EVENTS: Final = 10
"""Of each article, a sentence each."""
TOLD: Final = 5
"""Articles of each story, the last of them a copy of the one before."""
ACTS: Final = 3
"""Of each story; each article tells them in two of its sentences each, and other things in the rest."""
OUTLETS: Final = 200
CLAIM_EVERY: Final = 10
BATCH: Final = 500
WORDS: Final = 8_000
SYLLABLES: Final = ("ba", "ka", "di", "per", "sa", "tu", "mi", "lo", "ran", "gi", "ne", "wo", "kan", "se", "pu", "har")
TYPES: Final[tuple[EventType, ...]] = get_args(EventType)
STATUSES: Final[tuple[Status, ...]] = (*("happened",) * 7, "planned", "possible", "denied", "considered")
OUTCOMES: Final[tuple[Outcome, ...]] = ("hit", "miss", "miss", "partly", "void")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    args = parser.parse_args()
    began = time.monotonic()
    make(args.folder, args.articles)
    print(f"{args.folder}: {args.articles:,} articles in {time.monotonic() - began:.0f} s")
    return 0


def make(folder: Path, articles: int) -> None:
    """A workspace in this folder with so many articles."""
    workspace = lay_out(folder, {})
    _write_sources(workspace)
    with writing_to(workspace) as connection:
        for first in range(0, articles, BATCH):
            numbers = range(first, min(first + BATCH, articles))
            with transaction(connection):
                _save_batch(connection, numbers)
        _save_claims(connection, articles)
        rebuild(workspace, connection, now())


def _save_batch(connection: Connection, numbers: Sequence[int]) -> None:
    made = tuple(map(reading, numbers))
    save_within(connection, made, now())
    for number, one in zip(numbers, made, strict=True):
        if _is_copy(number):
            connection.execute(query("add_pair"), _pair_row(copied(article_id(number - 1), one.article.id)))
    settle_lineages(connection, [one.article.id for one in made], lineages)
    save_stories(connection, made)
    _save_pages(connection, numbers)


def save_stories(connection: Connection, made: Sequence[Reading]) -> None:
    """Put saved articles into stories, five into each in this order. Within a transaction."""
    shelf, rest = StoryShelf(connection), iter(made)
    while told := tuple(islice(rest, TOLD)):
        story = story_of(told)
        pairs = tuple(
            Likeness(a=min(one, other), b=max(one, other), probability=0.9)
            for one, other in zip(story.articles, story.articles[1:], strict=False)
        )
        assignments = tuple(Assignment(article=one, story=story.id) for one in story.articles)
        shelf.save_growth((), Growth(pairs=pairs, assignments=assignments, changes=()))
        shelf.save_story(story, incidents_of(story.id, told))


def _save_pages(connection: Connection, numbers: Iterable[int]) -> None:
    for number in numbers:
        outlet, day = _outlet(number), _day(number).isoformat()
        url, moment = f"https://{outlet}.example/{number}", f"{day}T06:00:00Z"
        add_pages(connection, outlet, [Link(url=url, host=f"{outlet}.example", published=moment)], moment)
        page_done(connection, url, article_id(number), Seen(moment=moment))
        count(connection, outlet, day, Counts(looks=1, found=1, articles=1, requests=1))


def _save_claims(connection: Connection, articles: int) -> None:
    ledger = Ledger(connection)
    for first in range(0, articles, BATCH * CLAIM_EVERY):
        numbers = range(first, min(first + BATCH * CLAIM_EVERY, articles), CLAIM_EVERY)
        with transaction(connection):
            for one in map(claim, numbers):
                ledger.add(one)
        ledger.save_verdicts(verdict(number) for number in numbers)


def _write_sources(workspace: Workspace) -> None:
    workspace.sources.mkdir(exist_ok=True)
    for number in range(OUTLETS):
        name = f"outlet{number}"
        source = Source(
            id=name, name=f"Outlet {number}", owner=f"Group {number // 4}", feeds=(f"https://{name}.example/feed",)
        )
        (workspace.sources / f"{name}.toml").write_text(source_text(source), "utf-8")
    with writing_to(workspace) as connection, transaction(connection):
        listed = (
            Listed(url=f"https://outlet{n}.example/feed", source=f"outlet{n}", host=f"outlet{n}.example", kind="feed")
            for n in range(OUTLETS)
        )
        add_listings(connection, listed, now())


def reading(number: int) -> Reading:
    """The reading with this number."""
    dice = random.Random(f"text {number - _is_copy(number)}")  # noqa: S311 - dice, not secrets
    sentences = tuple(" ".join(dice.choices(_words(), cum_weights=_weights(), k=16)) + "." for _ in range(EVENTS))
    text, day = " ".join(sentences), _day(number)
    starts = tuple(accumulate((len(one) + 1 for one in sentences), initial=0))
    article = Article(
        id=article_id(number), url=f"https://{_outlet(number)}.example/{number}", source=_outlet(number).title(),
        title=sentences[0][:60].capitalize(), language=("id", "en")[number % 2], published=day.isoformat(),
        published_basis="metadata", text=text, reader="siaga 0.1.0 id-1",
    )  # fmt: skip
    events = (
        _event(number, at, dice, Evidence(start=starts[at], end=starts[at] + len(sentence), text=sentence))
        for at, sentence in enumerate(sentences)
    )
    return Reading(article=article, events=tuple(events), title_events=(), quotes=(), forecasts=())


def story_of(told: Sequence[Reading]) -> Story:
    """The story that these articles tell."""
    articles, days = [one.article for one in told], [str(one.article.published) for one in told]
    owners = tuple(dict.fromkeys(str(one.source) for one in articles))
    return Story(
        kind="story", id=content_id("story", articles[0].id), title=articles[0].title,
        articles=tuple(one.id for one in articles), lineages=max(1, len(told) - 1),
        independent_sources=min(len(owners), max(1, len(told) - 1)), sources=owners, owners=owners, first=min(days),
        last=max(days), languages=("en", "id"), key_sentences=tuple(map(_key_sentence, told[:3])), related=(),
    )  # fmt: skip


def incidents_of(story: str, told: Sequence[Reading]) -> Iterator[Incident]:
    """The acts that the articles of a story tell."""
    for act in range(ACTS):
        events = [one.events[at] for one in told for at in (act, act + ACTS)]
        first = events[0]
        history = StatusTold(day=told[0].article.published, status=first.status, events=(first.id,))
        yield Incident(
            kind="incident", id=content_id("incident", story, act), story=story, type=first.type, status=first.status,
            actors=first.actors, recipients=first.recipients, place=first.place, earliest=first.earliest,
            latest=first.latest, events=tuple(one.id for one in events),
            articles=tuple(one.article.id for one in told), independent_sources=max(1, len(told) - 1),
            status_history=(history,), magnitude=(), contradictions=(),
        )  # fmt: skip


def copied(original: str, copy: str) -> Pair:
    """That one article was made from another."""
    return Pair(
        a=min(original, copy), b=max(original, copy), relation="near", probability=0.97, copy=copy,
        copy_probability=0.9, earlier=original,
    )  # fmt: skip


def claim(number: int) -> Claim:
    """What the article with this number foresees."""
    one, day = reading(number), _day(number)
    event, until = one.events[0], (day + timedelta(21)).isoformat()
    actors, recipients = (tuple(party.code or "" for party in side) for side in (event.actors, event.recipients))
    return Claim(
        id=content_id("claim", number), kind="forecast", made=day.isoformat(), speaker=f"Speaker {number % 300}",
        code=actors[0], medium=None, source=one.article.source, article=one.article.id, event=event.id,
        evidence=event.evidence, words=event.trigger, status="possible",
        band=Band(name="likely", low=0.55, high=0.8), type=event.type, actors=actors, recipients=recipients,
        place=None, country=None, earliest=day.isoformat(), latest=until,
        query=Query(
            types=(event.type,), actors=actors, recipients=recipients, mutual=False, country=None, place=None,
            earliest=day.isoformat(), latest=until, end_by_rule=False, least_sources=2,
        ),
    )  # fmt: skip


def verdict(number: int) -> Verdict:
    """What came of that by the last day."""
    over = _day(number) + timedelta(21) < LAST
    day = min(LAST, _day(number) + timedelta(22)).isoformat()
    outcome = OUTCOMES[number // CLAIM_EVERY % len(OUTCOMES)] if over else "open"
    because = (Because(code="nothing_told", number=0), Because(code="late_news", number=1)) if over else ()
    return Verdict(claim=content_id("claim", number), as_of=day, outcome=outcome, because=because, base_rate=0.3)


def article_id(number: int) -> str:
    """The id of the article with this number."""
    return content_id("article", number)


def place_of(country: str) -> Place:
    """A place that is no more precise than this country."""
    latitude, longitude = _middles()[country]
    return Place(name=country, country=country, latitude=latitude, longitude=longitude, precision="country")


def _event(number: int, at: int, dice: random.Random, evidence: Evidence) -> Event:
    """An act of the story in the first sentences, something else in the rest."""
    own = random.Random(f"act {number // TOLD} {at % ACTS}") if at < 2 * ACTS else dice  # noqa: S311 - dice
    actor, recipient = own.choices(_codes(), cum_weights=_code_weights(), k=2)
    place, ago = _place(own, recipient), own.randrange(3)
    day = (_first_day(number // TOLD) - timedelta(ago)).isoformat()
    return Event(
        id=content_id("event", number, at), type=own.choice(TYPES), mode=None, contexts=("military",), cameo=None,
        status=own.choice(STATUSES), trigger=evidence.text.split()[0], actors=(_party(actor),),
        recipients=(_party(recipient),), place=place, earliest=day, latest=day, when_text=None, magnitude=(),
        speaker="Speaker" if dice.random() < 0.3 else None, medium=None, evidence=evidence,  # noqa: PLR2004 - a share
        confidence=round(dice.uniform(0.2, 1), 3), rule="id/invented",
    )  # fmt: skip


def _party(code: str) -> Party:
    return Party(code=code, name=code, sector="GOV", text=code)


def _place(dice: random.Random, country: str) -> Place | None:
    """A city of this country more often than not, else the country, else none."""
    chance, cities = dice.random(), _cities().get(country)
    if chance < 0.5 and cities:  # noqa: PLR2004 - shares as in the news
        name, latitude, longitude = dice.choice(cities)
        return Place(name=name, country=country, latitude=latitude, longitude=longitude, precision="city")
    return place_of(country) if chance < 0.75 else None  # noqa: PLR2004


def _key_sentence(one: Reading) -> KeySentence:
    return KeySentence(article=one.article.id, language=one.article.language, sentence=one.events[0].evidence)


def _pair_row(pair: Pair) -> dict[str, str | float]:
    return {
        "a": pair.a, "b": pair.b, "relation": pair.relation, "probability": pair.probability,
        "record": pair.to_json().decode(),
    }  # fmt: skip


def _is_copy(number: int) -> bool:
    return number % TOLD == TOLD - 1


def _first_day(story: int) -> date:
    """More stories of late than of old."""
    ago = int(DAYS * random.Random(f"day {story}").random() ** 1.5)  # noqa: S311 - dice
    return LAST - timedelta(ago + 3)


def _day(number: int) -> date:
    return _first_day(number // TOLD) + timedelta(number % TOLD // 2)


def _outlet(number: int) -> str:
    return f"outlet{int(OUTLETS * random.Random(f'outlet {number}').random() ** 2)}"  # noqa: S311 - dice


@cache
def _words() -> tuple[str, ...]:
    return tuple("".join(SYLLABLES[n >> shift & 15] for shift in (0, 4, 8, 12)) for n in range(WORDS))


@cache
def _weights() -> tuple[float, ...]:
    return tuple(accumulate(1 / rank for rank in range(1, WORDS + 1)))


@cache
def _codes() -> tuple[str, ...]:
    codes = sorted(_middles())
    random.Random("codes").shuffle(codes)  # noqa: S311 - dice
    return tuple(codes)


@cache
def _code_weights() -> tuple[float, ...]:
    return tuple(accumulate(1 / rank for rank in range(1, len(_codes()) + 1)))


@cache
def _middles() -> dict[str, tuple[float, float]]:
    rows = (line.split(",") for line in _lines("centroids.csv"))
    return {code: (float(latitude), float(longitude)) for code, latitude, longitude in rows}


@cache
def _cities() -> dict[str, list[tuple[str, float, float]]]:
    found: dict[str, list[tuple[str, float, float]]] = {}
    for line in _lines("cities.csv"):
        if '"' not in line:
            name, country, latitude, longitude, *_ = line.split(",")
            found.setdefault(country, []).append((name, float(latitude), float(longitude)))
    return found


def _lines(name: str) -> list[str]:
    lines = asset("places", name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")][1:]


if __name__ == "__main__":
    raise SystemExit(main())
