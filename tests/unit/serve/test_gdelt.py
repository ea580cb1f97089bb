"""What is exported for programs that read GDELT is read so by us, too."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from siaga.base.document import Reading
from siaga.base.event import EventType, Place
from siaga.serve.cli import main
from siaga.store.database import reading_from
from siaga.store.series import counting, one_weekly, unit_of
from siaga.store.workspace import Workspace, lay_out
from tests.unit.store.analysts import event, read
from tests.unit.store.shelves import put

CRIMEA = Place(name="Simferopol", country="UKR", latitude=44.95, longitude=34.1, precision="city")


def siaga(where: Workspace, *arguments: str) -> Result:
    done = CliRunner().invoke(main, [*arguments, "-w", str(where.folder)])
    assert done.exit_code == 0, done.output
    return done


def stored(folder: Path) -> Workspace:
    where = lay_out(folder / "ours", {})
    put(where, [read_back()])
    return where


def read_back() -> Reading:
    attack = event("menyerang").replace(cameo="190", place=CRIMEA)
    talks = event("berunding", "CONSULT", actors=("NATO", "USA"), recipients=("RUS",)).replace(cameo="046")
    return read(attack, talks, event("mengancam", "THREATEN").replace(cameo="130", status="possible"))


def test_an_export_for_gdelt_comes_back_with_its_days_parties_types_and_places(tmp_path: Path) -> None:
    ours, file = stored(tmp_path), tmp_path / "ours.csv"
    siaga(ours, "export", "--format", "gdelt", "-o", str(file))
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
    assert {len(row) for row in rows} == {58}
    assert len({int(row[0]) for row in rows}) == len(rows) == 3
    theirs = lay_out(tmp_path / "theirs", {})
    assert "3 events of gdelt1, 2022-02-24 to 2022-02-24; 0 rejected" in siaga(theirs, "import", str(file)).stdout
    assert [counted(theirs, "RUS>UKR", "ASSAULT"), counted(theirs, "RUS", "THREATEN")] == [1, 0]
    assert [counted(theirs, "NATO>RUS", "CONSULT"), counted(theirs, "USA>RUS", "CONSULT")] == [1, 1]
    assert counted(theirs, "@UKR", "ASSAULT") == 1


def counted(where: Workspace, unit: str, type_: EventType) -> float:
    with reading_from(where) as connection, counting(where, connection) as engine:
        return sum(row[1] for row in one_weekly(engine, unit_of(unit), (type_,)))


def test_the_same_event_has_the_same_number_in_every_export(tmp_path: Path) -> None:
    ours = stored(tmp_path)
    first, second = (siaga(ours, "export", "--format", "gdelt").stdout for _ in range(2))
    assert first == second
