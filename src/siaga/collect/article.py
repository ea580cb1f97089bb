"""Page -> Article: one stage over HTML, plain text and JSON Lines."""

from __future__ import annotations

import json
import logging
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from siaga.base.article import Article, Dropped, Page, Reject, unforeseen
from siaga.base.errors import RejectError
from siaga.base.ids import content_id
from siaga.collect.aligned import aligned, line_starts
from siaga.collect.byline import TOP, stamps, text_metadata
from siaga.collect.content import content, parse
from siaga.collect.decode import decode, normalise, printable
from siaga.collect.junk import Sifted, sift
from siaga.collect.layout import narrowed
from siaga.collect.mend import mend
from siaga.collect.metadata import Metadata, given_date, guessed_date, stated_doubts, stated_metadata, with_guess
from siaga.collect.quick import quick_lines
from siaga.collect.stated import Stated, stated_in, stated_in_tree
from siaga.collect.visible import with_visible
from siaga.collect.whole import with_further

__all__ = ["articles", "quick_articles", "quick_page", "read_page", "whole_page"]

STAGE = "collect"
log = logging.getLogger(__name__)


def articles(pages: Iterable[Page | Reject]) -> Iterator[Article | Reject]:
    """The article of each page, or why it has none; rejects pass through."""
    yield from (page if isinstance(page, Reject) else _or_reject(page, whole_page) for page in pages)


def quick_articles(pages: Iterable[Page | Reject]) -> Iterator[Article | Reject]:
    """The same by the fast lane for archives."""
    yield from (page if isinstance(page, Reject) else _or_reject(page, quick_page) for page in pages)


def _or_reject(page: Page, read: Callable[[Page], Article]) -> Article | Reject:
    try:
        return read(page)
    except RejectError as error:
        return Reject(stage=STAGE, id=page.name, reason=error.code, message=str(error))
    except Exception as error:  # parsers that are not ours meet pages of anybody: one must not stop a night's run
        log.exception("could not make an article of %s", page.name)
        return unforeseen(STAGE, page.name, error)


def quick_page(page: Page) -> Article:
    """The article on a page by the fast lane.

    Raises:
        RejectError: there is none.

    """
    if page.kind != "html":
        return read_page(page)
    markup, warnings = decode(page.body, page.charset)
    lines = quick_lines(markup)
    metadata, doubts = _stated(stated_in(markup), page.url)
    sifted = _sifted(lines, metadata.title)
    seen = with_visible(metadata, lines[:TOP], (block.text for block in sifted.dropped if block.reason == "credit"))
    return _article(sifted, seen, warnings=warnings + doubts)


def whole_page(page: Page) -> Article:
    """The article on a page and on those that go on with it, as the layout of its source has them.

    Raises:
        RejectError: there is none.

    """
    first, *further = (_narrowed(page, body) for body in (page.body, *page.more))
    article = read_page(first)
    return with_further(article, map(read_page, further)) if further else article


def _narrowed(page: Page, body: bytes) -> Page:
    kept = narrowed(body, page.layout)
    return page.replace(body=kept, more=(), charset=page.charset if kept is body else "utf-8")


def read_page(page: Page) -> Article:
    """The article on a page.

    Raises:
        RejectError: there is none, e.g. `no_text`, `mis_encoded`, `broken_json`.

    """
    if page.kind == "jsonl":
        return _of_json(page)
    if page.kind == "html":
        return _of_markup(page)
    return _of_text(page)


def _of_text(page: Page) -> Article:
    text, warnings = decode(page.body, page.charset)
    lines = _paragraphs(text)
    sifted = _sifted(lines, None)
    metadata = _credited(text_metadata(mend(lines), page.url), lines, sifted)
    return _article(sifted, metadata, warnings=warnings)


def _of_markup(page: Page) -> Article:
    markup, warnings = decode(page.body, page.charset)
    tree = parse(markup)
    stated = stated_in_tree(tree)
    metadata, doubts = _stated(stated, page.url)
    guess = guessed_date(tree) if metadata.published is None else None
    found = content(tree)
    sifted = _sifted(found.lines, metadata.title)
    credits_ = (*stated.bylines, *(block.text for block in sifted.dropped if block.reason == "credit"))
    stamps_ = (*stated.stamps, *found.lines[:TOP])
    metadata = with_guess(with_visible(metadata, stamps_, credits_, stated.bylines), guess)
    dropped = found.dropped + sifted.dropped + _beside(found.left)
    return _article(Sifted(sifted.kept, dropped), metadata, warnings=warnings + doubts)


def _stated(stated: Stated, url: str | None) -> tuple[Metadata, tuple[str, ...]]:
    """What a page states of its article, and doubts about it."""
    metadata = stated_metadata(stated, url)
    return metadata, () if metadata.published_basis == "metadata" else stated_doubts(stated)


def _beside(left: Sequence[str]) -> tuple[Dropped, ...]:
    """What stood beside the main text, by the reason its lines have, else as navigation."""
    sifted = sift(left)
    found = tuple(block.replace(at=None) for block in sifted.dropped)
    return found + tuple(Dropped(text=line, reason="navigation") for line in sifted.kept)


def _of_json(page: Page) -> Article:
    text, warnings = decode(page.body)
    fields = _fields(text)
    id_, body = _required(fields, "id"), _required(fields, "text")
    lines = _paragraphs(body)
    metadata, doubts = _given(fields, text_metadata(mend(lines), _optional(fields, "url")))
    sifted = _sifted(lines, metadata.title)
    article = _article(sifted, _credited(metadata, lines, sifted), warnings=warnings + doubts, id_=id_)
    return aligned(article, printable(fields["text"]))


def _credited(metadata: Metadata, lines: Sequence[str], sifted: Sifted) -> Metadata:
    """With the update and the authors that a text names; its day is known better."""
    seen = with_visible(metadata, lines[:TOP], (block.text for block in sifted.dropped if block.reason == "credit"))
    return seen.replace(published=metadata.published, published_basis=metadata.published_basis)


def _given(fields: Mapping[str, Any], said: Metadata) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata given with a text, which is trusted, over what the text says of itself; and doubts about it."""
    published, doubts = given_date(fields.get("date"))
    metadata = said.replace(
        title=_optional(fields, "title"),
        source=_optional(fields, "source") or said.source,
        language=_optional(fields, "lang"),
    )
    if published is None:
        return metadata, doubts
    return metadata.replace(published=published, published_basis="metadata"), doubts


def _article(sifted: Sifted, metadata: Metadata, *, warnings: tuple[str, ...], id_: str | None = None) -> Article:
    text = "\n".join(mend(sifted.kept))
    dropped = tuple(_placed(sifted, text))
    if not any(map(str.isalpha, text)):
        raise RejectError("no_text", "no letters among the paragraphs; expected the text of an article")
    return Article(
        id=id_ or content_id("article", metadata.source, metadata.title, text),
        url=metadata.url,
        source=metadata.source,
        title=metadata.title,
        language=metadata.language,
        published=metadata.published,
        published_basis=metadata.published_basis,
        about=metadata.about,
        text=text,
        dropped=dropped,
        warnings=warnings,
    )


def _placed(sifted: Sifted, text: str) -> Iterator[Dropped]:
    """What was dropped, placed in the text, whose paragraphs are put together from those that stayed."""
    seams, position = [], 0
    for line in sifted.kept:  # mending puts a space, or nothing, for the break between two lines
        position = position if text.startswith(line, position) else position + 1
        seams.append(position)
        position += len(line)
    starts = line_starts(sifted.kept)
    for block in sifted.dropped:
        if block.at is None:
            yield block
            continue
        number = bisect_right(starts, block.at) - 1
        at = seams[number] + block.at - starts[number] if number < len(seams) else len(text)
        yield block.replace(at=min(at, len(text)))


def _paragraphs(text: str) -> tuple[str, ...]:
    lines = (line.strip() for line in normalise(text).split("\n"))
    return tuple(line for line in lines if line)


def _sifted(lines: Sequence[str], title: str | None) -> Sifted:
    """The paragraphs without junk, and without what stands above them: the headline again, and the day."""
    if lines and title and lines[0].casefold() == title.casefold():
        lines = lines[1:]
    days = stamps(lines)
    dropped = tuple(Dropped(text=lines[number], reason="credit", at=0) for number in sorted(days))
    sifted = sift([line for number, line in enumerate(lines) if number not in days])
    return Sifted(sifted.kept, dropped + sifted.dropped)


def _fields(line: str) -> Mapping[str, Any]:
    """The fields of a line of JSON Lines. Lone surrogates, which strict JSON refuses, go on to `normalise`."""
    try:
        value = _decode_json(line)
    except (ValueError, RecursionError) as error:
        raise RejectError("broken_json", f"expected a JSON object with id and text: {error}") from error
    if not isinstance(value, dict):
        raise RejectError("broken_json", f"expected a JSON object with id and text, met {type(value).__name__}")
    return value


def _decode_json(line: str) -> Any:  # noqa: ANN401 - what a line holds is not known yet
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return json.loads(line)


def _required(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not (value := value.strip()):
        raise RejectError("missing_field", f"{name} is missing: expected text, met {str(value)[:40]!r}")
    return printable(value)


def _optional(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return " ".join(normalise(value).split()) or None if isinstance(value, str) else None
