"""Keys are shared by what derives from one text, and by little else."""

from __future__ import annotations

import subprocess
import sys

from siaga.base.article import Article
from siaga.link.sketch import MOST_RUNS, MOST_TOGETHER, sketch
from siaga.link.words import anchors, tokens
from tests.unit.link.pages import copies, page

STORY = "Menteri Sugiono bertemu Dubes Boroujerdi di Jakarta. Sebanyak 580 WNI dan Bupati Hasan menunggu di Teheran."


def shared(a: Article, b: Article) -> int:
    return len({*sketch(a).keys} & {*sketch(b).keys})


def test_every_copy_of_the_demo_archive_shares_keys_with_its_original() -> None:
    assert [file for _, file, of in copies() if shared(page(file), page(of)) < 2] == []


def test_a_sketch_is_small_however_long_the_article() -> None:
    long = Article(id="long", text=" ".join(page(of).text for _, _, of in copies()))
    assert len(sketch(long).keys) <= MOST_RUNS + MOST_TOGETHER


def test_an_exact_copy_has_the_same_digest_whatever_its_marks_and_letters() -> None:
    loud = Article(id="loud", text=STORY.upper().replace(".", " !"))
    assert sketch(loud).digest == sketch(Article(id="plain", text=STORY)).digest
    assert sketch(Article(id="other", text=STORY[:-10])).digest != sketch(loud).digest


def test_a_text_cut_in_half_keeps_a_good_part_of_its_keys() -> None:
    article = page("2021-06-16-geneva-summit.html")
    assert shared(article, article.replace(text=article.text[: len(article.text) // 2])) >= 8


def test_names_and_figures_are_found_in_sentences_and_known_names_in_every_language() -> None:
    found = anchors(tokens("Pada Kamis Sugiono ke Amerika Serikat. On Thursday Mr Sugiono met 1,481 men of the US."))
    assert found == (("=day4", "sugiono", "=USA"), ("=day4", "mr", "sugiono", "1481", "=USA"))


def test_an_article_without_words_has_a_sketch() -> None:
    assert sketch(Article(id="empty", text="?!")).keys == ()


def test_a_sketch_is_the_same_in_every_process() -> None:
    code = (
        "import sys; from siaga.link.sketch import sketch; from siaga.base.article import Article; "
        "print(sketch(Article(id='a', text=sys.argv[1])).digest)"
    )
    seeds = ("1", "2")
    found = {
        subprocess.run([sys.executable, "-c", code, STORY], env={"PYTHONHASHSEED": seed}, capture_output=True,
                       text=True, check=True).stdout.strip()
        for seed in seeds
    }  # fmt: skip
    assert found == {str(sketch(Article(id="a", text=STORY)).digest)}
