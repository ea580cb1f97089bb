"""`siaga.Workspace`: its examples run, and what it gives is what the commands give."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest

import siaga
from siaga.base.errors import GivenError, PanelError, WorkspaceError
from siaga.base.record import Record
from siaga.serve import conditions, library
from siaga.serve.claimed import ClaimQuestion
from siaga.store.analysis import Selection
from siaga.store.browse import ArticleQuestion, IncidentQuestion, QuoteQuestion
from siaga.store.stories import StoryQuestion
from siaga.store.workspace import Workspace

ROOT = Path(__file__).parents[2]
FINDER = doctest.DocTestFinder(exclude_empty=True)
EXAMPLES = [one for one in FINDER.find(library, "library") if one.examples]


@pytest.fixture(scope="module")
def work(demo: Workspace) -> siaga.Workspace:
    opened = siaga.Workspace(demo.folder)
    opened.link()  # claims, too
    return opened


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_the_examples_run(work: siaga.Workspace, tmp_path: Path, example: doctest.DocTest) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Rusia menyerang Ukraina pada Senin (22/11/2021), kata NATO.", "utf-8")
    example.globs |= {"workspace": work, "folder": tmp_path / "new", "page": page}
    told: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example, out=told.append, clear_globs=False)
    assert not told, "".join(told)


def test_every_public_method_says_what_it_gives_and_those_that_ask_have_an_example() -> None:
    methods = {name: one for name, one in vars(siaga.Workspace).items() if callable(one) and name[0] != "_"}
    assert len(methods) > 10
    assert all(one.__doc__ for one in methods.values())
    with_examples = {one.name.rpartition(".")[2] for one in EXAMPLES}
    assert {name for name in methods if name not in with_examples} == {"save", "take", "link", "article", "story"}


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (conditions.EventConditions, Selection),
        (conditions.ArticleConditions, ArticleQuestion),
        (conditions.QuoteConditions, QuoteQuestion),
        (conditions.StoryConditions, StoryQuestion),
        (conditions.IncidentConditions, IncidentQuestion),
        (conditions.ClaimConditions, ClaimQuestion),
    ],
)
def test_the_conditions_are_the_fields_of_the_question(given: type, kind: type[Record]) -> None:
    assert get_type_hints(given).keys() == get_type_hints(kind).keys()


def test_the_package_loads_nothing_until_the_workspace_is_asked_for() -> None:
    probe = "import siaga, sys; assert 'msgspec' not in sys.modules; siaga.Workspace; assert 'duckdb' in sys.modules"
    subprocess.run([sys.executable, "-c", probe], check=True)
    with pytest.raises(AttributeError):
        siaga.Nothing  # type: ignore[attr-defined]  # noqa: B018 - that is the test


def test_names_and_codes_days_and_dates_one_word_or_several_mean_the_same(work: siaga.Workspace) -> None:
    by_code = work.events(actors=("RUS",), since="2022-02-10", until="2022-02-20")
    by_name = work.events(actors="Rusia", since=date(2022, 2, 10), until=date(2022, 2, 20))
    assert by_code == by_name != ()
    assert {party.code for one in by_code for party in one.event.actors} >= {"RUS"}


def test_the_order_is_that_of_the_commands_and_nothing_is_capped(work: siaga.Workspace) -> None:
    every = work.events()
    assert len(every) == sum(one.events for one in work.count("type"))
    heads = work.articles()
    days = [(one.published or "")[:10] for one in heads]
    assert days == sorted(days, reverse=True)
    assert len({one.id for one in heads}) == len(heads)
    assert len(work.quotes()) == sum(len(reading.quotes) for one in heads if (reading := work.article(one.id)))


def test_what_is_not_known_is_told_with_what_is_near(work: siaga.Workspace) -> None:
    for asked, told in (
        ({"actors": "Rusiaa"}, "Did you mean RUS"),
        ({"actor": "RUS"}, "Did you mean actors"),
        ({"types": "ATTACK"}, "types"),
        ({"least_confidence": "high"}, "float"),
    ):
        with pytest.raises(GivenError, match=told):
            work.events(**asked)  # type: ignore[arg-type]  # that is the test
    with pytest.raises(PanelError, match="nothing is stored of MNG"):
        work.series("MNG")


def test_where_there_is_no_workspace_it_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="siaga init"):
        siaga.Workspace(tmp_path / "nowhere")


def test_an_article_is_taken_once_and_what_is_none_is_refused(tmp_path: Path) -> None:
    work = siaga.Workspace.init(tmp_path / "new")
    text = "Rusia menyerang Ukraina pada Senin (22/11/2021), kata NATO kepada AFP."
    first, again = (work.take(text, title="Serangan", date="2021-11-22", lang="id") for _ in range(2))
    assert (first.known, again.known) == (False, True)
    assert first.reading == again.reading
    page = tmp_path / "page.txt"
    page.write_text("Warta - NATO menuduh Rusia, Selasa (23/11/2021). Rusia membantah tuduhan itu.", "utf-8")
    assert (work.save(page).articles, work.save(page).known) == (1, 1)
    with pytest.raises(GivenError):
        work.take("")
    with pytest.raises(GivenError, match="no such condition"):
        work.take(text, author="?")


def test_the_notebook_runs_from_its_first_cell_to_its_last(capsys: pytest.CaptureFixture[str]) -> None:
    cells = json.loads((ROOT / "docs/notebook.ipynb").read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    known: dict[str, object] = {}
    for text in code:
        exec(compile(text, "notebook", "exec"), known)  # noqa: S102 - our own
    told = capsys.readouterr().out
    assert len(code) > 5
    assert "independent sources" in told
    assert "RUS-UKR" in told
    assert all(cell.get("outputs", []) == [] for cell in cells)  # what it prints may change with the reader


def test_the_example_of_the_documentation_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs/python.md").read_text("utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    told = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True, text=True).stdout
    assert told.startswith("ASSAULT happened Rusia menyerang Ukraina")


def test_every_method_stands_in_the_documentation() -> None:
    page = (ROOT / "docs/python.md").read_text("utf-8")
    methods = [name for name, one in vars(siaga.Workspace).items() if callable(one) and name[0] != "_"]
    assert [name for name in methods if f"{name}(" not in page] == []
