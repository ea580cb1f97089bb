"""Words that point back ("negara itu", "the group", "he") and the mentions they mean."""

from __future__ import annotations

from collections.abc import Sequence

from siaga.base.document import Mention
from siaga.extract.actor_tables import Actors, Entry, is_country

__all__ = ["resolve"]

REACH = 24
"""Mentions looked back over; an antecedent further off is rarely meant."""
MEDIA = "MEDIA"
"""Code of news media, which are named as sources, not as "the alliance"."""
LOOSE = frozenset({"ARAB_COUNTRIES", "EUROPE", "GULF_STATES", "WEST"})
"""Codes of countries spoken of together, which are no body that "the alliance" or "the bloc" could mean."""


def resolve(
    entry: Entry, mentions: Sequence[Mention], spoken_of: Mention | None, actors: Actors
) -> tuple[Mention, ...]:
    """The mentions that a reference means: none where nothing before it suits, two for "both countries".

    `spoken_of`: the person whom "he" or "she" means here.
    """
    recent = tuple(reversed(mentions[-REACH:]))
    if entry.kind == "person":
        return (spoken_of,) if spoken_of is not None else ()
    if entry.kind == "generic":
        return tuple(mention for mention in recent if mention.kind != "person" and not mention.capital)[:1]
    found: dict[str, Mention] = {}
    for mention in sorted(recent, key=lambda mention: mention.capital):
        if mention.code is not None and _suits(mention, entry):
            found.setdefault(mention.code, _impersonal(mention, entry, actors))
        if len(found) == int(entry.key or 1):
            return tuple(found.values())
    return ()


def _suits(mention: Mention, entry: Entry) -> bool:
    """Whether a mention can be meant: a person also stands for what he leads."""
    if entry.kind == "country":
        return mention.kind in {"country", "person"} and is_country(mention.code or "")
    if mention.kind == "person":
        return entry.kind == "group" and mention.sector == "REB"
    return mention.kind == entry.kind and mention.code != MEDIA and mention.code not in LOOSE


def _impersonal(mention: Mention, entry: Entry, actors: Actors) -> Mention:
    """The country or group itself, not the person or force it was met as."""
    if entry.kind == "country":
        name = actors.country_names.get(mention.code or "", mention.name)
        return mention.replace(kind="country", name=name, sector="GOV", office=None, organisation=None)
    if mention.kind == "person":
        name = mention.organisation or mention.name
        return mention.replace(kind=entry.kind, name=name, office=None, organisation=None)
    return mention
