"""The whole way, read first: pages become articles, articles documents, documents what is said in them.

    pages ──collect──▶ articles ──extract──▶ documents ──▶ readings ──report──▶ tables, timelines, briefs
                           ▲                                  ╰──▶ store
                           ╰── what is there already is passed over ──╯

Anything that can't be used comes out as a `Reject` with its reason, in its place in the stream, and the rest goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from siaga import __version__
from siaga.base.article import Article, Page, Reject
from siaga.base.document import Document, Reading
from siaga.base.event import Evidence
from siaga.base.ground import ground_label
from siaga.base.pack import languages, load_pack
from siaga.base.stage import Annotator, check_lineup
from siaga.collect.article import articles
from siaga.collect.junk import sift
from siaga.extract.actors import Mentions
from siaga.extract.coder.decide import load_models, read_in_context, weighed
from siaga.extract.coder.explain import Explanation, explain
from siaga.extract.coder.view import views
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

if TYPE_CHECKING:
    from siaga.store.intake import Intake
    from siaga.store.reread import Reread, Rereading

__all__ = [
    "annotate", "explanation", "lineup", "read_article", "readers", "readings", "rehearse", "reread", "save_readings",
    "sentences", "weighed_words",
]  # fmt: skip

log = logging.getLogger(__name__)


def readings(pages: Iterable[Page | Reject]) -> Iterator[Reading | Reject]:
    """What is said in each article of these pages, lazily and in order."""
    yield from _read_each(articles(pages))


def save_readings(pages: Iterable[Page | Reject], intake: Intake) -> Iterator[Reading | Reject]:
    """What is said in each article that is not stored yet, saved batch by batch; the counts stand in the intake."""
    yield from intake.saving(_read_each(intake.unsaved(articles(pages), _reader)))


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
        ParseMasked(),
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
    except Exception as error:  # the one place where anything is caught: one article must not stop a night's run
        log.exception("could not read article %s", article.id)
        return Reject(stage="read", id=article.id, reason="internal_error", message=f"{type(error).__name__}: {error}")


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
