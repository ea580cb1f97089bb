"""Stories: B-cubed on pairs that were read by hand, copies found, orders of arrival compared, cost as the store grows.

    python -m bench.stories SHARED CACHE [--half measuring] [--copies 300] [--orders 3]

5,000 training articles are read (some minutes; CACHE keeps what was read), and copies of some are put among them: cut
off, with a list of other headlines, with sentences in another order, and with words swapped by the thesaurus. SHARED is
the folder of the team's data. The pairs are those of `tools/labels/story_pairs.csv`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import resource
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import md5
from pathlib import Path
from random import Random

from siaga.base.article import Article
from siaga.base.document import Reading
from siaga.base.event import Event
from siaga.base.lineage import Lineage
from siaga.base.story import Assignment, Held, Likeness, Traits
from siaga.flow import link, read_article, story_stored
from siaga.link.candidates import DAYS_NEAR
from siaga.link.growth import grow
from siaga.link.traits import traits_of
from siaga.store.database import now, writing_to
from siaga.store.save import save
from siaga.store.stories import shelving
from siaga.store.workspace import Workspace, lay_out

ARTICLES = 5000
PAIRS = Path(__file__).parents[1] / "tools/labels/story_pairs.csv"
BATCH = 500
LEAST_SIGNS = 600
"""Code points of an article that is copied, at the least."""
MONTHS = ("2023-10", "2023-11", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12")
"""In which both languages have articles."""
SENTENCE = re.compile(r"(?<=[.!?])\s+")
Pair = tuple[str, str, bool]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--half", choices=("first", "second", "setting", "measuring"), default=None)
    parser.add_argument("--copies", type=int, default=300)
    parser.add_argument("--orders", type=int, default=3)
    parser.add_argument("--grow", type=int, default=0, metavar="N", help="a store of N times the articles, in a row")
    args = parser.parse_args()
    readings = tuple(read(args.shared, args.cache))
    copied = tuple(copies(readings, args.shared, args.copies))
    everything = (*readings, *(read_article(one) for one, _ in copied))
    traits = tuple(traits_of(one) for one in everything)
    _tell("articles, copies among them", f"{len(traits):,}, {len(copied)}")
    found = arrived(sorted(traits, key=_by_day), ())
    _tell_pairs(found, args.half)
    _tell("copies in the story of their original, unlinked", f"{_with_original(found, copied):.3f}")
    lineages = link([one.article for one in everything]).lineages
    linked = arrived(sorted(traits, key=_by_day), lineages)
    _tell("copies in the story of their original, linked", f"{_with_original(linked, copied):.3f}")
    _tell_pairs(linked, args.half)
    _tell_orders(traits, lineages, linked, args.orders)
    if args.grow:
        _tell_growth(readings, args.grow)
    return 0


def read(shared: Path, cache: Path) -> Iterator[Reading]:
    """The articles, as they are read; from the cache if they were read before."""
    if cache.is_file():
        yield from map(Reading.from_json, cache.read_bytes().splitlines())
        return
    with cache.open("wb") as file:
        for article in chosen(shared):
            reading = read_article(article)
            file.write(reading.to_json() + b"\n")
            yield reading


def chosen(shared: Path) -> Iterator[Article]:
    """All English training articles, the Indonesian ones of politics and of the months that both have, and more."""
    english, indonesian = (tuple(_rows(shared, language)) for language in ("en", "id"))
    first = [one for one in indonesian if one["topical"] or str(one["date"] or "")[:7] in MONTHS]
    known = {one["id"] for one in first}
    rest = [one for one in indonesian if one["id"] not in known and str(one["date"] or "")[:7] == "2025-06"]
    rest.sort(key=lambda one: (one["date"] not in {"2025-06-09", "2025-06-10"}, _mixed(str(one["id"]))))
    rows = (*english, *first, *rest[: ARTICLES - len(english) - len(first)])
    yield from (_article(row) for row in rows if str(row["text"]).strip())


def training_articles(shared: Path) -> Iterator[Article]:
    """All training articles."""
    for language in ("en", "id"):
        yield from (_article(row) for row in _rows(shared, language) if str(row["text"]).strip())


def copies(readings: Sequence[Reading], shared: Path, count: int) -> Iterator[tuple[Article, str]]:
    """Copies of some articles, with the id of the original."""
    dice, spin = Random(3), _thesaurus(shared)  # noqa: S311 - dice
    titles = [one.article.title for one in readings if one.article.title]
    originals = [one.article for one in readings if len(one.article.text) >= LEAST_SIGNS]
    for number, original in enumerate(dice.sample(originals, count)):
        text = RECIPES[number % len(RECIPES)](original, dice, titles, spin)
        yield original.replace(id=f"copy-{number}", source=f"Copier {number}", text=text), original.id


def cut(original: Article, dice: Random, _: Sequence[str | None], __: Mapping[str, Sequence[str]]) -> str:
    """Its first half."""
    sentences = SENTENCE.split(original.text)
    return " ".join(sentences[: max(3, int(len(sentences) * dice.uniform(0.4, 0.7)))])


def listed(original: Article, dice: Random, titles: Sequence[str | None], _: Mapping[str, Sequence[str]]) -> str:
    """All of it, and a list of other headlines."""
    return "\n".join((original.text, *(str(one) for one in dice.sample(list(titles), 12))))


def shuffled(original: Article, dice: Random, _: Sequence[str | None], __: Mapping[str, Sequence[str]]) -> str:
    """Its sentences in another order."""
    sentences = SENTENCE.split(original.text)
    return " ".join(dice.sample(sentences, len(sentences)))


def spun(original: Article, dice: Random, _: Sequence[str | None], spin: Mapping[str, Sequence[str]]) -> str:
    """With words swapped for others of the thesaurus; an English text loses every eighth word."""
    words = original.text.split(" ")
    if original.language == "id":
        return " ".join(dice.choice(spin[word]) if word in spin and dice.random() < 0.6 else word for word in words)  # noqa: PLR2004
    return " ".join(word for place, word in enumerate(words) if place % 8)


RECIPES = (cut, listed, shuffled, spun)


def arrived(traits: Iterable[Traits], lineages: Iterable[Lineage]) -> Mapping[str, str]:
    """The story of each article, if they arrive in this order, batch by batch."""
    queue, known = list(traits), Shelf(lineages)
    for start in range(0, len(queue), BATCH):
        known.take(queue[start : start + BATCH])
    return known.stories


class Shelf:
    """What a store holds, in memory."""

    def __init__(self, lineages: Iterable[Lineage]) -> None:
        self.traits: dict[str, Traits] = {}
        self.pairs: list[Likeness] = []
        self.stories: dict[str, str] = {}
        self._copies = [one.articles for one in lineages if len(one.articles) > 1]

    def take(self, new: Sequence[Traits]) -> None:
        """Put articles into stories."""
        days = {_ordinal(one.day) for one in new}
        held = {id_: one for id_, one in self.traits.items() if _near(one, days, 2 * DAYS_NEAR)}
        growth = grow(
            Held(
                traits=tuple(held.values()),
                pairs=tuple(pair for pair in self.pairs if pair.a in held and pair.b in held),
                stories=tuple(Assignment(article=one, story=self.stories[one]) for one in held),
                settled=frozenset(id_ for id_, one in held.items() if not _near(one, days, DAYS_NEAR)),
            ),
            new,
            [[one for one in group if one in held or one in {new_.id for new_ in new}] for group in self._copies],
        )
        self.traits.update({one.id: one for one in new})
        self.pairs.extend(growth.pairs)
        self.stories.update({one.article: one.story for one in growth.assignments})


def pairs(half: str | None) -> Iterator[Pair]:
    """The pairs that were read by hand: of one half, or of the first two; also those `drawn` from stories."""
    lines = (line for line in PAIRS.read_text("utf-8").splitlines() if not line.startswith("#"))
    for row in csv.DictReader(lines):
        if row["half"] in ({half} if half else {"first", "second"}):
            yield row["a"], row["b"], row["same"] == "1"


def b_cubed(stories: Mapping[str, str], known: Iterable[Pair]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the articles, each compared with itself and those it is paired with."""
    judged: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for a, b, same in known:
        if a in stories and b in stories:
            for one in (a, b):
                judged[one].append((stories[a] == stories[b], same))
    both = [1 + sum(found and same for found, same in one) for one in judged.values()]
    together = [1 + sum(found for found, _ in one) for one in judged.values()]
    one_story = [1 + sum(same for _, same in one) for one in judged.values()]
    precision = sum(map(float.__truediv__, map(float, both), map(float, together))) / len(judged)
    recall = sum(map(float.__truediv__, map(float, both), map(float, one_story))) / len(judged)
    return precision, recall, 2 * precision * recall / (precision + recall)


def by_pairs(stories: Mapping[str, str], known: Iterable[Pair]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs."""
    counts = Counter((stories[a] == stories[b], same) for a, b, same in known if a in stories and b in stories)
    precision = counts[True, True] / max(1, counts[True, True] + counts[True, False])
    recall = counts[True, True] / max(1, counts[True, True] + counts[False, True])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def changed(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """The share of articles in another story; a story is the one that it has most articles in common with."""
    shared = Counter((one[article], other[article]) for article in one)
    twins: dict[str, str] = {}
    taken: set[str] = set()
    for (story, its), _ in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if story not in twins and its not in taken:
            twins[story] = its
            taken.add(its)
    return sum(twins.get(one[article]) != other[article] for article in one) / len(one)


def _tell_pairs(stories: Mapping[str, str], half: str | None) -> None:
    known = tuple(pairs(half))
    alone = {article: article for article in stories}
    _tell("stories", f"{len(set(stories.values())):,}, largest {max(Counter(stories.values()).values())}")
    _tell(f"B-cubed precision, recall, F1 ({len(known)} pairs)", _three(b_cubed(stories, known)))
    _tell("    the same if every article is a story", _three(b_cubed(alone, known)))
    _tell("pairs: precision, recall, F1", _three(by_pairs(stories, known)))
    drawn = Counter(stories[a] == stories[b] and same for a, b, same in pairs("drawn") if stories[a] == stories[b])
    _tell("pairs drawn from stories at random: right, wrong", f"{drawn[True]}, {drawn[False]}")


def _tell_orders(traits: Sequence[Traits], lineages: Sequence[Lineage], first: Mapping[str, str], orders: int) -> None:
    for number in range(orders):
        order = Random(number).sample(list(traits), len(traits))  # noqa: S311 - dice
        began = time.process_time()
        found = arrived(order, lineages)
        spent = (time.process_time() - began) / len(order)
        _tell(
            f"order {number + 1}: assignments changed", f"{changed(first, found):.4f} ({1000 * spent:.1f} ms/article)"
        )


def _tell_growth(readings: Sequence[Reading], times: int) -> None:
    """Cost of an article in a store that grows: the articles again and again, each time 4,000 days later.

    Only those with a day: without one they would meet each other of all times, up to a cap.
    """
    readings = tuple(one for one in readings if one.article.published)
    with tempfile.TemporaryDirectory() as folder:
        where = lay_out(Path(folder) / "work", {})
        for turn in range(times):
            _fill(where, readings, turn)
            began = time.process_time()
            with shelving(where) as shelf:
                changed_stories = sum(1 for _ in story_stored(shelf))
            spent = 1000 * (time.process_time() - began) / len(readings)
            stored = f"{(turn + 1) * len(readings):,} articles in the store"
            _tell(stored, f"{spent:.1f} ms/article, {changed_stories:,} stories told")
        _tell("most memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _fill(where: Workspace, readings: Iterable[Reading], turn: int) -> None:
    """Save the articles as of another time, each as a lineage of its own."""
    moment = now()
    with writing_to(where) as connection:
        save(connection, (_later(one, turn) for one in readings), moment)
        connection.execute(
            "INSERT INTO lineage_link SELECT seq, 'l' || seq, 0, 1, json_object('kind', 'article', 'id', id, 'story', "
            "NULL, 'lineage', 'l' || seq, 'relation', 'original', 'copied_from', NULL, 'probability', 1.0) "
            "FROM article WHERE seq NOT IN (SELECT article FROM lineage_link)"
        )


def _later(one: Reading, turn: int) -> Reading:
    article = one.article
    events = tuple(_event_later(event, turn) for event in one.events)
    titles = tuple(_event_later(event, turn) for event in one.title_events)
    head = article.replace(id=f"{article.id}-{turn}", published=_day_later(article.published, turn))
    return one.replace(article=head, events=events, title_events=titles, forecasts=(), quotes=())


def _event_later(event: Event, turn: int) -> Event:
    earliest, latest = _day_later(event.earliest, turn), _day_later(event.latest, turn)
    return event.replace(id=f"{event.id}-{turn}", earliest=earliest, latest=latest)


def _day_later(day: str | None, turn: int) -> str | None:
    return day and (date.fromisoformat(day[:10]) + timedelta(4000 * turn)).isoformat()


def _with_original(stories: Mapping[str, str], copied: Sequence[tuple[Article, str]]) -> float:
    return sum(stories[one.id] == stories[original] for one, original in copied) / len(copied)


def _near(one: Traits, days: set[int | None], most: int) -> bool:
    own = _ordinal(one.day)
    return own in days if own is None else any(own + step in days for step in range(-most, most + 1))


def _ordinal(day: str | None) -> int | None:
    return date.fromisoformat(day).toordinal() if day else None


def _by_day(one: Traits) -> tuple[str, str]:
    return one.day or "~", one.id


def _rows(shared: Path, language: str) -> Iterator[dict[str, object]]:
    with gzip.open(shared / f"data/news/{language}_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _article(row: Mapping[str, object]) -> Article:
    return Article(
        id=str(row["id"]), source=str(row["source"]), title=str(row["title"] or "") or None, language=str(row["lang"]),
        published=str(row["date"]) if row["date"] else None, text=str(row["text"]),
    )  # fmt: skip


def _thesaurus(shared: Path) -> Mapping[str, Sequence[str]]:
    entries = json.loads((shared / "data/lexicon/tesaurus_id_dict.json").read_text("utf-8"))
    found = ((word, [one for one in entry.get("sinonim", []) if " " not in one]) for word, entry in entries.items())
    return {word: others for word, others in found if others}


def _mixed(id_: str) -> str:
    return md5(id_.encode(), usedforsecurity=False).hexdigest()


def _three(figures: tuple[float, float, float]) -> str:
    return " ".join(f"{one:.3f}" for one in figures)


def _tell(what: str, figure: str) -> None:
    print(f"{what:60} {figure}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
