"""How many of the gold parties the mentions of a sentence (or the setting) give, and how fast.

Usage: python -m bench.actors_recall GOLD_FOLDER [--misses N]

Articles come from `<language>_{train,dev}.articles.jsonl`; sentence bounds are those of the gold.
"""

from __future__ import annotations

import argparse
import bisect
import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from siaga.base.article import Article
from siaga.base.document import Document, Mention, Sentence
from siaga.extract.actor_tables import load_actors
from siaga.extract.actors import Mentions
from siaga.extract.tokens import tokenise


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--misses", type=int, default=25)
    options = parser.parse_args()
    for language in ("id", "en"):
        begun = time.process_time()
        load_actors(language)
        print(f"{language}: tables loaded in {time.process_time() - begun:.3f} s")
        _measure(options.gold, language, options.misses)


def _measure(folder: Path, language: str, most: int) -> None:
    counts: Counter[str] = Counter()
    misses: Counter[str] = Counter()
    seconds = 0.0
    for part in ("train", "dev"):
        for gold, document in _documents(folder, language, part):
            begun = time.process_time()
            read = Mentions()(document)
            seconds += time.process_time() - begun
            _count(gold, read, counts, misses)
    total = max(1, counts["codes"])
    print(
        f"{language}: codes {counts['codes']}  in the sentence {counts['sentence'] / total:.3f}"
        f"  or setting {counts['setting'] / total:.3f}  or sentence before {counts['before'] / total:.3f}"
        f"  or any before {counts['earlier'] / total:.3f}"
        f"  codes a sentence {counts['found'] / max(1, counts['sentences']):.2f}"
        f"  ms a sentence {1000 * seconds / max(1, counts['sentences']):.3f}"
    )
    for example, number in misses.most_common(most):
        print(f"   {number:3} {example}")


def _documents(folder: Path, language: str, part: str) -> Iterator[tuple[dict[str, Any], Document]]:
    articles = {}
    for line in (folder / f"{language}_{part}.articles.jsonl").read_text("utf-8").splitlines():
        article = json.loads(line)
        articles[article["id"]] = article
    for gold in json.loads((folder / f"{language}_{part}.gold.json").read_text("utf-8")):
        yield gold, _document(articles[gold["doc"]], gold, language)


def _document(article: dict[str, Any], gold: dict[str, Any], language: str) -> Document:
    tokens = tokenise(article["text"])
    sentences = []
    for sentence in gold["sentences"]:
        first = bisect.bisect_left(tokens.starts, sentence["start"])
        last = bisect.bisect_left(tokens.starts, sentence["end"])
        sentences.append(Sentence(start=sentence["start"], end=sentence["end"], first=first, last=last))
    record = Article(
        id=article["id"],
        text=article["text"],
        title=article.get("title"),
        language=language,
        published=article.get("date"),
    )
    return Document(article=record, tokens=tokens, sentences=tuple(sentences))


def _count(gold: dict[str, Any], read: Document, counts: Counter[str], misses: Counter[str]) -> None:
    before: set[str] = set()
    earlier: set[str] = set()
    for sentence, bounds in zip(gold["sentences"], read.sentences, strict=True):
        here = {mention.code for mention in _within(read.mentions, bounds) if mention.code}
        counts["sentences"] += 1
        counts["found"] += len(here)
        for event in sentence["events"]:
            for code in set(event["actors"]) | set(event["recipients"]) - {"?"}:
                if code == "?":
                    continue
                counts["codes"] += 1
                counts["sentence"] += code in here
                counts["setting"] += code in here or code in {read.setting, "CVL"}
                counts["before"] += code in here | before or code in {read.setting, "CVL"}
                counts["earlier"] += code in here | earlier or code in {read.setting, "CVL"}
                if code not in here | earlier and code not in {read.setting, "CVL"}:
                    misses[f"{code} {gold['doc']} {sentence['text'][:170]}"] += 1
        before = here
        earlier |= here


def _within(mentions: tuple[Mention, ...], sentence: Sentence) -> Iterator[Mention]:
    return (mention for mention in mentions if sentence.start <= mention.start < sentence.end)


if __name__ == "__main__":
    main()
