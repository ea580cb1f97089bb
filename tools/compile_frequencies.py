"""Compile `assets/link/frequencies.csv`: in how many articles of a sample words, names and acts stand.

    python -m tools.compile_frequencies READ.jsonl ...

READ.jsonl is what `siaga read --format jsonl` gives. Only counts are kept; nothing of a text but its commoner words.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from siaga.base.document import Reading
from siaga.link.rarity import LEAST, SAMPLE
from siaga.link.traits import SURE_ENOUGH, _acts, _counts, _places

TARGET = Path(__file__).parents[1] / "src/siaga/assets/link/frequencies.csv"
HEADER = "# In how many articles of a sample of news a term stands. By tools/compile_frequencies.py: do not edit.\n"


def main() -> None:
    """Write the file."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for path in sys.argv[1:]:
        with Path(path).open("rb") as lines:
            for line in lines:
                counts.update(set(terms(Reading.from_json(line))))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        sheet = csv.writer(file, lineterminator="\n")
        sheet.writerow(("kind", "language", "term", "articles"))
        for (kind, language, term), count in sorted(counts.items()):
            if count >= LEAST or term == SAMPLE:
                sheet.writerow((kind, language, term, count))


def terms(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Every term of an article."""
    article = reading.article
    language, text = article.language or "", f"{article.title or ''}\n{article.text}"
    events = tuple(one for one in (*reading.title_events, *reading.events) if one.confidence >= SURE_ENOUGH)
    yield from (("word", language, SAMPLE), ("name", "", SAMPLE), ("act", "", SAMPLE))
    words, names = _counts("", text)
    yield from (("word", language, word) for word in words.elements())
    yield from (("name", "", name) for name in names.elements())
    yield from (("act", "", act) for act in (*_acts(events), *_places(events)))


if __name__ == "__main__":
    main()
