"""Whom the outlet of an article belongs to: outlets of one group are one independent source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from urllib.parse import urlsplit

from siaga.base.article import Article
from siaga.base.source import Source
from siaga.collect.sources import Outlet, catalogued, outlet_of

__all__ = ["OwnerOf", "owner_known", "owners_with"]

OwnerOf = Callable[[Article], str | None]
"""The group that the outlet of an article belongs to; null where it is not known."""


def owner_known(article: Article) -> str | None:
    """The group that the catalogue has for the outlet of an article, by its name, else by the host of its address.

    >>> owner_known(Article(id="1", source="CNN Indonesia", text="Riga"))
    'CT Corp'
    """
    return _owner(article, _names_of_catalogue())


def owners_with(sources: Iterable[Source]) -> OwnerOf:
    """The same, with what the files of a workspace say of their sources over the catalogue."""
    own = tuple(sources)
    names = {**_names_of_catalogue(), **dict(_own_names(own))}
    hosts = {host: one.owner for one in own if one.owner for host in _hosts(one)}
    return lambda article: hosts.get(_host(article.url)) or _owner(article, names)


def _owner(article: Article, names: Mapping[str, str | None]) -> str | None:
    by_name = names.get(_key(article.source or ""))
    outlet = outlet_of(_host(article.url)) if by_name is None else None
    return by_name or (outlet.owner if outlet else None)


@cache
def _names_of_catalogue() -> Mapping[str, str | None]:
    """The owner by each name of an outlet; null for a name that outlets of several owners bear."""
    found: dict[str, str | None] = {}
    for outlet in catalogued():
        for name in _names(outlet) if outlet.owner else ():
            found[name] = outlet.owner if found.get(name, outlet.owner) == outlet.owner else None
    return found


def _names(outlet: Outlet) -> frozenset[str]:
    """The names of an outlet; the one that quotes of it have, where that isn't a brand that other groups share."""
    own, quoted = _key(outlet.name), _key(outlet.media or "")
    return frozenset({_key(outlet.id), own, _key(outlet.host), quoted if quoted.startswith(own) else own})


def _own_names(sources: Iterable[Source]) -> Iterator[tuple[str, str]]:
    for source in sources:
        if source.owner:
            yield from ((_key(name), source.owner) for name in (source.id, source.name))


def _hosts(source: Source) -> frozenset[str]:
    addresses = (source.home, *source.feeds, *source.sitemaps, *source.sections)
    return frozenset(_host(address) for address in addresses) - {""}


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # not an address
        return ""


def _key(name: str) -> str:
    """A name without what outlets write differently: "detikcom", "Detik.com"."""
    return "".join(filter(str.isalnum, name.casefold().removeprefix("www.")))
