"""Which sentences of a document are worth the network's time."""

from __future__ import annotations

from siaga.base.document import Document, Sentence
from siaga.base.pack import languages
from siaga.extract.coder.view import views

__all__ = ["with_triggers"]


def with_triggers(document: Document) -> list[Sentence]:
    """The sentences with a word that may report an event: nobody asks for the grammar of the others."""
    language = document.article.language
    if language not in languages():
        return []
    return [view.sentence for view in views(document, language) if view.candidates]
