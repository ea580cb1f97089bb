"""Markup built to exhaust a parser is refused before it is parsed, and in linear time."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from siaga.base.errors import RejectError
from siaga.collect.prescan import MOST_ATTRIBUTES, MOST_CHARACTERS, MOST_DEPTH, MOST_TAGS, glance, prescan


def refused(markup: str) -> str:
    with pytest.raises(RejectError) as caught:
        prescan(markup)
    return caught.value.code


def test_too_large_too_deep_and_too_many_attributes_have_their_codes() -> None:
    assert refused("<p>" + "a" * MOST_CHARACTERS) == "too_large"
    assert refused("<p>a" * (MOST_TAGS + 1)) == "too_large"
    assert refused("<div>" * (MOST_DEPTH + 1)) == "too_deep"
    assert refused("<p " + " ".join(f"a{n}='x'" for n in range(MOST_ATTRIBUTES + 1)) + ">") == "too_many_attributes"


def test_elements_that_close_themselves_are_not_deep() -> None:
    prescan("<p>Riga<br><li>" * 5000)
    prescan("<div>Riga</div>" * 5000)
    prescan("<svg/>" * 5000)


def test_scripts_and_comments_do_not_count() -> None:
    prescan("<script>" + "for(i=0;i<n;i++)<div>" * 1000 + "</script><!--" + "<div>" * 1000 + "-->")


def test_long_values_are_no_attributes() -> None:
    prescan(f"<p class='{'a ' * 3000}'>Riga</p>")


@pytest.mark.parametrize("piece", ["<", "<!--", "<a", "<a ", "<script>", "</", "<a b='", "<a b=", "< <a"])
def test_markup_that_never_closes_is_scanned_in_linear_time(piece: str) -> None:
    begun = time.process_time()
    with suppress(RejectError):
        prescan(piece * (2_000_000 // len(piece)))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("before", ["", "<script>x = 1</script>", "<style>p{}</style>", "<p title='<script'>", "<div "])
def test_a_tag_of_endless_attributes_is_not_taken_for_a_script(before: str) -> None:
    with pytest.raises(RejectError, match="attributes"):
        glance(f"<html>{before}<b {' '.join(f'a{number}=1' for number in range(9_000))}>")


def test_long_scripts_and_styles_are_let_by() -> None:
    words = "a=1 " * 40_000
    glance(f"<html><p>it's</p><script>x = '<b>' + '{words}</b>'</script><style>p>b{{{words}}}</style>")
