"""Events of other projects become ours, once, and what can't be used is told with its line."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from siaga.base.errors import DamagedError, PanelError
from siaga.base.event import EventType
from siaga.store.connection import Connection
from siaga.store.database import writing_to
from siaga.store.imports import format_of, import_file, imported
from siaga.store.segments import seal
from siaga.store.series import all_weekly, counting, one_weekly, unit_of
from siaga.store.workspace import Workspace
from tests.unit.store.shelves import laid_out

pytestmark = pytest.mark.usefixtures("store")

MOMENT = "2026-01-01T00:00:00Z"
PLAIN = "date,actor,recipient,type,count\n2021-11-30,RUS,Ukraina,MOBILIZE,2\n2021-12-07,Russia,UKR,190,1\n"
ICEWS = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
    "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\t"
    "Country\tLatitude\tLongitude\n7\t2014-03-03\tVladimir Putin\tExecutive\tRussian Federation\tUse force\t190\t-10\t"
    "Ukraine\t\tUkraine\t"
    "1\t1\tX\tSimferopol\t\tCrimea\tUkraine\t44.9\t34.1\n"
)
ICEWS_NAMED = (
    "date,source,relation,target\n2014-03-03,Military (Russian Federation),Occupy territory,Ukraine\n"
    "2014-03-03,Vladimir Putin,Make statement,Ukraine\n"
)
POLECAT = (
    "Event ID\tEvent Date\tEvent Type\tActor Name\tActor Country\tRecipient Name\tRecipient Country\tCountry\t"
    "Latitude\tLongitude\nA1\t2022-02-24\tASSAULT\tMilitary\tRUS\tMilitary\tUKR\tUKR\t50\t30\n"
)
ACLED = (
    "event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,latitude,longitude,fatalities\n"
    "IDN1,24 January 2022,Protests,Peaceful protest,Protesters (Indonesia),,Indonesia,-6.2,106.8,0\n"
    "IDN2,2022-01-25,Strategic developments,Agreement,Military Forces of Indonesia (2014-),,Indonesia,-6,106,0\n"
)
GED = (
    "id,date_start,date_end,type_of_violence,side_a,side_b,number_of_sources,country,latitude,longitude,best\n"
    "5,2010-01-31 00:00:00,2010-01-31,1,Government of Mexico,Zetas,3,Mexico,20,-99,4\n"
)


def gdelt(columns: int) -> str:
    cells = ["x"] * columns
    cells[0], cells[1], cells[5], cells[15], cells[26], cells[32] = "99", "20150218", "RUS", "UKR", "1832", "4"
    shift = 0 if columns < 61 else 2
    cells[51 + shift], cells[53 + (3 if shift else 0)], cells[54 + (3 if shift else 0)] = "UP", "48.3", "38.0"
    return "\t".join(cells) + "\n"


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return laid_out(tmp_path / "watch")


@pytest.fixture
def connection(place: Workspace) -> Iterator[Connection]:
    with writing_to(place) as opened:
        yield opened


def weekly(place: Workspace, connection: Connection, unit: str, *types: EventType) -> list[float]:
    with counting(place, connection) as engine:
        return [row[1] for row in one_weekly(engine, unit_of(unit), types)]


@pytest.mark.parametrize(
    ("text", "format_", "asked"),
    [
        (PLAIN, "plain", ("RUS>UKR", "MOBILIZE")),
        (ICEWS, "icews", ("RUS>UKR", "ASSAULT")),
        (POLECAT, "polecat", ("RUS>UKR", "ASSAULT")),
        (ICEWS_NAMED, "icews_named", ("RUS>UKR", "COERCE")),
        (ACLED, "acled", ("@IDN", "PROTEST")),
        (GED, "ged", ("MEX", "ASSAULT")),
        (gdelt(58), "gdelt1", ("RUS>UKR", "ASSAULT")),
        (gdelt(61), "gdelt2", ("@UKR", "ASSAULT")),
    ],
)
def test_every_format_is_recognised_and_coded(
    text: str, format_: str, asked: tuple[str, EventType], place: Workspace, connection: Connection
) -> None:
    path = place.folder / "events.txt"
    path.write_text(text, "utf-8")
    assert format_of(path) == format_
    made, new = import_file(place, connection, path, MOMENT)
    assert (made.format, made.rejected, new) == (format_, int(format_ == "icews_named"), True)
    assert sum(weekly(place, connection, *asked)) == (2 if format_ == "plain" else 1)


def test_the_same_file_twice_changes_nothing(place: Workspace, connection: Connection) -> None:
    path = place.folder / "events.csv"
    path.write_text(PLAIN, "utf-8")
    first, again = (import_file(place, connection, path, MOMENT) for _ in range(2))
    assert (first[1], again[1]) == (True, False)
    assert len(imported(connection)) == 1
    assert sum(weekly(place, connection, "RUS-UKR")) == 3


def test_what_cannot_be_used_is_rejected_with_its_line_and_reason(place: Workspace, connection: Connection) -> None:
    path = place.folder / "events.csv"
    path.write_text(PLAIN + "sometime,RUS,UKR,ASSAULT,1\n2021-01-01,RUS,UKR,010,1\n2021-01-01,RUS,UKR,ASSAULT,-3\n")
    made, _ = import_file(place, connection, path, MOMENT)
    assert (made.events, made.rejected) == (2, 3)
    rows = connection.execute("SELECT id, reason FROM reject ORDER BY id").fetchall()
    assert rows == [("events.csv:3", "no_day"), ("events.csv:4", "unknown_type"), ("events.csv:5", "no_count")]


def test_an_archive_of_one_file_is_unpacked(place: Workspace, connection: Connection) -> None:
    path = place.folder / "20150218.export.CSV.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("20150218.export.CSV", gdelt(61))
    assert import_file(place, connection, path, MOMENT)[0].format == "gdelt2"


def test_a_file_of_no_known_format_is_refused_by_its_headings(place: Workspace, connection: Connection) -> None:
    path = place.folder / "events.csv"
    path.write_text("when,who\n1,2\n")
    with pytest.raises(PanelError, match="Met: when, who"):
        import_file(place, connection, path, MOMENT)


def test_an_undirected_pair_has_the_events_of_both_directions(place: Workspace, connection: Connection) -> None:
    path = place.folder / "events.csv"
    path.write_text(PLAIN + "2021-12-07,UKR,RUS,REJECT,5\n")
    import_file(place, connection, path, MOMENT)
    assert weekly(place, connection, "UKR-RUS") == [2, 6]
    with counting(place, connection) as engine:
        units, _, numbers = all_weekly(engine, "undirected", ())
    assert (set(units), sum(numbers)) == ({"RUS-UKR"}, 8)


def test_a_missing_import_is_told_not_counted_as_nothing(place: Workspace, connection: Connection) -> None:
    path = place.folder / "events.csv"
    path.write_text(PLAIN, "utf-8")
    made, _ = import_file(place, connection, path, MOMENT)
    (place.imports / made.file).unlink()
    with pytest.raises(DamagedError, match=r"Import events.csv again"):
        weekly(place, connection, "RUS>UKR")
    assert import_file(place, connection, path, MOMENT)[1]
    assert sum(weekly(place, connection, "RUS>UKR")) == 3


def test_sealing_leaves_imports_alone(place: Workspace, connection: Connection) -> None:
    path = place.folder / "events.csv"
    path.write_text(PLAIN, "utf-8")
    made, _ = import_file(place, connection, path, MOMENT)
    os.utime(place.imports / made.file, (0, 0))
    seal(place, connection, MOMENT)
    assert sum(weekly(place, connection, "RUS>UKR")) == 3
