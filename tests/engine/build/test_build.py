"""The build: what it asks for, what it refuses, and what it hands to the door out."""

from __future__ import annotations

import errno
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from klynge.cli import main
from klynge.engine import build as building
from klynge.engine.build import build
from klynge.engine.commands import years_of
from klynge.engine.indicators import ALL
from klynge.faults import BadInput, WrongUse
from tests.engine.people import Person, write_registers

CREATED = datetime(2026, 3, 1, tzinfo=UTC)
YEARS = (2023, 2024, 2025, 2026)


def people() -> list[Person]:
    """Ten people whose contacts and claims fill 2023 to 2025; the snapshots go on to 2026."""
    one = Person().with_diagnosis("DJ44").with_medicine("R03BB04", "2023-01-01")
    one = one.in_care_home("2023-01-01").with_home_help("202301")
    for year in (2023, 2024, 2025):
        one = one.with_stay(f"{year}-01-05").with_stay(f"{year}-12-31 08:00", hours=14)
        one = one.with_test(f"{year}-01-06", "50").with_test(f"{year}-12-06", "50")
        one = one.with_gp(f"{year % 100}02").with_gp(f"{year % 100}51")
        one = one.with_medicine("A10BA02", f"{year}-01-05").with_medicine("N02", f"{year}-12-05")
        one = one.nursed(f"{year}-01-06", f"{year}-12-06")
        one = one.with_plan(f"{year}-01-07").with_plan(f"{year}-12-07")
        one = one.marked(f"{year}-01-06").marked(f"{year}-12-31").in_reablement(year)
        one = one.visited(f"{year}-01-08").visited(f"{year}-12-08")
        one = one.in_training(f"{year}01").in_training(f"{year}12")
        one = one.migrated(f"{year}-01-10", "in").migrated(f"{year}-12-10", "in")
        one = one.in_prevention(f"{year}-01-09").in_prevention(f"{year}-12-09")
    dead = Person(died="2024-05-01")
    return [one, dead, *[Person() for _each in range(8)]]


@pytest.fixture
def registers(tmp_path: Path) -> Path:
    folder = tmp_path / "registers"
    folder.mkdir()
    return write_registers(folder, people(), years=YEARS)


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the build hands to the door out, instead of the door."""
    from klynge.engine import release

    handed: dict[str, Any] = {}

    def hold(tables: Any, geography: Any, **more: Any) -> release.Report:
        handed.update(more, tables=tables, geography=geography)
        return release.Report(more["out"], 1000, 25, 20, 40, 1, 800, 24, 0.5)

    monkeypatch.setattr(release, "release", hold)
    return handed


def test_years_are_those_with_a_snapshot_and_all_their_events(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    build(registers, tmp_path / "pack", created=CREATED)

    assert door["years"] == (2023, 2024, 2025)


def test_every_indicator_has_a_table_a_year(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    build(registers, tmp_path / "pack", created=CREATED)

    assert len(door["tables"]) == len(ALL) * 3


def test_snapshots_alone_allow_the_year_after_the_last_event(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    build(registers, tmp_path / "pack", indicators=["pop_folketal"], created=CREATED)

    assert door["years"] == (2023, 2024, 2025, 2026)


def test_a_year_the_register_does_not_cover_is_left_out_and_told(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    build(registers, tmp_path / "pack", years=[2025, 2026], created=CREATED)

    of_2026 = {table.indicator.code for table in door["tables"] if table.period == "2026"}
    assert "plejehjem" in of_2026
    assert "forebyg_65" not in of_2026
    told = [warning["da"] for warning in door["quality"]["warnings"]]
    assert "forebyg_65 er ikke opgjort i 2026: registret dækker ikke hele året." in told


def test_published_numbers_go_to_the_door_with_what_came_in(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    file = tmp_path / "tal.csv"
    head = "what,place_kind,place,period,published,source,as_of"
    file.write_text(f"{head}\nstrangers,land,DK,2024,9,Kilden,2025-01-01", encoding="utf-8")
    with pytest.raises(BadInput, match="kolonne what"):
        build(registers, tmp_path / "pack", totals=file)
    lines = (
        "kontakter,land,DK,2024,9,Kilden,2025-01-01",
        "sgh_ophold_pr_patient,land,DK,2024,9,K,1.1.2025",
    )
    file.write_text("\n".join([head, *lines]), encoding="utf-8")
    build(registers, tmp_path / "pack", totals=file, created=CREATED)

    assert [total.what for total in door["totals"]] == ["kontakter", "sgh_ophold_pr_patient"]
    assert door["delivered"]["kontakter", 2024] == 2


def test_a_year_without_a_snapshot_is_refused_with_the_years_there_are(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    with pytest.raises(BadInput, match="2020, 2021") as caught:
        build(registers, tmp_path / "pack", years=[2020, 2021, 2023], created=CREATED)

    assert "2023, 2024, 2025, 2026" in str(caught.value)


def test_no_whole_year_is_refused(tmp_path: Path, door: dict[str, Any]) -> None:
    write_registers(tmp_path, [Person().with_stay("2024-05-01"), Person(died="2024-05-01")])

    with pytest.raises(BadInput, match="Intet år"):
        build(tmp_path, tmp_path / "pack", indicators=["forebyg_65"], created=CREATED)


def test_only_the_registers_that_are_needed_are_asked_for(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    for name in ("kontakter", "diagnoser", "sssy", "lmdb", "plejehjem"):
        (registers / f"{name}.parquet").unlink()

    build(registers, tmp_path / "pack", indicators=["pop_folketal"], created=CREATED)

    assert set(door["registers"]) == {"bef", "dod"}


def test_every_fault_of_every_register_is_told_and_nothing_written(
    registers: Path, tmp_path: Path
) -> None:
    (registers / "bef.parquet").unlink()
    (registers / "lmdb.parquet").write_bytes(b"PAR1 broken")

    with pytest.raises(BadInput) as caught:
        build(registers, tmp_path / "pack", created=CREATED)

    told = str(caught.value)
    assert "bef" in told
    assert "lmdb" in told
    assert caught.value.exit_code == 10
    assert not (tmp_path / "pack").exists()


def test_a_place_that_is_taken_is_refused_before_the_registers_are_read(tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "thesis.docx").touch()

    with pytest.raises(BadInput, match="andet end en datapakke"):
        build(tmp_path / "nowhere", tmp_path / "pack")


def test_a_full_disk_leaves_the_work_for_the_next_build(
    registers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_files: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("klynge.datapack.placing._write_all", full)
    with pytest.raises(BadInput, match="No space left"):
        build(registers, tmp_path / "pack", indicators=["pop_folketal"], years=[2024])

    assert list((tmp_path / ".pack-work" / "counts").iterdir())


def test_an_unknown_indicator_is_refused_before_the_registers_are_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Mener du 'plejehjem'"):
        build(tmp_path / "nowhere", tmp_path / "pack", indicators=["plejehem"])


def test_what_is_happening_is_told(registers: Path, tmp_path: Path, door: dict[str, Any]) -> None:
    lines: list[str] = []
    build(registers, tmp_path / "pack", created=CREATED, progress=lines.append)

    assert [line.split()[0] for line in lines[:2]] == ["senge", "sygehuse"]
    assert [line for line in lines[2:] if not line.startswith(" ")] == [
        "Tjekker registrene: aefb, aefv, aehjsp, aerehab, aetr, bef, diagnoser, dod,"
        " forebyggelsestilbud, genoptraeningsplaner, kontakter, lab_dm_forsker, lmdb, markoerer,"
        " plejehjem, sssy, vnds ...",
        "Forbereder registrene ...",
        "Tæller 86 indikatorer for 2023-2025 ...",
        "Beskytter tallene ...",
    ]


def test_the_pack_is_told_how_far_the_contacts_go(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    build(registers, tmp_path / "pack", created=CREATED)

    assert door["registers"]["kontakter"]["until"] == "2025-12-31"
    assert door["registers"]["bef"]["rows"] == 40


def test_two_builds_of_the_same_registers_are_alike(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    found = []
    for _each in range(2):
        build(registers, tmp_path / "pack", created=CREATED)
        found.append([table.numerator.tolist() for table in door["tables"]])
        found.append(door["quality"])

    assert found[:2] == found[2:]


def test_no_key_of_a_person_is_in_what_is_handed_out(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    lines: list[str] = []
    build(registers, tmp_path / "pack", created=CREATED, progress=lines.append)

    handed = json.dumps([door["quality"], door["registers"], lines])
    assert "6101000" not in handed


@pytest.mark.parametrize(
    ("text", "years"), [("2024", (2024,)), ("2021-2023", (2021, 2022, 2023)), (None, None)]
)
def test_years_are_read_from_the_command(text: str | None, years: object) -> None:
    assert years_of(text) == years


@pytest.mark.parametrize("text", ["2025-2021", "24", "2021-", "1900-2025", "altid"])
def test_years_that_are_none_are_wrong_use(text: str) -> None:
    with pytest.raises(WrongUse):
        years_of(text)


def test_the_command_tells_a_fault_on_stderr_and_by_its_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(
        ["datapack", "build", "--registers", str(tmp_path), "--out", str(tmp_path / "pack")]
    )

    assert code == 10
    assert "Datapakken blev ikke bygget." in capsys.readouterr().err


def test_the_command_refuses_memory_that_is_none(
    registers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--registers", str(registers), "--out", str(tmp_path / "pack"), "--memory", "much"]

    assert main(["datapack", "build", *words]) == 2
    assert "--memory" in capsys.readouterr().err


def test_the_command_says_what_left_and_where(
    registers: Path, tmp_path: Path, door: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pack"

    assert main(["datapack", "build", "--registers", str(registers), "--out", str(out)]) == 0

    said = capsys.readouterr().out
    assert f"Skrev {out}: 1.000 celler, heraf 25 skjult (2,5 pct.)." in said
    assert "Af årenes rå tal er 3,0 pct. skjult; række-og-søjle-reglen ville skjule 5,0" in said


def test_the_command_answers_a_program(
    registers: Path, tmp_path: Path, door: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--registers", str(registers), "--out", str(tmp_path / "pack"), "--json"]
    main(["datapack", "build", *words])

    answer = json.loads(capsys.readouterr().out)
    assert (answer["cells"], answer["hidden"], answer["hidden_per_cent"]) == (1000, 25, 2.5)
    assert answer["crude_hidden_per_cent"] == 3.0
    assert answer["by_rows_and_columns_per_cent"] == 5.0
    assert answer["disclosure_cpu_seconds"] == 0.5
    assert 0 < answer["disclosure_cpu_per_cent"] <= 100


def test_a_pack_of_made_up_people_says_so(
    registers: Path, tmp_path: Path, door: dict[str, Any]
) -> None:
    (registers / "OPDIGTET.json").write_text("{}")
    build(registers, tmp_path / "pack", created=CREATED)

    assert "Opdigtede" in door["note"]


def test_a_pack_goes_out_whole_and_verified(registers: Path, tmp_path: Path) -> None:
    from klynge.datapack import read, verify

    codes = ["pop_folketal", "plejehjem"]
    released = build(registers, tmp_path / "pack", years=[2024], indicators=codes, created=CREATED)

    assert verify(released.path) == ()
    pack = read(released.path)
    assert {entry["code"] for entry in pack.indicators} == set(codes)
    assert pack.figures.num_rows == 143 * 3 * 6 + 143 * 3 * 3 + 143


def test_made_up_registers_are_known_by_their_mark(tmp_path: Path) -> None:
    assert not building.is_invented(tmp_path)
    (tmp_path / "OPDIGTET.json").write_text("{}")
    assert building.is_invented(tmp_path)
