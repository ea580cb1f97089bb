"""Writes the pages of `src/siaga/assets/demo/` from `tools/demo/`: texts by hand, furniture by layout.

Each page stands in `tools/demo/pages/*.txt` as a head of `key: value` lines after `=== slug`, an empty
line, and a paragraph a line. A copy names the page it is `of`; its body may then be edits of that
page's: `drop: 3`, `replace: old => new`, `append: text`. Run again after a change; a test compares.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple

HERE = Path(__file__).parent / "demo"
OUT = Path(__file__).parents[1] / "src/siaga/assets/demo"
PLAIN = frozenset({"text", "notes"})
"""Layouts without markup: as saved from a page, bare or with its head."""
SHOWN_RELATED = 4
"""Headlines in a related list: half of them of other pages, half of no concern."""

Row = Mapping[str, str]


class Source(NamedTuple):
    """A page as written by hand."""

    slug: str
    head: Row
    lines: tuple[str, ...]


def main() -> int:
    """Write pages and manifest anew."""
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("pages/*"):
        old.unlink()
    for path, text in built().items():
        (OUT / path).parent.mkdir(exist_ok=True)
        (OUT / path).write_text(text, "utf-8")
    return 0


def built() -> dict[str, str]:
    """Every file of the archive by its path under `assets/demo/`."""
    sources = {source.slug: source for path in sorted(HERE.glob("pages/*.txt")) for source in parse(path)}
    outlets = {row["key"]: row for row in rows("outlets.csv")}
    ordered = sorted(sources.values(), key=lambda source: (source.head["date"], source.slug))
    files = {f"pages/{name(source, outlets)}": render(source, sources, outlets) for source in ordered}
    return files | {"manifest.csv": manifest(ordered, sources, outlets)}


def parse(path: Path) -> Iterator[Source]:
    """The pages of one file."""
    for block in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n\n")
        slug, *pairs = head.splitlines()
        yield Source(slug.strip(), dict(pair.split(": ", 1) for pair in pairs), tuple(body.split("\n")))


def rows(file: str) -> list[Row]:
    """The rows of a CSV file under `tools/demo/`, without its comments."""
    lines = (HERE / file).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def name(source: Source, outlets: Mapping[str, Row]) -> str:
    """The file name of a page."""
    return f"{source.slug}.{'txt' if outlets[source.head['outlet']]['layout'] in PLAIN else 'html'}"


def manifest(ordered: Iterable[Source], sources: Mapping[str, Source], outlets: Mapping[str, Row]) -> str:
    """What each page is, and of which other page it is a copy."""
    lines = ["# Written by tools/build_demo.py.", "file,outlet,language,published,layout,relation,of"]
    for source in ordered:
        outlet = outlets[source.head["outlet"]]
        origin = name(sources[source.head["of"]], outlets) if "of" in source.head else ""
        lines.append(
            f"{name(source, outlets)},{outlet['name']},{outlet['language']},{source.head['date'][:10]},"
            f"{outlet['layout']},{source.head.get('relation', 'original')},{origin}"
        )
    return "\n".join(lines) + "\n"


def render(source: Source, sources: Mapping[str, Source], outlets: Mapping[str, Row]) -> str:
    """The page as its outlet would show it."""
    outlet = outlets[source.head["outlet"]]
    layout = outlet["layout"]
    words = {row["key"]: row[outlet["language"]] for row in rows("words.csv")}
    paragraphs = body_of(source, sources, outlet)
    titles = related(source, sources, outlets)
    title = title_of(source, sources)
    fields = words | {
        "language": outlet["language"],
        "outlet": outlet["name"],
        "title": title,
        "by": source.head.get("by", outlet["name"]),
        "published": f"{source.head['date']}:00+{int(outlet['zone']):02d}:00",
        "shown_date": shown_date(source, outlet["language"]),
        "url": f"https://{outlet['domain']}/{source.head['date'][:10].replace('-', '/')}/{slug(title)}",
    }
    if layout in PLAIN:
        plain = {"body": ("\n\n" if layout == "notes" else "\n").join(paragraphs), "related": "\n".join(titles)}
        return Template(layout_text(layout)).substitute(fields | plain)
    safe = {key: escape(value) for key, value in fields.items()}
    markup = {
        "jsonld": json_ld(fields),
        "body": marked_up(layout, paragraphs, titles[0], words),
        "related": "\n".join(
            f'<li><a href="#{number}">{escape(title)}</a></li>' for number, title in enumerate(titles)
        ),
    }
    return Template(layout_text(layout)).substitute(safe | markup)


def slug(title: str) -> str:
    """A title as it stands in an address."""
    return "-".join(re.findall("[a-z0-9]+", title.lower()))[:60].rstrip("-")


def layout_text(layout: str) -> str:
    """The template of a layout."""
    return (HERE / "layouts" / f"{layout}.html").read_text("utf-8")


def title_of(source: Source, sources: Mapping[str, Source]) -> str:
    """A page's own title, or that of the page it copies."""
    return source.head.get("title") or title_of(sources[source.head["of"]], sources)


def body_of(source: Source, sources: Mapping[str, Source], outlet: Row) -> list[str]:
    """The paragraphs with what the outlet puts before and after them."""
    lines = paragraphs_of(source, sources)
    lead = "" if source.head.get("lead") == "none" else outlet["lead"]
    credit = [outlet["credit"]] if source.head.get("relation") == "wire" else []
    return [lead + lines[0], *lines[1:], *credit]


def paragraphs_of(source: Source, sources: Mapping[str, Source]) -> list[str]:
    """The paragraphs by hand, or those of the copied page after the edits named."""
    own = [line for line in source.lines if line.strip()]
    if source.head.get("relation") not in {"exact", "near", "wire"} or "of" not in source.head:
        return own
    lines = paragraphs_of(sources[source.head["of"]], sources)
    for edit in own:
        lines = edited(lines, *edit.split(": ", 1))
    return lines


def edited(lines: list[str], verb: str, rest: str) -> list[str]:
    """The paragraphs after one edit.

    Raises:
        ValueError: there is no such edit, or nothing to replace.

    """
    if verb == "drop":
        return [line for number, line in enumerate(lines, 1) if number != int(rest)]
    if verb == "append":
        return [*lines, rest]
    old, new = rest.split(" => ")
    if verb != "replace" or not any(old in line for line in lines):
        raise ValueError(f"can't {verb} {rest!r}")
    return [line.replace(old, new) for line in lines]


def related(source: Source, sources: Mapping[str, Source], outlets: Mapping[str, Row]) -> list[str]:
    """Headlines of older pages in the language, then of no concern; always the same for a page."""
    language = outlets[source.head["outlet"]]["language"]
    older = [
        title_of(other, sources)
        for other in sources.values()
        if other.head["date"] < source.head["date"] and outlets[other.head["outlet"]]["language"] == language
    ]
    idle = [row["title"] for row in rows("junk.csv") if row["language"] == language]
    fresh = [title for title in sorted(set(older)) if title != title_of(source, sources)]
    half = SHOWN_RELATED // 2
    return (shuffled(source.slug, fresh)[:half] + shuffled(source.slug, idle))[:SHOWN_RELATED]


def shuffled(seed: str, titles: Iterable[str]) -> list[str]:
    """The titles in an order that depends on nothing but them and the seed."""
    return sorted(titles, key=lambda title: blake2b((seed + title).encode()).digest())


def marked_up(layout: str, paragraphs: list[str], title: str, words: Row) -> str:
    """Paragraphs in the layout's HTML, with its own junk between them."""
    safe = [escape(line, quote=False) for line in paragraphs]
    if layout == "linebreak":
        return "<br><br>\n".join(safe)
    parts = [f"<p>{line}</p>" for line in safe]
    parts.insert(2, inline_junk(layout, escape(title), words))
    return "\n".join(part for part in parts if part)


def inline_junk(layout: str, title: str, words: Row) -> str:
    """What a layout breaks its text with."""
    return {
        "tabloid": f'<p><strong>{words["read_also"]} <a href="#">{title}</a></strong></p>\n<p>{words["ad"]}</p>',
        "opengraph": f'<div class="inline-related"><span>{words["read_also"]}</span> <a href="#">{title}</a></div>',
        "wordpress": f'<p><strong>{words["read_also"]}</strong> <a href="#">{title}</a></p>',
        "amp": f'<div class="ad"><amp-ad width="300" height="250"></amp-ad>{words["ad"]}</div>',
    }.get(layout, "")


def shown_date(source: Source, language: str) -> str:
    """The date as readers see it on the page."""
    day, time = source.head["date"].split("T")
    year, month, number = (int(part) for part in day.split("-"))
    named = rows("months.csv")[month - 1][language]
    return f"{number} {named} {year}, {time}"


def json_ld(fields: Row) -> str:
    """The page's description for machines."""
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": fields["title"],
        "datePublished": fields["published"],
        "inLanguage": fields["language"],
        "author": {"@type": "Person", "name": fields["by"]},
        "publisher": {"@type": "Organization", "name": fields["outlet"]},
        "mainEntityOfPage": fields["url"],
    }
    return json.dumps(described, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
