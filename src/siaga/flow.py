"""The whole way, read first: pages become articles, articles documents, documents what is said in them.

    pages ──collect──▶ articles ──extract──▶ documents ──▶ readings ──report──▶ tables, timelines, briefs
                           ▲                                  ╰──▶ store
                           ╰── what is there already is passed over ──╯

    articles ──link──▶ pairs ──▶ lineages: which articles derive from one text, and from which of them
    readings ──link──▶ stories: which tell one happening, and incidents: the acts they tell of

    readings ──monitor.ledger──▶ claims: what was said of the future, and what came of it

Anything that can't be used comes out as a `Reject` with its reason, in its place in the stream, and the rest goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from siaga import __version__
from siaga.base.article import Article, Page, Reject, unforeseen
from siaga.base.document import Document, Reading
from siaga.base.event import Evidence
from siaga.base.ground import ground_label
from siaga.base.lineage import COPIES, Candidate, Lineage, Linked, Pair
from siaga.base.pack import languages, load_pack
from siaga.base.stage import Annotator, Stage, check_lineup
from siaga.base.story import Stories, Traits
from siaga.collect.article import articles
from siaga.collect.junk import sift
from siaga.collect.owners import OwnerOf, owner_known
from siaga.extract.actors import Mentions
from siaga.extract.coder.decide import load_models, read_in_context, weighed
from siaga.extract.coder.explain import Explanation, explain
from siaga.extract.coder.view import views
from siaga.extract.coder.worth import with_triggers
from siaga.extract.dates import Dates
from siaga.extract.events import Events
from siaga.extract.forecasts import Forecasts
from siaga.extract.language import UNSUPPORTED, Language
from siaga.extract.magnitudes import Magnitudes
from siaga.extract.places import Places
from siaga.extract.published import Published
from siaga.extract.quotes import Quotes
from siaga.extract.sentences import Sentences
from siaga.extract.syntax.masked import ParseMasked
from siaga.extract.tokens import Tokenise
from siaga.link.candidates import DAYS_NEAR
from siaga.link.compare import compare, with_names
from siaga.link.growth import founded, grow, regrow
from siaga.link.independence import voice
from siaga.link.index import MemoryIndex
from siaga.link.likeness import Terms, likeness
from siaga.link.lineages import lineages
from siaga.link.pairing import Pairing
from siaga.link.profile import profile
from siaga.link.stories import happenings, incidents_of, parts_of, stories_of, story_of, with_elsewhere
from siaga.link.traits import traits_of
from siaga.link.vectors import KeptVectors, encode

if TYPE_CHECKING:
    from siaga.store.intake import Intake
    from siaga.store.lineages import Linking
    from siaga.store.reread import Reread, Rereading
    from siaga.store.stories import StoryShelf

__all__ = [
    "Collect",
    "annotate", "compared_articles", "compared_texts", "copies_among", "explanation", "lineup", "link", "link_stored",
    "read_article", "readers", "reading_of", "readings", "refresh_stories", "rehearse", "reread", "save_readings",
    "sentences", "stories", "story_stored", "unlink", "unstory", "weighed_words",
]  # fmt: skip

Collect = Stage[Page | Reject, Article | Reject]
"""How pages become articles: `articles`, `quick_articles`, or either in child processes."""
log = logging.getLogger(__name__)

STORY_BATCH = 500
"""Articles that are put into stories in one transaction: what lies around their days is loaded once for them."""


def readings(pages: Iterable[Page | Reject], collect: Collect = articles) -> Iterator[Reading | Reject]:
    """What is said in each article of these pages, lazily and in order; `collect` is how pages become articles."""
    yield from _read_each(collect(pages))


def save_readings(
    pages: Iterable[Page | Reject], intake: Intake, collect: Collect = articles
) -> Iterator[Reading | Reject]:
    """What is said in each article that is not stored yet, saved batch by batch; the counts stand in the intake."""
    yield from intake.saving(_read_each(intake.unsaved(collect(pages), _reader)))


def reading_of(article: Article) -> Reading | Reject:
    """What is said in one article, or that it could not be read."""
    return _read_or_reject(article)


def readers() -> Mapping[str | None, str]:
    """What reads an article of each language that has a pack now, and of any other (under null)."""
    return {language: _reader(language) for language in (*languages(), None)}


def reread(ids: Iterable[str], rereading: Rereading) -> Iterator[Reread | Reject]:
    """What became of each of these stored articles that is read again, saved batch by batch."""
    yield from rereading.saving(_read_each(map(_as_collected, rereading.articles(ids))))


def read_article(article: Article) -> Reading:
    """What is said in one article: its body and, apart from it, its title."""
    document = annotate(article)
    title = annotate(_title_as_article(document.article))
    return Reading(
        article=document.article,
        events=document.events,
        title_events=title.events,
        quotes=document.quotes,
        forecasts=document.forecasts,
    )


def annotate(article: Article) -> Document:
    """The article with every layer that the line-up gives."""
    document = Document(article=article)
    for annotator in lineup():
        document = annotator(document)
    return document.replace(article=document.article.replace(reader=_reader(document.article.language)))


def sentences(article: Article) -> tuple[Evidence, ...]:
    """The sentences of an article, as the reader cuts them."""
    document = Document(article=article)
    for annotator in lineup()[: 1 + next(n for n, one in enumerate(lineup()) if "sentences" in one.gives)]:
        document = annotator(document)
    spans = ((sentence.start, sentence.end) for sentence in document.sentences)
    return tuple(Evidence(start=start, end=end, text=article.text[start:end]) for start, end in spans)


def link(found: Iterable[Article]) -> Linked:
    """Which of these articles derive from one text, and from which of them; they stay in their order."""
    known = {article.id: article for article in found}
    pairs = tuple(Pairing(MemoryIndex(), known.get, KeptVectors()).pairs(known.values()))
    return Linked(articles=tuple(known.values()), pairs=pairs, lineages=lineages(known, pairs))


def link_stored(run: Linking) -> Iterator[Pair]:
    """The pairs of copies of each stored article that is not linked yet, saved batch by batch."""
    pairing = Pairing(run.index, run.article, KeptVectors(encoder=run.vectors(encode)))
    yield from run.linking(run.unlinked(), pairing.pairs_of, lineages)


def copies_among(
    found: Iterable[tuple[Article, Sequence[Candidate]]], article: Callable[[str], Article | None]
) -> Iterator[Pair]:
    """The pairs of copies that each of these articles forms with its candidates; `article` gives these by their ids."""
    pairing = Pairing(MemoryIndex(), article, KeptVectors())
    for one, candidates in found:
        yield from (pair for pair in pairing.pairs_with(one, candidates) if pair.relation in COPIES)


def stories(articles: Iterable[Article], lineages: Sequence[Lineage], owner_of: OwnerOf = owner_known) -> Stories:
    """The stories and incidents that these articles tell; what can't be read is in no story."""
    read = tuple(reading for reading in _read_each(articles) if isinstance(reading, Reading))
    return stories_of(read, lineages, owner_of)


def story_stored(shelf: StoryShelf, owner_of: OwnerOf = owner_known) -> Iterator[str]:
    """The ids of the stories that change as each linked article that is in none is put into one, batch by batch."""
    yield from refresh_stories(shelf, owner_of)
    rest = iter(shelf.waiting())
    while batch := tuple(islice(rest, STORY_BATCH)):
        new = tuple(map(traits_of, shelf.readings(batch)))
        with shelf.saving():
            held = shelf.held((one.day for one in new), DAYS_NEAR)
            held = held.replace(past=shelf.past(founded(held, new)))
            growth = grow(held, new, shelf.copies(one.id for one in (*held.traits, *new)))
            touched = shelf.save_growth(new, growth)
            _tell_anew(shelf, touched, owner_of)
        yield from touched


def refresh_stories(shelf: StoryShelf, owner_of: OwnerOf = owner_known) -> Iterator[str]:
    """The ids of the stories that are told anew since articles of them were read anew or corrected, batch by batch."""
    rest = iter(shelf.stale())
    while batch := tuple(islice(rest, STORY_BATCH)):
        yield from _put_anew(shelf, batch, tuple(map(traits_of, shelf.readings(batch))), owner_of)


def unstory(shelf: StoryShelf, articles: Iterable[str], owner_of: OwnerOf = owner_known) -> None:
    """Undo that stored articles were put into stories: the others stand as if these had never been there."""
    rest = iter(articles)
    while batch := tuple(islice(rest, STORY_BATCH)):
        _put_anew(shelf, batch, (), owner_of)


def unlink(run: Linking, shelf: StoryShelf, articles: Sequence[str], owner_of: OwnerOf = owner_known) -> None:
    """Undo that stored articles were linked and put into stories, as if they had never been there."""
    for article in articles:
        run.forget(article, lineages)
    unstory(shelf, articles, owner_of)


def _put_anew(
    shelf: StoryShelf, articles: Sequence[str], changed: Sequence[Traits], owner_of: OwnerOf
) -> tuple[str, ...]:
    """The ids of the stories that are told anew, with these articles as they are by now, or without them."""
    days = {one.id: one.day for one in shelf.traits(articles)}
    with shelf.saving():
        held = shelf.held((*days.values(), *(one.day for one in changed)), DAYS_NEAR)
        held = held.replace(past=shelf.past(founded(held)))
        growth = regrow(held, articles, changed, shelf.copies(one.id for one in held.traits))
        told = tuple(one.story for one in held.stories if one.article in days)
        shelf.forget(one for one in articles if not changed)
        shelf.refreshed(one.id for one in changed)
        touched = tuple(dict.fromkeys((*told, *shelf.save_growth(changed, growth))))
        _tell_anew(shelf, touched, owner_of)
    return touched


def _tell_anew(shelf: StoryShelf, stories: Iterable[str], owner_of: OwnerOf) -> None:
    """Save what these stories tell by now, and anew those that tell the same acts, or did."""
    wanted = tuple(dict.fromkeys(stories))
    shared = shelf.sharing(wanted)
    sharing = [other for story in wanted for other in _told(shelf, story, owner_of)]
    for story in dict.fromkeys((*shared, *sharing)):
        if story not in wanted:
            _told(shelf, story, owner_of)


def _told(shelf: StoryShelf, story: str, owner_of: OwnerOf) -> tuple[str, ...]:
    """Save what a story tells by now; the ids of the stories that may tell the same acts."""
    if not (ids := shelf.articles_of(story)):
        shelf.drop_story(story)
        return ()
    traits = {one.id: one for one in shelf.traits(ids)}
    told = [(reading, traits[reading.article.id]) for reading in shelf.readings(ids)]
    parts = parts_of(story, told, shelf.lineages(ids), owner_of)
    elsewhere = shelf.elsewhere(story, happenings(parts.readings))
    read = {reading.article.id: reading for reading in shelf.readings(id_ for _, id_ in elsewhere)}
    others = [(other, read[id_]) for other, id_ in elsewhere]
    voices = (voice(reading.article, owner_of) for _, reading in others)
    wide = with_elsewhere(parts, others, shelf.lineages(id_ for _, id_ in elsewhere), voices)
    shelf.save_story(story_of(parts), incidents_of(wide))
    return tuple(other for other, _ in elsewhere)


def compared_texts(one: Article, other: Article) -> Pair:
    """How two articles relate as texts."""
    a, b = profile(one), profile(other)
    return with_names(compare(a, b, KeptVectors()), a, b)


def compared_articles(one: Article, other: Article) -> tuple[Pair, float]:
    """How two articles relate as texts, and how probable it is that they tell one story."""
    return compared_texts(one, other), likeness(
        Terms(traits_of(read_article(one))), Terms(traits_of(read_article(other)))
    )


def rehearse() -> None:
    """Load all knowledge of all languages: what can't be right is found before the first article is read.

    Raises:
        PackError: something can't; with our own knowledge alone it is our mistake.

    """
    for language in languages():
        annotate(Article(id="rehearsal", text=language, language=language))
    sift(languages())


def explanation(article: Article, event: str) -> Explanation | None:
    """Why this event of an article, in its body or title, is coded as it is; null where none of this id is coded."""
    for part in (article, _title_as_article(article)):
        document = annotate(part)
        if (language := document.article.language) in languages():
            found = explain(views(document, language), load_models(language), event)
            if found is not None:
                return found
    return None


def weighed_words(article: Article) -> Iterator[tuple[str, str, float]]:
    """Each word of an article that may report an event, the rule it stands under, and how probable it is there."""
    document = annotate(article)
    if (language := document.article.language) in languages():
        every, models = views(document, language), load_models(language)
        told = read_in_context(every, models)
        for view in every:
            for candidate, probability, _ in weighed(view, models, told.get(view.number)):
                words = " ".join(document.tokens.forms[candidate.first : candidate.last])
                yield words, f"{language}/{candidate.trigger.rule.id}", probability


@cache
def lineup() -> tuple[Annotator, ...]:
    """The annotators in the order in which they read."""
    annotators: tuple[Annotator, ...] = (
        Language(),
        Tokenise(),
        Sentences(),
        Published(),
        Dates(),
        Mentions(),
        Places(),
        ParseMasked(with_triggers),
        Magnitudes(),
        Quotes(),
        Events(),
        Forecasts(),
    )
    check_lineup(annotators)
    return annotators


def _read_each(found: Iterable[Article | Reject]) -> Iterator[Reading | Reject]:
    for article in found:
        yield article if isinstance(article, Reject) else _read_or_reject(article)


def _read_or_reject(article: Article) -> Reading | Reject:
    try:
        return read_article(article)
    except Exception as error:  # here and where pages become articles: one must not stop a night's run
        log.exception("could not read article %s", article.id)
        return unforeseen("read", article.id, error)


def _as_collected(article: Article) -> Article:
    """A stored article without what a reader said of it."""
    if article.published_basis == "inferred":
        article = article.replace(published=None, published_basis=None)
    return article.replace(reader=None, warnings=tuple(one for one in article.warnings if one != UNSUPPORTED))


def _title_as_article(article: Article) -> Article:
    """The title as an article of its own, so that ids and offsets of the two never meet."""
    return article.replace(id=f"{article.id}/title", text=article.title or "", title=None, dropped=())


def _reader(language: str | None) -> str:
    """Who reads: the program, the pack, and a user's overlay if there is one, e.g. `siaga 0.1.0 id-3+1a2b3c4d`."""
    pack = load_pack(language).label + ground_label() if language in languages() else "-"
    return f"siaga {__version__} {pack}"
