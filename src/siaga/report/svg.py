"""Drawings as SVG: marks and words on a plane, nothing that runs or is fetched; every word is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["Point", "area", "circle", "drawing", "label", "line", "path", "rectangle"]

Point = tuple[float, float]
"""Right and down, in pixels."""


def drawing(size: tuple[int, int], title: str, marks: Iterable[str]) -> str:
    """A drawing of this width and height, with a title for those who can't see it."""
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="sans-serif" font-size="12"><title>{escape(title)}</title>{"".join(marks)}</svg>'
    )


def line(start: Point, end: Point, colour: str, *, dashed: bool = False) -> str:
    """A straight line."""
    dashes = ' stroke-dasharray="4 4"' if dashed else ""
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{escape(colour)}"{dashes}/>'


def path(points: Sequence[Point], colour: str) -> str:
    """A line through points; a lone one is no line."""
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{places}" fill="none" stroke="{escape(colour)}" stroke-width="1.5"/>'


def circle(centre: Point, radius: float, colour: str, title: str) -> str:
    """A dot that tells more when it is pointed at."""
    x, y = centre
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{escape(colour)}" fill-opacity=".7">'
        f"<title>{escape(title)}</title></circle>"
    )


def rectangle(corner: Point, size: Point, colour: str, title: str) -> str:
    """A box that tells more when it is pointed at."""
    (x, y), (width, height) = corner, size
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" '
        f'fill="{escape(colour)}"><title>{escape(title)}</title></rect>'
    )


def area(points: Sequence[Point], colour: str) -> str:
    """What lies within a line through points that ends where it began."""
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{places}" fill="{escape(colour)}"/>'


def label(place: Point, words: str, *, anchor: str = "start", colour: str = "#333") -> str:
    """Words at a place: `start`, `middle` or `end` says which part of them lies there."""
    x, y = place
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{escape(colour)}">{escape(words)}</text>'
