"""What the pages show is what is stored, with the sentences it stands on."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from siaga.base.warning import LEVELS
from siaga.report.catalogue import catalogue, catalogue_languages
from siaga.serve.warned import Wanted, warned
from siaga.serve.web.pages.board import top_most
from siaga.store.database import reading_from
from siaga.store.load import load_reading
from siaga.store.published import newest_day
from siaga.store.stories import StoryQuestion, list_stories
from siaga.store.workspace import Workspace


def shown(client: TestClient, path: str) -> dict[str, Any]:
    """What a page says to programs."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    found: dict[str, Any] = json.loads(answer.content)["shown"]
    return found


def stories(place: Workspace, least: int) -> list[str]:
    """Ids of the stories of so many articles."""
    with reading_from(place) as connection:
        return [one.id for one in list_stories(connection, StoryQuestion(least_articles=least), None)]


def paths(client: TestClient, place: Workspace) -> list[str]:
    """One page of every kind."""
    story = stories(place, 2)[0]
    page = shown(client, f"/en/story/{story}.json")["page"]
    first, other = page["story"]["articles"][:2]
    return [
        "/board", "/stories", f"/story/{story}", f"/article/{first}", f"/compare?a={first}&b={other}", "/pair/RUS-UKR",
        "/country/UKR", "/actor/UKR",
    ]  # fmt: skip


@pytest.mark.parametrize("language", catalogue_languages())
def test_every_page_answers_in_each_language_and_format(client: TestClient, demo: Workspace, language: str) -> None:
    for path in paths(client, demo):
        name, sign, query = path.partition("?")
        for suffix in ("", ".html", ".json", ".csv", ".md", ".atom"):
            answer = client.get(f"/{language}{name}{suffix}{sign}{query}")
            assert answer.status_code == 200, (path, suffix)
            assert answer.content


def test_every_link_of_a_page_leads_somewhere(client: TestClient, demo: Workspace) -> None:
    found = {
        target.replace("&amp;", "&").partition("#")[0]
        for path in paths(client, demo)
        for target in re.findall(r'href="(/[^"]+)"', client.get(f"/en{path}").text)
    }
    assert len(found) > 40
    assert [target for target in sorted(found) if client.get(target).status_code not in {200, 302}] == []


def test_the_board_shows_the_warnings_of_siaga_warn(client: TestClient, demo: Workspace) -> None:
    with reading_from(demo) as connection:
        day = newest_day(connection)
    assert day
    told = warned(demo, day, Wanted(most=40))
    board = shown(client, "/en/board.json")
    cards = [row["card"] for row in (*board["top"], *(row for one in board["folded"] for row in one["rows"]))]
    assert {card["unit"]: card["level"] for card in cards} == {card.unit: card.level for card in told.cards}
    assert board["units"] == told.units


def test_the_board_has_the_gravest_first_and_within_a_level_the_most_surprising(winter_client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(winter_client.get("/en/board.csv").text)))
    order = [(-LEVELS.index(row["level"]), -float(row["surprise_bits"])) for row in rows]
    assert len(rows) > 2
    assert order == sorted(order)


def test_no_more_stand_open_at_the_top_than_the_budget_lets_arise(client: TestClient) -> None:
    board = shown(client, "/en/board.json")
    assert len(board["top"]) <= top_most(board["units"], 30)
    assert top_most(10, 30) == 5
    assert top_most(1000, 30) == 82


def test_the_newest_sentence_is_one_that_drives_the_warning_and_stands_in_its_article(
    client: TestClient, demo: Workspace
) -> None:
    board = shown(client, "/en/board.json")
    with reading_from(demo) as connection:
        for row in board["top"]:
            note = row["latest"]
            reading = load_reading(connection, note["article"])
            assert reading
            assert reading.article.text[note["start"] : note["end"]] == note["sentence"]
            driving = {number for driver in row["card"]["drivers"] for number in driver["notes"]}
            days = [one["published"] for one in row["card"]["notes"] if one["number"] in driving]
            assert note["published"] == max(days)


def test_a_second_visit_tells_what_is_new_and_a_reload_does_not_forget_it(client: TestClient) -> None:
    one, other, *_ = (row["card"]["unit"] for row in shown(client, "/en/board.json?as_of=2022-02-24")["top"])
    client.cookies.set("siaga_seen", f"20220101T000000~{one}.0.1_{other}.3.0", domain="127.0.0.1")
    seen = {row["card"]["unit"]: row["news"] for row in shown(client, "/en/board.json")["top"]}
    assert seen[one] == "risen"
    assert seen[other] in {"fallen", "more"}
    client.cookies.set("siaga_seen", f"20220101T000000~XXX.2.3_{one}.0.1", domain="127.0.0.1")
    board = shown(client, "/en/board.json")
    now = client.cookies["siaga_seen"]
    assert board["since"] == "2022-01-01T00:00:00Z"
    news = {row["card"]["unit"]: row["news"] for row in board["top"]}
    assert news.pop(one) == "risen"
    assert set(news.values()) == {"new"}
    assert board["gone"] == ["XXX"]
    assert now[:8] > "20220101"
    client.get("/en/board")
    assert client.cookies["siaga_seen"] == now


@pytest.mark.parametrize("cookie", ["", "x", "20229901T000000~", "20220101T000000~<b>.9.9", "~" * 5000])
def test_a_cookie_that_is_not_ours_is_no_visit(client: TestClient, cookie: str) -> None:
    client.cookies.set("siaga_seen", cookie, domain="127.0.0.1")
    assert client.get("/en/board").status_code == 200


def test_the_board_is_compared_with_a_day_that_is_asked_for(client: TestClient) -> None:
    board = shown(client, "/en/board.json?since=2022-02-10")
    assert board["since"] == "2022-02-10"
    assert {row["news"] for row in board["top"]} <= {"new", "risen", "fallen", "more", "same"}


def test_a_story_ties_each_act_to_sentences_of_its_articles(client: TestClient, demo: Workspace) -> None:
    seen = 0
    for story in stories(demo, 2):
        page = shown(client, f"/en/story/{story}.json")
        assert page["acts"] or not page["page"]["incidents"]
        for act in page["acts"]:
            for said in act["said"]:
                text = client.get(f"/en/article/{said['article']}").text
                assert f'id="e-{said["event"]}"' in text
                seen += 1
    assert seen > 10


def test_a_story_shows_its_copies_as_a_tree_and_leads_to_both_side_by_side(client: TestClient, demo: Workspace) -> None:
    families = [
        family
        for story in stories(demo, 2)
        for family in shown(client, f"/en/story/{story}.json")["families"]
    ]  # fmt: skip
    assert families
    copy = families[0]["copies"][1]
    compared = shown(client, f"/en/compare.json?a={copy['beside']}&b={copy['link']['id']}")
    assert compared["pair"]["matches"]
    for side, name in zip(compared["sides"], ("a", "b"), strict=True):
        text = "".join(piece["text"] for run in side["runs"] for piece in run)
        assert text == side["article"]["text"]
        assert {run[0]["match"] for run in side["runs"]} - {None}, name


def test_a_story_is_found_by_an_article_in_it(client: TestClient, demo: Workspace) -> None:
    story = stories(demo, 2)[0]
    page = shown(client, f"/en/story/{story}.json")["page"]["story"]
    assert shown(client, f"/en/story/{page['articles'][0]}.json")["page"]["story"]["id"] == story


def test_a_story_of_a_day_shows_no_article_that_came_later(client: TestClient, demo: Workspace) -> None:
    for story in stories(demo, 2):
        first = shown(client, f"/en/story/{story}.json")["page"]["story"]["first"]
        page = shown(client, f"/en/story/{story}.json?as_of={first}")
        copies = [*page["alone"], *(copy for family in page["families"] for copy in family["copies"])]
        assert copies
        assert max(copy["published"][:10] for copy in copies) <= first


def test_the_pieces_of_an_article_are_its_text(client: TestClient, demo: Workspace) -> None:
    with reading_from(demo) as connection:
        ids = [str(id_) for (id_,) in connection.execute("SELECT id FROM article LIMIT 12")]
    for id_ in ids:
        page = shown(client, f"/en/article/{id_}.json")
        assert "".join(piece["text"] for piece in page["pieces"]) == page["article"]["text"]
        body = {told["event"]["id"] for told in page["events"] if told["part"] == "body"}
        assert {event for piece in page["pieces"] for event in piece["events"]} == body


def test_a_page_of_a_unit_draws_the_weeks_that_its_table_has(client: TestClient) -> None:
    page = shown(client, "/en/country/UKR.json")
    assert page["card"]["unit"] == "UKR"
    rows = list(csv.DictReader(io.StringIO(client.get("/en/country/UKR.csv").text)))
    assert [float(row["acts"]) for row in rows] == [week["count"] for week in page["weeks"]]
    assert rows[-1]["last"] == page["as_of"]
    assert page["weeks"][-1]["count"] == page["card"]["series"][0]["observed"]


def test_the_coverage_of_a_unit_stands_beside_its_acts(client: TestClient, demo: Workspace) -> None:
    weeks = shown(client, "/en/country/UKR.json?count=articles")["weeks"]
    with reading_from(demo) as connection:
        stored = int(str(connection.execute("SELECT count(*) FROM article").get))
    assert 0 < sum(week["articles"] for week in weeks) <= sum(week["all_articles"] for week in weeks) <= stored
    assert "<svg" in client.get("/en/country/UKR?count=articles").text


@pytest.mark.parametrize(
    "path",
    ["/pair/RUS", "/pair/RUS-RUS", "/pair/RUS-UKR-USA", "/country/<b>", "/country/x y", "/actor/QQQ", "/story/none",
     "/article/none", "/compare?a=x&b=y"],
)  # fmt: skip
def test_what_is_not_there_is_told_so(client: TestClient, path: str) -> None:
    assert client.get(f"/en{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/country/UKR?series=x", "/country/UKR?count=x", "/compare?a=x", "/compare?a=x&b=x", "/stories?sources=x",
             "/stories?from=2022-03-01&until=2022-02-01", "/board?since=x",
             "/board?as_of=0001-01-01", "/actor/UKR?as_of=9999-12-31"],
)  # fmt: skip
def test_a_question_that_can_not_be_is_told_so(client: TestClient, path: str) -> None:
    assert client.get(f"/en{path}").status_code == 400


def test_a_unit_that_was_not_judged_is_told_as_such_and_not_as_normal(client: TestClient) -> None:
    answer = client.get("/en/pair/NZL-ISL")
    assert answer.status_code == 200
    assert "it was not judged on that day" in answer.text
    assert shown(client, "/en/pair/NZL-ISL.json")["card"] is None


def test_the_words_of_a_page_are_of_its_language(client: TestClient) -> None:
    for language in catalogue_languages():
        assert catalogue(language).say("web_board.title") in client.get(f"/{language}/board").text
        assert catalogue(language).say("web_unit.weeks") in client.get(f"/{language}/country/UKR").text
