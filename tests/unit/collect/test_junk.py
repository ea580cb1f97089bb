"""Junk between, around and inside the paragraphs is dropped with its reason; what may be body text stays."""

from __future__ import annotations

import time

import pytest

from siaga.collect.junk import sift

BODY = (
    "Para menteri bertemu di Riga pada Selasa untuk membahas perbatasan.",
    "Ministers said on Tuesday that the plan was ready, and that troops would stay.",
    "Rapat itu ditutup tanpa pernyataan bersama.",
)
HEADLINES = (
    "Harga Cabai di Pasar Induk Kembali Naik Jelang Lebaran",
    "Klub Ibu Kota Rekrut Penyerang Asal Brasil Musim Depan",
    "Gubernur Resmikan Jembatan Baru di Kota Pelabuhan",
    "Penyanyi Senior Umumkan Tur Perpisahan Tahun Ini",
)


def reasons(*lines: str) -> list[str]:
    """Reasons of the lines dropped from between body paragraphs; the body itself must stay."""
    found = sift([BODY[0], *lines, *BODY[1:]])
    assert found.kept[0] == BODY[0]
    assert found.kept[-2:] == BODY[1:]
    return [block.reason for block in found.dropped]


def test_a_page_without_junk_stays_whole() -> None:
    assert sift(BODY) == (BODY, ())


def test_a_list_goes_with_its_heading_in_both_languages() -> None:
    for heading in ("Artikel Terkait", "BERITA TERKAIT:", "Related", "Top stories"):
        found = sift([*BODY, heading, *HEADLINES])
        assert found.kept == BODY
        assert [block.text for block in found.dropped] == [heading, *HEADLINES]
        assert {block.reason for block in found.dropped} == {"related-list"}


def test_a_list_that_ends_the_page_goes_without_a_heading() -> None:
    found = sift([*BODY, *HEADLINES])
    assert found.kept == BODY
    assert {block.reason for block in found.dropped} == {"related-list"}


def test_a_list_inside_the_article_stops_at_the_next_paragraph() -> None:
    assert reasons("Artikel Terkait", *HEADLINES[:2]) == ["related-list"] * 3


def test_names_numbers_and_bullets_at_the_end_are_kept() -> None:
    for tail in (
        ["Budi Santoso", "Siti Rahma", "Agus Wijaya"],
        ["1. Kota Tua Jakarta Barat", "2. Pelabuhan Sunda Kelapa", "3. Museum Nasional Indonesia"],
        ["- Pasukan Kedua Batalion Barat Tiba", "- Pasukan Ketiga Batalion Timur Tiba", "- Pasukan Keempat Tiba Juga"],
        [
            "June 9 – Northern Hall, Riga, Latvia Tour",
            "June 10 – Southern Hall, Kyiv, Ukraine Tour",
            "June 11 – Tour End Hall, Oslo",
        ],
    ):
        assert sift([*BODY, *tail]).kept == (*BODY, *tail)


def test_a_page_that_is_all_headlines_is_kept() -> None:
    assert sift(HEADLINES).kept == HEADLINES


def test_each_kind_of_junk_has_its_reason() -> None:
    assert reasons("Baca juga: Harga Cabai Kembali Naik") == ["read-also"]
    assert reasons("Baca juga:", HEADLINES[0]) == ["read-also", "read-also"]
    assert reasons("Also read | Prices Rise Again") == ["read-also"]
    assert reasons("SCROLL TO CONTINUE WITH CONTENT", "ADVERTISEMENT") == ["advertisement"] * 2
    assert reasons("FILE PHOTO. © Kabar / R. Wulandari", "(rdp/imk)", "Sumber: Antara") == ["credit"] * 3
    assert reasons("Ikuti kami di Google News", "Sign up for our daily newsletter") == ["promo"] * 2
    assert reasons("Halaman 1 2 3", "Next page") == ["paging"] * 2
    assert reasons("Simak Video 'Menlu Tiba di Riga':", "Video: Menlu Tiba di Riga") == ["teaser"] * 2
    assert reasons("facebook twitter whatsapp copy link", "Beranda") == ["navigation"] * 2


def test_an_insert_inside_a_paragraph_goes_alone() -> None:
    found = sift(["Pasukan ditarik (baca juga: Moskow Tarik Pasukan) dari perbatasan pada Senin. (rdp/imk)"])
    assert found.kept == ("Pasukan ditarik dari perbatasan pada Senin.",)
    assert [block.reason for block in found.dropped] == ["read-also", "credit"]


def test_prefixes_and_datelines_stay() -> None:
    lines = tuple(
        f"{prefix} {BODY[0]}" for prefix in ("UmatPost -", "Liputan6.com, Tel Aviv -", "Jakarta, CNN Indonesia --")
    )
    assert sift(lines).kept == lines


def test_sentences_that_start_like_junk_stay() -> None:
    lines = (
        "Baca surat itu baik-baik, kata juru bicara kepada wartawan.",
        "Sources said the troops had left the town on Monday.",
        "Video yang beredar menunjukkan kendaraan lapis baja.",
        "Share prices fell after the attack on the port.",
        "Next week the ministers meet in Riga.",
    )
    assert sift(lines).kept == lines


def test_a_headline_glued_into_a_paragraph_goes_alone() -> None:
    found = sift(
        ["Rapat ditutup.Baca Juga: Harga Cabai di Pasar Induk NaikMenteri mengatakan rapat selesai. Ia pergi."]
    )
    assert found.kept == ("Rapat ditutup. Menteri mengatakan rapat selesai. Ia pergi.",)
    assert found.dropped[0].text == "Baca Juga: Harga Cabai di Pasar Induk Naik"


def test_a_glued_headline_without_a_plain_end_stays() -> None:
    lines = ("Rapat ditutup. Baca Juga: Harga Cabai di Pasar Induk Naik Menteri Perdagangan mengatakan rapat selesai.",)
    assert sift(lines).kept == lines


def test_many_lines_of_junk_are_sifted_in_linear_time() -> None:
    begun = time.process_time()
    sift(["(ab/cd)"] * 30_000 + ["Related"] * 30_000)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "piece", ["icon ", "share-", "1 ", "(ab/", "a ", "© ", "- ", ". ", "Baca juga: ", "((", "A-a ", "read: "]
)
def test_hostile_lines_are_matched_in_linear_time(piece: str) -> None:
    begun = time.process_time()
    sift([piece * (490 // len(piece)) + "x"] * 200)
    sift([piece * (200_000 // len(piece)) + "x"])
    assert time.process_time() - begun < 5


def test_a_headline_may_ask_or_be_quoted() -> None:
    asking = (
        "Kenapa Harga Cabai Kembali Naik Jelang Lebaran?",
        'Gubernur Kota Pelabuhan: "Siapa Bilang Jembatan Ambruk?"',
    )
    assert sift([*BODY, *BODY, *asking, *HEADLINES, asking[0]]).kept == (*BODY, *BODY)
    assert sift([*BODY, "Artikel Terkait", *asking, *HEADLINES]).kept == BODY
