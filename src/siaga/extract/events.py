"""Document -> events: every sentence coded, each event tied to it."""

from __future__ import annotations

from siaga.base.document import Document, Layer
from siaga.base.pack import languages
from siaga.extract.coder.assemble import reported
from siaga.extract.coder.decide import decide, load_models
from siaga.extract.coder.view import views

__all__ = ["Events"]


class Events:
    """Gives the PLOVER events of a document; none where its language has no pack."""

    needs: frozenset[Layer] = frozenset(
        {"language", "tokens", "sentences", "dates", "mentions", "setting", "places", "magnitudes", "quotes", "states"}
    )
    gives: frozenset[Layer] = frozenset({"events"})

    def __call__(self, document: Document, /) -> Document:
        language = document.article.language
        if language not in languages():
            return document
        decisions = decide(views(document, language), load_models(language))
        return document.replace(events=tuple(reported(decisions)))
