"""Numbers in the text format of Prometheus, version 0.0.4
(https://prometheus.io/docs/instrumenting/exposition_formats/).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

__all__ = ["MEDIA_TYPE", "Family", "Sample", "exposition"]

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Sample(NamedTuple):
    """A number, by what it is told apart."""

    value: float
    labels: Mapping[str, str] = {}
    suffix: str = ""
    """After the name: `_bucket`, `_sum`, `_count` of a histogram."""


class Family(NamedTuple):
    """Numbers of one name."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    about: str
    samples: tuple[Sample, ...]


def exposition(families: Iterable[Family]) -> str:
    """The text.

    >>> print(exposition([Family("siaga_articles", "gauge", "Stored.", (Sample(3),))]), end="")
    # HELP siaga_articles Stored.
    # TYPE siaga_articles gauge
    siaga_articles 3
    """
    return "".join(f"{line}\n" for family in families for line in _lines(family))


def _lines(family: Family) -> Iterator[str]:
    yield f"# HELP {family.name} {_escaped(family.about)}"
    yield f"# TYPE {family.name} {family.kind}"
    for one in family.samples:
        labels = ",".join(f'{name}="{_quoted(value)}"' for name, value in one.labels.items())
        yield f"{family.name}{one.suffix}{f'{{{labels}}}' if labels else ''} {one.value:.15g}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', r"\"")
