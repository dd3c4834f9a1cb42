"""The analyst's file of published numbers: what is read, and every fault of it told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from klynge.engine.totals.reading import Total, read
from klynge.faults import BadInput

HEADER = "what;number;place_kind;place;period;sex;age;published;tolerance;source;as_of"
GOOD = "prim_andel;;kommune;Randers;2024;;;81,5;2;Kilden;1.3.2025"
AGES = {"prim_andel": ("all", "18-44", "80+"), "forebyg_65": ("all",)}


def reading(tmp_path: Path, *lines: str, header: str = HEADER) -> tuple[Total, ...]:
    file = tmp_path / "tal.csv"
    file.write_text("\n".join([header, *lines]), encoding="utf-8")
    return read(file, AGES)


def faults(tmp_path: Path, *lines: str, header: str = HEADER) -> str:
    with pytest.raises(BadInput) as refused:
        reading(tmp_path, *lines, header=header)
    return str(refused.value)


def test_what_a_row_does_not_say_is_of_all_and_within_one_per_cent(tmp_path: Path) -> None:
    (total,) = reading(tmp_path, "prim_andel;;kommune;Randers;2024;;;81,5;;Kilden;1.3.2025")

    assert total == Total(
        what="prim_andel", number="numerator", place_kind="kommune", place="730", period="2024",
        sex="all", age="all", education="all", published=81.5, tolerance=1.0, source="Kilden",
        as_of=date(2025, 3, 1),
    )  # fmt: skip


def test_commas_between_cells_and_iso_days_are_read_too(tmp_path: Path) -> None:
    (total,) = reading(
        tmp_path,
        'prim_andel,value,land,DK,2024-K3,female,80+,81.25,2.5,"Kilde, tabel 1",2025-03-01',
        header=HEADER.replace(";", ","),
    )

    assert (total.number, total.period, total.sex, total.age) == (
        "value",
        "2024-K3",
        "female",
        "80+",
    )
    assert (total.published, total.tolerance, total.source) == (81.25, 2.5, "Kilde, tabel 1")


def test_the_rows_of_a_register_can_be_given(tmp_path: Path) -> None:
    (total,) = reading(tmp_path, "lmdb;;land;DK;2024;;;48000000;2;Kilden;1.3.2025")

    assert total.number == "rows"
    assert total.is_of_register


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("prim_andl;;land;DK;2024;;;1;1;K;1.3.2025", "Mener du 'prim_andel'?"),
        ("prim_andel;tæller;land;DK;2024;;;1;1;K;1.3.2025", "kolonne number"),
        ("prim_andel;;by;DK;2024;;;1;1;K;1.3.2025", "kolonne place_kind"),
        ("prim_andel;;kommune;Rander;2024;;;1;1;K;1.3.2025", "730 (Randers)"),
        ("prim_andel;;land;DK;24;;;1;1;K;1.3.2025", "kolonne period"),
        ("prim_andel;;land;DK;2024;kvinder;;1;1;K;1.3.2025", "all, female, male"),
        ("prim_andel;;land;DK;2024;;18-43;1;1;K;1.3.2025", "all, 18-44, 80+"),
        ("prim_andel;;land;DK;2024;;;mange;1;K;1.3.2025", "Det er ikke et tal."),
        ("prim_andel;;land;DK;2024;;;-4;1;K;1.3.2025", "Det er ikke et tal."),
        ("prim_andel;;land;DK;2024;;;nan;1;K;1.3.2025", "Det er ikke et tal."),
        ("prim_andel;;land;DK;2024;;;12.345;1;K;1.3.2025", "to måder"),
        ("prim_andel;;land;DK;2024;;;1;en;K;1.3.2025", "kolonne tolerance"),
        ("prim_andel;;land;DK;2024;;;1;1;;1.3.2025", "Kilden mangler"),
        ("prim_andel;;land;DK;2024;;;1;1;om 010170-9999;1.3.2025", "ligner et CPR-nummer"),
        ("prim_andel;;land;DK;2024;;;1;1;K;31.2.2025", "Det er ikke en dato."),
        ("lmdb;;kommune;730;2024;;;1;1;K;1.3.2025", "kun i hele landet"),
        ("lmdb;;land;DK;2024-11;;;1;1;K;1.3.2025", "tælles for et år"),
        ("bef;;land;DK;2024;;;1;1;K;1.3.2025", "kolonne what"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_told(tmp_path: Path, line: str, said: str) -> None:
    told = faults(tmp_path, GOOD, line)

    assert said in told
    assert "linje 3" in told
    assert told.count("Problem:") == 1


def test_every_fault_is_told_at_once_and_equal_ones_once(tmp_path: Path) -> None:
    wrong = "prim_andel;;land;DK;2024;;;mange;1;K;i går"
    told = faults(tmp_path, wrong, wrong, GOOD, "ukendt;;by;Xx;nu;ja;;1;1;K;1.3.2025")

    assert "linje 2, 3, kolonne published" in told
    assert told.count("Problem:") == 2 + 4


def test_the_same_number_twice_is_a_fault(tmp_path: Path) -> None:
    told = faults(tmp_path, GOOD, "prim_andel;numerator;kommune;730;2024;all;;90;2;Ny;1.4.2025")

    assert "på linjerne 2, 3" in told


def test_a_missing_and_a_double_column_are_told_before_any_row(tmp_path: Path) -> None:
    header = HEADER.replace("source", "kilde").replace("number", "what")
    told = faults(tmp_path, "ukendt", header=header)

    assert "Kolonnen source mangler" in told
    assert "Kolonnen what står der mere end én gang" in told
    assert "kolonne what" not in told


def test_a_register_given_by_mistake_is_not_quoted(tmp_path: Path) -> None:
    row = ";".join(["0101709999"] * 11)
    told = faults(tmp_path, row) + faults(tmp_path, row, header="0101709999;" * 11)

    assert "0101709999" not in told


def test_a_file_of_too_many_rows_is_refused(tmp_path: Path) -> None:
    assert "højst 5000" in faults(tmp_path, *[GOOD] * 5_001)
