"""The reader finds what PETRARCH2's own test sentences tell of."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from bench.petrarch import FILE, Coded, misses, pair_recall, read, sentences, type_recall

FLOORS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["petrarch"]
BROKEN = """<Sentence category="AFP" date="121108" id="AFP1_2" evaluate="true"/>
<EventCoding eventcode="1832" sourcecode="SYRREB" targetcode="---" />
<EventCoding eventcode="013" sourcecode="USA" targetcode="IGOUNO" />
<Text>
He called it`` unacceptable'' in
Riga.
</Text></Sentence>
</Sentences>"""


def test_the_types_and_pairs_of_countries_of_petrarch_are_found(shared: Path) -> None:
    found = read(shared / FILE)
    assert len(found) == FLOORS["sentences"]
    assert type_recall(found).share >= FLOORS["type_recall"]
    assert pair_recall(found).share >= FLOORS["both_countries"]
    lost = type_recall(found).of - type_recall(found).hit
    assert sum(line.startswith("type") for line in misses(found)) >= lost


def test_its_file_is_read_though_its_elements_are_closed_twice() -> None:
    [sentence] = sentences(BROKEN)
    assert (sentence.id, sentence.day) == ("AFP1_2", "2012-11-08")
    assert sentence.text == 'He called it "unacceptable" in Riga.'
    assert sentence.events == (Coded("ASSAULT", "SYR", None),)
