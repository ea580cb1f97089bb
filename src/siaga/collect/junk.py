"""What stands among the paragraphs of a page and is no article: found by rules of the packs, kept with a reason.

The rules of all packs are tried on every page: outlets mix languages ("ADVERTISEMENT" in Indonesian pages).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple, cast

from siaga.base.article import Dropped
from siaga.base.pack import grammar, languages, load_pack
from siaga.base.pattern import compile_pattern
from siaga.base.record import Record
from siaga.collect.inserts import headline_end

__all__ = ["JunkRule", "Sifted", "junk_rules", "sift"]

Takes = Literal["line", "next", "list", "part", "headline"]
Kind = Literal["part", "headline", "whole"]
KINDS: tuple[Kind, ...] = ("part", "headline", "whole")
Present = Mapping[Kind, tuple[bytes, ...]]

LONGEST_LINE = 500
"""Characters; a longer paragraph is never junk as a whole."""
LONGEST_OPEN = 200
"""Characters; a longer one is tried only on rules that name the words it may begin with. The others match up to 175."""
LONGEST_ITEM = 160
"""Characters of an item in a list of headlines: the longest of 2,000 training titles has 151."""
FEWEST_WORDS = 4
"""Words of a headline in a list without a heading."""
MOST_WORDS = 24
SHORTEST_TAIL = 3
"""Headlines that make a list without a heading: two may be a closing couplet."""
LONGEST_TAIL = 15
"""Headlines in the longest such list; longer ones are timetables and results."""
TITLE_CASE = 0.7
"""Share of long words with a capital from which a line is in title case; body lines without a full stop have .3."""
MOST_NUMBERS = 0.25
"""Share of a headline's words that may hold digits; lists of prices and results have more."""
MEAN_WORDS = 6.5
"""Words a headline of such a list has on average; lists of names, prices and holidays have 3 to 6."""
SHORTEST_REPEAT = 60
"""Characters of a line that is dropped where it stands twice in a row; shorter ones are cells of tables and verses."""
LARGEST_TAIL = 0.6
"""A tail of more than this share of the page is the page."""


class JunkRule(Record):
    """What one kind of junk looks like. `pattern` must match a whole line; for `part` and `headline`, a part of one."""

    id: str
    reason: str
    takes: Takes
    """What goes with the line: nothing more, the headline after it, or the list after it;
    or a part of a line, or a mark inside a line with the headline glued to it."""
    pattern: str
    hits: tuple[str, ...]
    misses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Pieces of text, in lower case (of ASCII), one of which stands in every line that the rule is for; lines without
    any are not tried, which spares most of the time: for parts, headlines, and patterns that begin with anything."""
    begins: tuple[str, ...] = ()
    """The words, in lower case, one of which begins every line that the rule is for, after marks if there are any;
    with the same purpose, for patterns that begin with words."""


class Sifted(NamedTuple):
    """The paragraphs that stay, and what was dropped, in order of the page."""

    kept: tuple[str, ...]
    dropped: tuple[Dropped, ...]


@cache
def junk_rules() -> tuple[JunkRule, ...]:
    """The rules of all packs.

    Raises:
        PackError: a pattern is no regular expression.

    """
    rules = tuple(rule for code in languages() for rule in grammar(load_pack(code), "junk", JunkRule))
    for rule in rules:
        compile_pattern(rule.pattern, rule.id, re.IGNORECASE)
    return rules


def sift(lines: Sequence[str]) -> Sifted:
    """Part the paragraphs of an article from the junk between, around and inside them.

    `at` of what was dropped points into the paragraphs that stay, joined by line breaks.
    """
    present = _present(_lower("\n".join(lines)))
    reasons = _marked(lines, present["whole"])
    inserts = present["headline"] + present["part"]
    for number in _headline_tail(lines, reasons):
        reasons[number] = "related-list"
    kept: list[str] = []
    dropped: list[Dropped] = []
    at = 0
    for line, reason in zip(lines, reasons, strict=True):
        if reason is not None:
            dropped.append(Dropped(text=line, reason=reason, at=at))
            continue
        rest, blocks = _without_inserts(line, present) if inserts and _holds(_lower(line), inserts) else (line, ())
        if blocks:
            dropped.extend(block.replace(at=at + min(block.at or 0, len(rest))) for block in blocks)
        if rest:
            kept.append(rest)
            at += len(rest) + 1
    return Sifted(tuple(kept), tuple(dropped))


def _without_inserts(line: str, present: Present) -> tuple[str, tuple[Dropped, ...]]:
    """A paragraph without the headlines and other parts in it that are none of it."""
    lower = _lower(line)
    rest, headlines = _without_headlines(line) if _holds(lower, present["headline"]) else (line, ())
    rest, parts = _without_parts(rest) if _holds(lower, present["part"]) else (rest, ())
    return rest, headlines + parts


def _marked(lines: Sequence[str], present: Sequence[bytes]) -> list[str | None]:
    """Why each line goes; null where it stays."""
    reasons: list[str | None] = [None] * len(lines)
    for number, line in enumerate(lines):
        rule = _rule_of(line, present)
        if rule is None:
            continue
        taken = reasons[number] is not None
        reasons[number] = rule.reason
        if taken:
            continue  # what follows goes with the list it stands in
        for follower in _followers(lines, number + 1, rule.takes):
            reasons[follower] = rule.reason
    for number in _repeated(lines):
        reasons[number] = reasons[number] or "repeat"
    return reasons


def _repeated(lines: Sequence[str]) -> Iterator[int]:
    """Lines that stand twice in a row: both of a headline, as players of videos show it; of others the second."""
    for number, (before, line) in enumerate(pairwise(lines), 1):
        if line != before:
            continue
        if _is_headline(line):
            yield from (number - 1, number)
        elif len(line) >= SHORTEST_REPEAT:
            yield number


def _rule_of(line: str, present: Sequence[bytes]) -> JunkRule | None:
    """The rule that this line as a whole answers to."""
    if len(line) > LONGEST_LINE:
        return None
    first = _FIRST_WORD.match(line)
    word = first["word"].lower() if first else ""
    match = None
    if word in _beginnings():
        match = _whole_lines(word).fullmatch(line)
    elif len(line) <= LONGEST_OPEN:
        match = _whole_lines("").fullmatch(line)
    if match is None and present and _holds(_lower(line), present):
        match = _needy_lines().fullmatch(line)
    return _rule(match) if match else None


def _followers(lines: Sequence[str], first: int, takes: Takes) -> Iterator[int]:
    """The lines that go with the one before `first`."""
    if takes == "next" and first < len(lines) and _is_item(lines[first]):
        yield first
    if takes != "list":
        return
    for number in range(first, len(lines)):
        if not _is_item(lines[number]):
            return
        yield number


def _is_item(line: str) -> bool:
    """Whether a line may stand in a list: short, and not closed like a sentence; a quoted headline may ask."""
    if len(line) > LONGEST_ITEM:
        return False
    return _SENTENCE_END.search(line) is None or _is_headline(line)


_FIRST_WORD = re.compile(r"\A[\W_]*(?P<word>[^\W_]+)")
_SENTENCE_END = re.compile(r"[.…][\"”’')\]]*$|[.,?!][\"”][\"”’')\]]*$|[:;,]$")
_CLOSED = re.compile(r"(?:[.…:;,][\"”’')\]]*|[)\]])$")
_ENTRY = re.compile(r"\A(?:(?:\d{1,3}[.)]|[-–—•*·])\s?|.* (?:--|[–—→=@+]) )")
"""A numbered or bulleted line, or one of two columns: "June 30 – Northern Hall, Riga"."""


def _headline_tail(lines: Sequence[str], reasons: Sequence[str | None]) -> tuple[int, ...]:
    """A run of headlines that ends the page, though nothing announces it."""
    tail = []
    for number in range(len(lines) - 1, -1, -1):
        if reasons[number] is not None:
            continue
        if not _is_headline(lines[number]):
            break
        tail.append(number)
    return tuple(tail) if _is_tail([lines[number] for number in tail], sum(map(len, lines))) else ()


def _is_tail(headlines: Sequence[str], size: int) -> bool:
    """Whether headlines that end a page of so many characters are a list that is no part of it."""
    if not SHORTEST_TAIL <= len(headlines) <= LONGEST_TAIL or sum(map(len, headlines)) > LARGEST_TAIL * size:
        return False
    return sum(len(line.split()) for line in headlines) >= MEAN_WORDS * len(headlines)


def _is_headline(line: str) -> bool:
    """Whether a line looks like a headline: short, open, in title case."""
    words = line.split()
    if not (FEWEST_WORDS <= len(words) <= MOST_WORDS and len(line) <= LONGEST_ITEM):
        return False
    if _CLOSED.search(line) or _ENTRY.match(line):
        return False
    if sum(any(map(str.isdigit, word)) for word in words) > MOST_NUMBERS * len(words):
        return False
    long = [word for word in words if len(word) > 3]  # noqa: PLR2004 - shorter ones stay small in titles
    return sum(not word[0].islower() for word in long) >= TITLE_CASE * max(1, len(long))


def _without_parts(line: str) -> tuple[str, tuple[Dropped, ...]]:
    """A paragraph without the inserts inside it."""
    if not (found := tuple(_parts().finditer(line))):
        return line, ()
    dropped = tuple(
        Dropped(
            text=match.group().strip(), reason=_rule(match).reason, at=len(_parts().sub(" ", line[: match.start()]))
        )
        for match in found
    )
    return " ".join(_parts().sub(" ", line).split()), dropped


def _without_headlines(line: str) -> tuple[str, tuple[Dropped, ...]]:
    """A paragraph without the headlines of other articles that were glued into it."""
    kept: list[str] = []
    dropped: list[Dropped] = []
    position = 0
    for match in _markers().finditer(line):
        end = headline_end(line, match.end())
        if end is None or match.start() < position:
            continue
        kept.append(line[position : match.start()].rstrip())
        text, at = line[match.start() : end].strip(), len(" ".join(kept).strip())
        dropped.append(Dropped(text=text, reason=_rule(match).reason, at=at))
        position = end
    if not dropped:
        return line, ()
    return " ".join((*kept, line[position:].lstrip())).strip(), tuple(dropped)


def _lower(text: str) -> bytes:
    """Text to look for pieces in: of bytes, in which both steps take a fraction of the time."""
    return text.encode("utf-8", "replace").lower()


def _present(text: bytes) -> Present:
    """The pieces that rules need and that this text, in lower case, may hold: few lines are looked through for any."""
    return {kind: (*_marked_pieces(kind, text), *_worded_pieces(kind, text)) for kind in KINDS}


def _marked_pieces(kind: Kind, text: bytes) -> Iterator[bytes]:
    """Those that begin with a mark, if any does that stands in the text: marks are rare, and found at once."""
    for mark, rests in _marks(kind):
        if mark in text and any(part.startswith(rests) for part in text.split(mark)[1:]):
            yield from (mark + rest for rest in rests)


def _worded_pieces(kind: Kind, text: bytes) -> Iterator[bytes]:
    for core, pieces in _worded(kind):
        if core in text:
            yield from (piece for piece in pieces if piece in text)


def _holds(line: bytes, pieces: Sequence[bytes]) -> bool:
    for piece in pieces:  # noqa: SIM110 - a third of the time of any(), and asked of every line
        if piece in line:
            return True
    return False


@cache
def _needed(kind: Kind) -> tuple[bytes, ...]:
    """The pieces one of which a line must have; the empty one, which all have, where a rule of a part names none."""
    needs = (rule.needs or ("",) for rule in junk_rules() if _kind(rule) == kind)
    return tuple(dict.fromkeys(piece.encode() for pieces in needs for piece in pieces))


@cache
def _marks(kind: Kind) -> tuple[tuple[bytes, tuple[bytes, ...]], ...]:
    """The marks with which pieces begin, each with what follows it in them."""
    marks = dict.fromkeys(piece[:1] for piece in _needed(kind) if piece and not piece[:1].isalnum())
    return tuple((mark, tuple(one[1:] for one in _needed(kind) if one[:1] == mark)) for mark in marks)


@cache
def _worded(kind: Kind) -> tuple[tuple[bytes, tuple[bytes, ...]], ...]:
    """The other pieces, by a word that some of them share, or else by themselves: most texts have none of a group."""
    pieces = tuple(piece for piece in _needed(kind) if not piece or piece[:1].isalnum())
    shared = Counter(word for piece in pieces for word in set(_words(piece)))
    groups: dict[bytes, list[bytes]] = {}
    for piece in pieces:
        core = max(_words(piece), key=lambda word: (shared[word] > 1, len(word)), default=piece)
        groups.setdefault(core if shared[core] > 1 else piece, []).append(piece)
    return tuple((core, tuple(group)) for core, group in groups.items())


def _words(piece: bytes) -> list[bytes]:
    return re.findall(rb"[a-z]+", piece)


def _kind(rule: JunkRule) -> Kind | None:
    """How a rule is tried; null for those that every line is tried on as a whole."""
    if rule.takes in {"part", "headline"}:
        return cast("Kind", rule.takes)
    return "whole" if rule.needs else None


def _rule(match: re.Match[str]) -> JunkRule:
    """The rule of an alternation that matched."""
    return junk_rules()[int(str(match.lastgroup)[1:])]


@cache
def _whole_lines(word: str) -> re.Pattern[str]:
    """Lines that begin with one of the `_beginnings`, or, for an empty word, with none."""
    return _alternation(_kind(rule) is None and (not rule.begins or word in rule.begins) for rule in junk_rules())


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word for rule in junk_rules() if _kind(rule) is None for word in rule.begins)


@cache
def _needy_lines() -> re.Pattern[str]:
    return _alternation(_kind(rule) == "whole" for rule in junk_rules())


@cache
def _markers() -> re.Pattern[str]:
    return _alternation(rule.takes == "headline" for rule in junk_rules())


@cache
def _parts() -> re.Pattern[str]:
    return _alternation(rule.takes == "part" for rule in junk_rules())


def _alternation(wanted: Iterable[bool]) -> re.Pattern[str]:
    """One expression for many rules; the group that matched is the number of its rule."""
    rules = zip(junk_rules(), wanted, strict=True)
    patterns = [f"(?P<r{number}>{rule.pattern})" for number, (rule, wanted_) in enumerate(rules) if wanted_]
    return re.compile("|".join(patterns), re.IGNORECASE)
