"""The group that an outlet belongs to is known by its name, by its address, and from the files of a workspace."""

from __future__ import annotations

from siaga.base.article import Article
from siaga.base.source import Source
from siaga.collect.owners import owner_known, owners_with


def article(source: str | None, url: str | None = None) -> Article:
    return Article(id="1", source=source, url=url, text="Riga")


def test_an_outlet_is_known_by_any_of_its_names_and_by_its_address() -> None:
    assert owner_known(article("detikcom")) == owner_known(article("Detik.com")) == "CT Corp"
    assert owner_known(article("CNN Indonesia")) == "CT Corp"
    assert owner_known(article("CNN")) != "CT Corp"
    assert owner_known(article(None, "https://news.detik.com/berita/d-1/rapat")) == "CT Corp"
    assert owner_known(article("Antara News")) == owner_known(article("Antara")) is not None


def test_an_outlet_that_nobody_knows_has_no_owner() -> None:
    assert owner_known(article("Kanal Sawala")) is None
    assert owner_known(article(None, "http://[broken")) is None
    assert owner_known(article(None)) is None


def test_what_a_workspace_says_of_its_sources_is_over_the_catalogue() -> None:
    mine = Source(id="sawala", name="Kanal Sawala", home="https://sawala.example/", owner="Grup Sawala")
    other = Source(id="detikcom", name="detikcom", owner="Grup Lain")
    owner_of = owners_with([mine, other])
    assert owner_of(article("Kanal Sawala")) == "Grup Sawala"
    assert owner_of(article("Suara", "https://www.sawala.example/a")) == "Grup Sawala"
    assert owner_of(article("detikcom")) == "Grup Lain"
    assert owner_of(article("CNN Indonesia")) == "CT Corp"
