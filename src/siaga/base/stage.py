"""The two protocols of the pipeline. Executors live outside: the same stages run in any of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from siaga.base.document import Document, Layer
from siaga.base.errors import LineupError

__all__ = ["Annotator", "Stage", "check_lineup"]

A_contra = TypeVar("A_contra", contravariant=True)
B_co = TypeVar("B_co", covariant=True)


class Stage(Protocol[A_contra, B_co]):
    """Takes an iterable, gives an iterator, lazily."""

    def __call__(self, things: Iterable[A_contra], /) -> Iterator[B_co]: ...


class Annotator(Protocol):
    """Takes a document and gives a new one with more layers. Pure: no network, database or clock."""

    @property
    def needs(self) -> frozenset[Layer]: ...

    @property
    def gives(self) -> frozenset[Layer]: ...

    def __call__(self, document: Document, /) -> Document: ...


def check_lineup(annotators: Sequence[Annotator]) -> None:
    """Make sure that each annotator's layers are given before it.

    Raises:
        LineupError: one needs a layer that none before it gives.

    """
    given: frozenset[Layer] = frozenset()
    for annotator in annotators:
        if missing := annotator.needs - given:
            name = type(annotator).__name__
            raise LineupError(f"{name} needs {', '.join(sorted(missing))}, which nothing before it gives")
        given |= annotator.gives
