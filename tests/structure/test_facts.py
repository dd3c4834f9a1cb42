"""The facts themselves: what there is, that it adds up, and that a slip is caught."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

import klynge.structure
from klynge.faults import DefinitionError
from klynge.structure import facts as module
from klynge.structure import model
from klynge.structure.facts import facts, load
from klynge.structure.law import law

DATA = Path(klynge.structure.__file__).parent / "data"
CHANGES = [
    date(2022, 6, 30),
    date(2022, 7, 1),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 12, 31),
    date(2027, 1, 1),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    return copy


def change(folder: Path, name: str, number: int, **values: object) -> None:
    path = folder / name
    content = json.loads(path.read_text(encoding="utf-8"))
    content["rows"][number].update(values)
    path.write_text(json.dumps(content), encoding="utf-8")


def faults_of(folder: Path) -> str:
    with pytest.raises(DefinitionError) as stopped:
        load(folder)
    return str(stopped.value)


def test_the_packaged_data_load_without_a_fault() -> None:
    assert load(DATA) == facts()


def test_every_data_file_is_read() -> None:
    known = {*module.PLACE_FILES.values(), "sources.json", "hospitals.json", "memberships.json"}
    known |= {"regimes.json", "bodies.json", "successions.json", "notes.json"}
    known |= {"rules.json", "words.json", "processes.json", "process_steps.json"}
    known |= {"handbook.json", "handbook_groups.json"}

    assert {path.name for path in DATA.glob("*.json")} == known


def rows_of_facts() -> list[object]:
    found = facts()
    places = [place for kind in found.places.values() for place in kind.values()]
    hospitals = [hospital for place in places for hospital in place.hospitals]
    return [
        *found.regimes,
        *found.bodies,
        *places,
        *hospitals,
        *found.memberships,
        *found.successions,
        *found.notes,
        *law().rules,
    ]


def test_every_row_has_a_certainty() -> None:
    assert {row.certainty for row in rows_of_facts()} <= set(model.CERTAINTIES)  # type: ignore[attr-defined]


def test_every_row_has_a_source() -> None:
    assert all(row.sources for row in rows_of_facts())  # type: ignore[attr-defined]


def test_every_uncertain_row_says_why() -> None:
    rows = [row for row in rows_of_facts() if not isinstance(row, model.Note)]

    assert all(
        row.certainty_note  # type: ignore[attr-defined]
        for row in rows
        if row.certainty not in model.UNMARKED  # type: ignore[attr-defined]
    )


def test_every_note_is_said_in_both_languages() -> None:
    notes = [row.certainty_note for row in rows_of_facts() if hasattr(row, "certainty_note")]

    assert all(bool(note) == bool(note.en) for note in notes)


def test_every_source_is_cited() -> None:
    cited = {source.id for row in rows_of_facts() for source in row.sources}  # type: ignore[attr-defined]
    listed = {row["id"] for row in json.loads((DATA / "sources.json").read_text())["rows"]}

    assert listed - cited == set()


def test_the_data_name_no_file_of_ours() -> None:
    words = "".join(path.read_text(encoding="utf-8") for path in DATA.glob("*.json"))

    assert "seed" not in words
    assert ".txt" not in words


def test_regimes_follow_each_other_day_for_day() -> None:
    ends = [(regime.valid_from, regime.valid_to) for regime in facts().regimes]

    assert ends == [
        (date(2007, 1, 1), date(2022, 6, 30)),
        (date(2022, 7, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), None),
    ]


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("klynger.json", {"sources": ["nowhere"]}, "ukendt kilde: nowhere"),
        ("klynger.json", {"sources": []}, "ingen kilde"),
        ("klynger.json", {"certainty": "rather"}, "ukendt sikkerhed rather"),
        ("klynger.json", {"certainty": "low", "certainty_note": None}, "skal have certainty_note"),
        ("klynger.json", {"region": "9999"}, "den ukendte region 9999"),
        ("klynger.json", {"from": "2022-13-01"}, "2022-13-01 er ikke en dato"),
        ("klynger.json", {"to": "2020-01-01"}, "før den begynder"),
        ("klynger.json", {"id": "rn-vest"}, "id rn-vest findes to gange"),
        ("hospitals.json", {"klynge": "rn-none"}, "ukendt klynge rn-none"),
        ("memberships.json", {"kommune": "999"}, "ukendt kommune 999"),
        ("memberships.json", {"place": "9999"}, "ukendt region 9999"),
        ("memberships.json", {"kind": "parish"}, "ukendt værdi parish"),
        ("memberships.json", {"domain": "dental"}, "ukendt værdi dental"),
        ("memberships.json", {"to": None}, "rækker ud over 1084's egen tid"),
        ("memberships.json", {"to": "2020-12-31"}, "i 0 steder af slagsen region"),
        ("regimes.json", {"to": "2022-06-29"}, "følger ikke dag for dag"),
        ("regimes.json", {"bodies": ["senate"]}, "det ukendte organ senate"),
        ("successions.json", {"successor": "atlantis"}, "ukendt region atlantis"),
        ("sundhedsraad.json", {"regional_members": 6}, "pladserne går ikke op"),
    ],
)
def test_a_slip_in_the_data_is_named(
    folder: Path, name: str, values: dict[str, object], said: str
) -> None:
    change(folder, name, 0, **values)

    assert said in faults_of(folder)


def test_a_missing_field_is_named(folder: Path) -> None:
    path = folder / "klynger.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["rows"][4]["name"]
    path.write_text(json.dumps(content), encoding="utf-8")

    assert "klynger.json, række 5" in faults_of(folder)


def test_two_memberships_that_overlap_are_named(folder: Path) -> None:
    path = folder / "memberships.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["rows"].append({**content["rows"][0], "from": "2020-01-01"})
    path.write_text(json.dumps(content), encoding="utf-8")

    assert "memberships.json, 101 1084" in faults_of(folder)


def test_a_kommune_in_two_regions_is_named(folder: Path) -> None:
    path = folder / "memberships.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["rows"].append({**content["rows"][0], "place": "1085"})
    path.write_text(json.dumps(content), encoding="utf-8")

    assert "kommune 101 er i 2 steder af slagsen region" in faults_of(folder)


def test_a_file_that_is_no_json_is_named(folder: Path) -> None:
    (folder / "notes.json").write_text("{", encoding="utf-8")

    assert "notes.json" in faults_of(folder)


def test_all_slips_are_told_at_once(folder: Path) -> None:
    change(folder, "klynger.json", 0, certainty="rather")
    change(folder, "regimes.json", 1, sources=["nowhere"])

    told = faults_of(folder)
    assert "rather" in told
    assert "nowhere" in told
