"""The stretch of a text that fits best to phrases, by the rules of FTS5's `snippet` (fts5_aux.c)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["Words", "snippet"]

LENGTH = 32
"""Words of a snippet."""
OPEN, CLOSE, CUT = "\x02", "\x03", "…"
NEW_PHRASE, PHRASE_AGAIN = 1000, 1
"""What a stretch is given for each phrase in it."""
FIRST_SENTENCE, SENTENCE = 120, 100
"""And for beginning with the text, or a sentence."""
Words = tuple[str, int, int]
"""A word of the index, and where it stands: `[start, end)`."""
Sought = tuple[tuple[str, ...], bool]
"""Words of a phrase, and whether the last is only a beginning."""
Hit = tuple[int, int, int]
"""The number of the first word, that of the phrase, how many words it has."""


def snippet(text: str, words: Sequence[Words], phrases: Sequence[Sought]) -> str:
    """The best stretch with its phrases between `OPEN` and `CLOSE`, and `CUT` where the text goes on."""
    hits = tuple(_hits(words, phrases))
    first = _best_start(text, words, hits)
    last = min(first + LENGTH, len(words)) - 1
    begin = words[first][1] if first else 0
    end = words[last][2] if last < len(words) - 1 else len(text)
    shown = "".join(_marked(text, words, _stretches(hits, first, last), (begin, end)))
    return f"{CUT if first else ''}{shown}{CUT if last < len(words) - 1 else ''}"


def _hits(words: Sequence[Words], phrases: Sequence[Sought]) -> Iterator[Hit]:
    plain = [word for word, _, _ in words]
    for place in range(len(plain)):
        for number, (parts, is_prefix) in enumerate(phrases):
            if _stands(plain[place : place + len(parts)], parts, is_prefix=is_prefix):
                yield place, number, len(parts)


def _stands(found: Sequence[str], parts: Sequence[str], *, is_prefix: bool) -> bool:
    if len(found) < len(parts) or tuple(found[:-1]) != tuple(parts[:-1]):
        return False
    return found[-1].startswith(parts[-1]) if is_prefix else found[-1] == parts[-1]


def _best_start(text: str, words: Sequence[Words], hits: Sequence[Hit]) -> int:
    """The number of the word with which the best stretch begins; of equals the first."""
    sentences = tuple(_sentences(text, words))
    best, start = 0, 0
    for place, _, _ in hits:
        for score, at in _starts(place, words, hits, sentences):
            if score > best:
                best, start = score, at
    return start


def _starts(
    place: int, words: Sequence[Words], hits: Sequence[Hit], sentences: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Where a stretch with a hit may begin, with what it is given: hits in its middle, or a sentence at its start."""
    within = [hit for hit in hits if place <= hit[0] < place + LENGTH]
    span = within[-1][0] + within[-1][2] - place
    middle = place - _half(LENGTH - span)
    yield _score(within), max(0, min(middle, len(words) - LENGTH))
    before = max((number for number in sentences if number <= place), default=place)
    if len(words) > LENGTH and before < place:
        stretch = [hit for hit in hits if before <= hit[0] < before + LENGTH]
        yield _score(stretch) + (SENTENCE if before else FIRST_SENTENCE), before


def _half(number: int) -> int:
    """Half of it, towards zero as C reckons."""
    return int(number / 2)


def _score(hits: Sequence[Hit]) -> int:
    phrases = {number for _, number, _ in hits}
    return len(phrases) * NEW_PHRASE + (len(hits) - len(phrases)) * PHRASE_AGAIN


def _sentences(text: str, words: Sequence[Words]) -> Iterator[int]:
    """The numbers of words that begin a sentence: the first, and those after a stop or colon and a space."""
    for number, (_, start, _) in enumerate(words):
        before = text[:start] if number == 0 else text[words[number - 1][2] : start]
        if number == 0 or (before[-1:] in " \t\n\r" and before.rstrip(" \t\n\r").endswith((".", ":"))):
            yield number


def _stretches(hits: Sequence[Hit], first: int, last: int) -> Iterator[tuple[int, int]]:
    """First and last word of what is marked; hits that share words are one."""
    shown = [(place, place + length - 1) for place, _, length in hits if first <= place <= last]
    merged: list[tuple[int, int]] = []
    for begin, end in shown:
        if merged and begin <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    yield from ((begin, min(end, last)) for begin, end in merged)


def _marked(
    text: str, words: Sequence[Words], stretches: Iterator[tuple[int, int]], span: tuple[int, int]
) -> Iterator[str]:
    at, end = span
    for first, last in stretches:
        yield f"{text[at : words[first][1]]}{OPEN}{text[words[first][1] : words[last][2]]}{CLOSE}"
        at = words[last][2]
    yield text[at:end]
