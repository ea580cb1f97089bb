"""Boxes of junk go before the main text is looked for; what stands beside it is listed."""

from __future__ import annotations

import pytest

from siaga.base.errors import RejectError
from siaga.collect.content import content, parse

PARAGRAPHS = [f"Menteri mengatakan rapat ke-{number} digelar di Riga untuk membahas perbatasan." for number in range(5)]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def test_the_main_text_is_its_paragraphs() -> None:
    found = content(parse(f"<html><body><nav><ul><li>Beranda</li></ul></nav><article>{BODY}</article></body></html>"))
    assert list(found.lines) == PARAGRAPHS
    assert found.left == ("Beranda",)


def test_boxes_inside_boxes_are_dropped_once() -> None:
    box = "<div class='terkait' id='related'><p class='terkait'>Artikel Terkait</p><p>Harga Naik</p></div> lalu"
    found = content(parse(f"<html><body><article>{BODY}{box}</article></body></html>"))
    assert [(block.text, block.reason) for block in found.dropped] == [("Artikel Terkait Harga Naik", "related-list")]


def test_a_box_that_is_the_page_is_kept() -> None:
    assert list(content(parse(f"<html><body class='related'>{BODY}</body></html>")).lines) == PARAGRAPHS


def test_a_page_too_short_to_have_a_main_text_is_its_paragraphs() -> None:
    assert content(parse("<html><body><p>Riga.</p></body></html>")).lines == ("Riga.",)


@pytest.mark.parametrize(
    "sign", ["\x03", "\x1f", "\ufffe", "&#3;", "&#00031", "&#x1F;", "&#xffff;", "&#3a", "&#65534;"]
)
def test_a_tree_may_be_written_to_whatever_signs_the_page_holds(sign: str) -> None:
    tree = parse(f"<html><body><p>Riga<script>x</script>{sign} rest</p></body></html>")
    for script in tree.findall(".//script"):
        script.drop_tree()  # writes what follows it anew
    assert "rest" in tree.text_content()


def test_other_signs_given_by_number_stay() -> None:
    assert parse("<p>&#65;&#x42;&#9;&#233;&#38;#3;</p>").text_content() == "AB\té&#3;"


@pytest.mark.parametrize("markup", ["", "<!-- -->", "<?xml version='1.0' encoding='utf-8'?>", "\x00"])
def test_markup_without_an_element_is_a_reject(markup: str) -> None:
    with pytest.raises(RejectError) as caught:
        parse(markup)
    assert caught.value.code == "no_text"
