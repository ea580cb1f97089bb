"""An article that stands on several pages, as one."""

from __future__ import annotations

from collections.abc import Iterable

from siaga.base.article import Article
from siaga.base.ids import content_id

__all__ = ["with_further"]


def with_further(article: Article, later: Iterable[Article]) -> Article:
    """An article with what stands on its further pages; lines that stand on each page are kept once."""
    lines, dropped = article.text.split("\n"), list(article.dropped)
    known = set(lines)
    for one in later:
        new = [line for line in one.text.split("\n") if line not in known]
        lines += new
        known.update(new)
        dropped += one.dropped
    text = "\n".join(lines)
    if text == article.text:
        return article
    id_ = content_id("article", article.source, article.title, text)
    return article.replace(id=id_, text=text, dropped=tuple(dropped))
