"""A page narrowed to what the layout of its source says is the article."""

from __future__ import annotations

from typing import Any

from siaga.base.errors import RejectError
from siaga.base.source import Layout
from siaga.collect.links import markup_tree

__all__ = ["narrowed"]


def narrowed(body: bytes, layout: Layout | None) -> bytes:
    """The page with what the layout keeps and without what it drops; as it is where it says nothing of this page.

    Raises:
        RejectError: `bad_layout`, what should be an XPath is none.

    """
    if layout is None or not (layout.keep or layout.drop):
        return body
    from lxml.html import tostring  # noqa: PLC0415 - only where something was fetched

    tree = markup_tree(body)
    for path in layout.drop:
        for element in _chosen(tree, path):
            if element.getparent() is not None:
                element.drop_tree()
    if layout.keep:
        _keep(tree, _chosen(tree, layout.keep))
    whole: bytes = tostring(tree, encoding="utf-8", doctype="<!doctype html>")
    return whole


def _keep(tree: Any, kept: list[Any]) -> None:  # noqa: ANN401 - lxml has no types
    """Leave nothing but these elements in the body; where there are none, the page is of another layout and stays."""
    from lxml.html import builder  # noqa: PLC0415

    body = tree.find("body")
    if not kept or body is None or body in kept:
        return
    article = builder.ARTICLE(*kept)
    for child in list(body):
        body.remove(child)
    body.text = None
    body.append(article)


def _chosen(tree: Any, path: str) -> list[Any]:  # noqa: ANN401
    from lxml import etree  # noqa: PLC0415

    try:
        found = tree.xpath(path)
    except etree.XPathError as error:
        raise RejectError("bad_layout", f"{path!r} is no XPath: {error}") from error
    return [element for element in found if hasattr(element, "drop_tree")] if isinstance(found, list) else []
