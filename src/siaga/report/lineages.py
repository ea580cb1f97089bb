"""Lineages told to people: each text with the articles that print, retell or translate it, as a tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from siaga.base.lineage import Lineage, Link
from siaga.report.catalogue import Catalogue

__all__ = ["Headed", "family_lines", "link_summary", "links_in_order", "tree_lines"]


class Headed(Protocol):
    """An article, with or without its text."""

    @property
    def id(self) -> str: ...
    @property
    def source(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def published(self) -> str | None: ...


def links_in_order(heads: Iterable[Headed], lineages: Iterable[Lineage]) -> Iterator[Link]:
    """Where each article stands, in the order in which the articles came."""
    places = {link.id: link for lineage in lineages for link in lineage.links}
    return (places[article.id] for article in heads)


def family_lines(heads: Iterable[Headed], lineages: Iterable[Lineage], words: Catalogue) -> Iterator[str]:
    """Each text that several articles derive from, a line an article, indented below what it was made from."""
    by_id = {article.id: article for article in heads}
    for lineage in lineages:
        if len(lineage.links) > 1:
            yield words.say("link.family", articles=words.number(len(lineage.links)))
            yield from tree_lines(lineage, by_id, words)


def link_summary(lineages: Sequence[Lineage], words: Catalogue) -> str:
    """How many articles, texts and copies there are."""
    articles, texts = sum(len(one.links) for one in lineages), len(lineages)
    counts = {"articles": articles, "texts": texts, "copies": articles - texts}
    return words.say("link.summary", **{name: words.number(count) for name, count in counts.items()})


def tree_lines(lineage: Lineage, heads: Mapping[str, Headed], words: Catalogue) -> Iterator[str]:
    """A line an article, indented below what it was made from."""
    ahead = [(0, lineage.links[0])]
    while ahead:
        depth, link = ahead.pop()
        yield "  " * (depth + 1) + _line(link, heads[link.id], words)
        ahead.extend((depth + 1, child) for child in reversed(tuple(_children(lineage, link))))


def _children(lineage: Lineage, parent: Link) -> Iterable[Link]:
    """The articles made from this one; those made from none in the set stand below the origin."""
    for link in lineage.links[1:]:
        if (link.copied_from or lineage.links[0].id) == parent.id:
            yield link


def _line(link: Link, article: Headed, words: Catalogue) -> str:
    relation = words.say(f"link.relation_{link.relation}")
    sure = f" ({link.probability:.2f})" if link.relation != "original" else ""
    head = " · ".join(filter(None, (article.source, (article.published or "")[:10], article.id, article.title)))
    return f"{relation}{sure}: {head}"
