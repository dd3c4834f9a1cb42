"""Earlier packs given to the build: what is refused, what is asked for, and what the pack says."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from klynge.datapack import Pack, read
from klynge.engine.build import build
from klynge.engine.disclosure.beside import Beside
from klynge.engine.previous import not_given, read_previous
from klynge.engine.registers.synth import write
from klynge.faults import BadInput, DisclosureRefused

MARCH, JUNE = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 6, 1, 12, tzinfo=UTC)
SOME = ["pop_folketal", "psyk_patienter"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registers, a pack of March, and one of June that was built beside it."""
    folder = tmp_path_factory.mktemp("editions")
    write(folder / "registers", persons=3_000, years=range(2024, 2025), seed=1)
    a_pack(folder, "march", MARCH, SOME)
    a_pack(folder, "june", JUNE, [*SOME, "plejehjem"], "march")
    return folder


def a_pack(
    folder: Path,
    name: str,
    created: datetime,
    codes: list[str],
    *previous: str,
    schooled: bool = False,
) -> Pack:
    build(
        folder / "registers",
        folder / name,
        years=[2024],
        indicators=codes,
        created=created,
        previous=[folder / each for each in previous],
        by_education=schooled,
    )
    return read(folder / name)


def test_the_new_pack_names_the_editions_it_was_made_beside(folder: Path) -> None:
    march, june = read(folder / "march"), read(folder / "june")

    assert march.earlier == ()
    (one,) = june.earlier
    assert one == {"edition": march.edition, "created": "2026-03-01T12:00:00+00:00",
                   "years": [2024]}  # fmt: skip
    assert june.quality["disclosure"]["earlier"] == [one]


def test_the_same_registers_give_the_same_figures_again(folder: Path) -> None:
    march, june = read(folder / "march").figures, read(folder / "june").figures

    assert june.filter(pc.is_in(june["indicator"], pa.array(SOME))) == march


def test_a_pack_that_the_new_one_would_replace_is_refused(folder: Path) -> None:
    with pytest.raises(BadInput, match="to forskellige mapper"):
        read_previous([folder / "march"], folder / "march")


def test_every_fault_of_every_earlier_pack_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read_previous([tmp_path / "none", tmp_path / "nor"], tmp_path / "out")

    assert [fault.where.split(":")[0] for fault in refused.value.faults] == [
        str(tmp_path / "none"), str(tmp_path / "nor"),
    ]  # fmt: skip


def test_the_editions_that_an_edition_was_made_beside_are_asked_for(folder: Path) -> None:
    with pytest.raises(BadInput, match=r"fra 2026-03-01, som ikke er givet"):
        read_previous([folder / "june"], folder / "out")

    both = read_previous([folder / "june", folder / "march"], folder / "out")
    assert [pack.created for pack in both] == [MARCH, JUNE]


def test_a_pack_of_the_same_years_that_was_not_given_is_told(folder: Path) -> None:
    march = read(folder / "march")

    told = not_given(folder / "march", [2023, 2024], [])
    assert [line.split()[1] for line in told] == ["june", "march"]
    assert all("--previous" in line for line in told)
    assert len(not_given(folder / "new", [2024], [march])) == 1
    assert not_given(folder / "new", [2022], []) == []


@pytest.fixture(scope="module")
def schooled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registers, and a pack of March that tells of education."""
    folder = tmp_path_factory.mktemp("schooled")
    write(folder / "registers", persons=20_000, years=range(2024, 2025), seed=1)
    march = a_pack(folder, "march", MARCH, SOME, schooled=True)
    assert by_education(march, "shown")
    return folder


def by_education(pack: Pack, *status: str) -> int:
    rows = pack.figures.filter(pc.not_equal(pack.figures["education"], "all"))
    return len(rows.filter(pc.is_in(rows["status"], pa.array(status))))


def warnings(pack: Pack) -> str:
    return " ".join(line["en"] for line in pack.quality["warnings"])


def test_the_same_again_after_a_pack_by_education_tells_nothing_by_education(
    schooled: Path,
) -> None:
    june = a_pack(schooled, "june", JUNE, SOME, "march", schooled=True)

    march = read(schooled / "march").figures
    assert june.figures == march.filter(pc.equal(march["education"], "all"))
    assert "nothing in those years is told by education" in warnings(june)
    assert "nothing in those years" not in warnings(read(schooled / "march"))


def test_anything_new_of_a_year_that_was_told_by_education_is_refused(schooled: Path) -> None:
    with pytest.raises(DisclosureRefused, match="uddannelse for 2024") as refused:
        a_pack(schooled, "more", JUNE, [*SOME, "plejehjem"], "march")

    assert "01.03.2026" in str(refused.value)
    assert not (schooled / "more").exists()


def test_rows_pass_beside_a_pack_by_education_only_when_it_showed_them(schooled: Path) -> None:
    march = read(schooled / "march")
    rows, places = march.figures, march.geography["places"]
    beside = Beside.of([march], march.indicators)
    at = pc.index(rows["status"], "shown").as_py()
    one_more = pa.array([None if n is None else n + (row == at)
                         for row, n in enumerate(rows["numerator"].to_pylist())])  # fmt: skip
    corrected = rows.set_column(rows.schema.get_field_index("numerator"), "numerator", one_more)
    moved = [{**place, "kommuner": {**place["kommuner"], "somatik": ["101"]}} for place in places]
    other = [{**entry, "window": {"da": "x", "en": "x"}} for entry in march.indicators]

    beside.check_education(rows, places)
    beside.check_education(rows.slice(len(rows) // 2), places)
    beside.check_education(rows.slice(0, 0), moved)
    for refused in (
        lambda: beside.check_education(corrected, places),
        lambda: beside.check_education(rows, moved),
        lambda: Beside.of([march], other).check_education(rows, places),
    ):
        with pytest.raises(DisclosureRefused, match="uddannelse for 2024"):
            refused()


def test_education_is_not_told_of_a_year_that_an_earlier_pack_told_without(
    schooled: Path,
) -> None:
    a_pack(schooled, "without", MARCH, SOME)

    june = a_pack(schooled, "beside", JUNE, SOME, "without", schooled=True)
    assert by_education(june, "shown", "hidden") == 0
    assert "nothing in those years is told by education" in warnings(june)


def test_nothing_is_told_by_education_unless_it_is_asked_for(folder: Path) -> None:
    assert by_education(read(folder / "march"), "shown", "hidden") == 0


def test_asking_for_education_without_its_register_is_a_fault(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "registers", tmp_path / "registers")
    shutil.rmtree(tmp_path / "registers" / "udda")

    with pytest.raises(BadInput, match="udda"):
        a_pack(tmp_path, "pack", MARCH, SOME, schooled=True)
