"""What a reader sees of an article where the markup says less: the time with its zone, the update, the authors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from siaga.collect.authors import person_named
from siaga.collect.byline import read_authors, read_stamp
from siaga.collect.metadata import Metadata

__all__ = ["with_visible"]

UTC = "+00:00"


def with_visible(
    metadata: Metadata, stamps: Sequence[str], credits_: Iterable[str], bylines: Sequence[str] = ()
) -> Metadata:
    """The metadata, with what the page shows besides.

    Args:
        metadata: that is stated.
        stamps: lines that may say when.
        credits_: lines that may say who.
        bylines: texts of elements that are marked as naming the author: a bare name is one there.

    """
    moment = next(filter(None, map(read_stamp, stamps)), None)
    updated = next(filter(None, (read_stamp(line, "updated") for line in stamps)), None)
    if moment and _says_more(moment, metadata.published):
        basis = "text" if metadata.published is None else metadata.published_basis
        metadata = metadata.replace(published=moment, published_basis=basis).known("published", "text")
    if updated and _says_more(updated, metadata.about.updated):
        metadata = metadata.replace(about=metadata.about.replace(updated=updated)).known("updated", "text")
    if not metadata.about.authors and (names := read_authors(credits_) or person_named(bylines)):
        metadata = metadata.replace(about=metadata.about.replace(authors=names)).known("authors", "text")
    return metadata


def _says_more(moment: str, known: str | None) -> bool:
    """Whether a moment that is seen is worth more than the one in the markup.

    It is where there is none, where only it has a time, and where both show the same clock but the markup calls it
    UTC: outlets write their local time there.
    """
    if known is None:
        return True
    if moment[:10] != known[:10] or "T" not in moment:
        return False
    return "T" not in known or (known.endswith(UTC) and moment[:16] == known[:16] and not moment.endswith(UTC))
