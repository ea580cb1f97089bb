"""Paragraphs that were broken at their links are put together again; whole ones are left alone."""

from __future__ import annotations

import time

from siaga.collect.mend import mend


def test_a_dateline_is_put_before_its_sentence() -> None:
    assert mend(["Jakarta", "-", "Menteri tiba."]) == ("Jakarta - Menteri tiba.",)
    assert mend(["JAKARTA, KABAR.com", "- Menteri tiba."]) == ("JAKARTA, KABAR.com - Menteri tiba.",)


def test_links_inside_sentences_are_joined() -> None:
    pieces = ["Pengacara", "Budi Santoso", ",", "Siti Rahma", "meminta (", "kliennya", ") bebas.", "Hakim menolak."]
    assert mend(pieces) == ("Pengacara Budi Santoso, Siti Rahma meminta (kliennya) bebas.", "Hakim menolak.")


def test_a_page_that_is_whole_keeps_its_headings_and_lists() -> None:
    lines = (
        "Dampak Ekonomi",
        "Harga naik sejak Senin, kata menteri.",
        "Berikut daftarnya:",
        "a. beras",
        "- Gula pasir",
        "1. Minyak",
        "https://kabar.example/a",
        "Kami siap,",
        "Katanya lagi.",
    )
    assert mend(lines) == lines


def test_nothing_is_lost() -> None:
    pieces = ["Riga", "👩‍👧 memanas", "dan", "Kyiv", ", kata", "NATO.", "Selesai"]
    assert "".join("".join(mend(pieces)).split()) == "".join("".join(pieces).split())


def test_no_lines_give_none() -> None:
    assert mend([]) == ()


def test_many_pieces_are_put_together_in_linear_time() -> None:
    begun = time.process_time()
    mend(["a", ","] * 100_000)
    assert time.process_time() - begun < 5
