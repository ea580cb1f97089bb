"""The fast lane, for archives of millions of pages: resiliparse finds the main text, and the same rules clean it.

Against the full lane it gives up boxes of junk known by their class, what stood beside the main text, and days guessed
from the page; docs/collect.md says what that costs and gains.
"""

from __future__ import annotations

from collections.abc import Iterator

from siaga.base.errors import RejectError
from siaga.collect.decode import normalise
from siaga.collect.prescan import glance

__all__ = ["quick_lines"]

_NO_TEXT = ["h1", ".linksisip", ".terkait", ".related"]
"""What is never a paragraph: the headline, which is metadata, and boxes that any page uses for its links."""


def quick_lines(markup: str) -> tuple[str, ...]:
    """The paragraphs of a page's main text.

    Raises:
        RejectError: the page is built so that it can't be parsed in reasonable time, or not at all.

    """
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - slow to load

    glance(markup)
    try:
        found = extract_plain_text(
            markup, preserve_formatting=True, main_content=True, list_bullets=False, alt_texts=False, comments=False,
            post_meta=False, skip_elements=_NO_TEXT,
        )  # fmt: skip
    except ValueError as error:
        raise RejectError("no_text", f"no markup that can be parsed: {error}") from error
    return tuple(_lines(found))


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line and (clean := normalise(line).strip()):
            yield from clean.split("\n") if "\n" in clean else (clean,)
