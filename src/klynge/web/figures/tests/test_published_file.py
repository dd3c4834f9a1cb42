"""Reading published figures: every fault at once, in Danish, with row and column."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from klynge.faults import BadInput
from klynge.web.figures import published_file
from klynge.web.figures.tests.builders import HEAD, csv_file

GOOD = "rygning;kommune;730;2025;12,5;Prøvekilde"


def _faults(content: bytes, name: str = "tal.csv", **options) -> dict[str, str]:
    with pytest.raises(BadInput) as caught:
        published_file.read(name, content, **options)
    return {fault.where: f"{fault.problem} {fault.remedy}" for fault in caught.value.faults}


def test_reads_a_danish_file_with_semicolons_and_decimal_commas():
    (row,) = published_file.read("tal.csv", csv_file(GOOD)).rows

    assert (row.place, row.value, row.source) == ("730", 12.5, "Prøvekilde")


def test_reads_a_file_with_commas_and_decimal_points():
    content = b"indicator,place_kind,place,period,value,source\nx,land,DK,2024-K3,1.5,S\n"

    (row,) = published_file.read("tal.csv", content).rows

    assert (row.period, row.value) == ("2024-K3", 1.5)


def test_reads_the_optional_columns():
    head = (
        "Indicator;Place_Kind;Place;Period;Value;n;lower;upper;source;title_da;title_en;unit;theme"
    )
    row = "x;kommune;730;2025;12,5;400;10;15,1;S;Rygning;Smoking;pct.;chronic"

    content = published_file.read("tal.csv", csv_file(row, head=head + "\n"))

    assert (content.rows[0].n, content.rows[0].lower, content.rows[0].upper) == (400, 10, 15.1)
    about = content.about["S", "x"]
    assert (about.title_da, about.title_en, about.unit) == ("Rygning", "Smoking", "pct.")
    assert about.theme == "chronic"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("0730", "730"),
        ("Randers", "730"),
        ("randers kommune", "730"),
        ("Norddjurs Kommune", "707"),
        ("Københavns Kommune", "101"),
    ],
)
def test_a_kommune_may_be_written_in_several_ways(written, found):
    (row,) = published_file.read("tal.csv", csv_file(GOOD.replace("730", written))).rows

    assert row.place == found


def test_a_klynge_may_be_written_by_its_name():
    line = "x;klynge;Randersklyngen;2025;12,5;S"

    assert published_file.read("tal.csv", csv_file(line)).rows[0].place == "rm-randers"


def test_reads_a_spreadsheet_where_codes_and_years_are_numbers():
    book = Workbook()
    book.active.append(HEAD.strip().split(";"))
    book.active.append(["rygning", "kommune", 730, 2025, 12.5, "Prøvekilde"])
    content = io.BytesIO()
    book.save(content)

    (row,) = published_file.read("tal.xlsx", content.getvalue()).rows

    assert (row.place, row.period, row.value) == ("730", "2025", 12.5)


@pytest.mark.parametrize(
    ("row", "where", "said"),
    [
        ("x;kommune;Rander;2025;1;S", "række 2, kolonne place", "Mente du 730 (Randers)"),
        ("x;kommune;999;2025;1;S", "række 2, kolonne place", "Kommunen »999« findes ikke"),
        ("x;kommun;730;2025;1;S", "række 2, kolonne place_kind", "ikke en slags sted"),
        ("x;kommune;730;2025-13;1;S", "række 2, kolonne period", "ikke en periode"),
        ("x;kommune;730;2025;mange;S", "række 2, kolonne value", "»mange« er ikke et tal"),
        ("x;kommune;730;2025;nan;S", "række 2, kolonne value", "»nan« er ikke et tal"),
        ("x;kommune;730;2025;1.234,5;S", "række 2, kolonne value", "filen har decimalkomma"),
        ("x;kommune;730;2025;;S", "række 2, kolonne value", "Cellen er tom"),
        ("X Y;kommune;730;2025;1;S", "række 2, kolonne indicator", "ikke en kode"),
        ("x;kommune;730;2025;1;", "række 2, kolonne source", "Cellen er tom"),
    ],
)
def test_says_what_is_wrong_with_a_cell(row, where, said):
    assert said in _faults(csv_file(row))[where]


def test_says_that_a_decimal_comma_cannot_stand_in_a_file_with_commas():
    content = b'indicator,place_kind,place,period,value,source\nx,land,DK,2024,"1,5",S\n'

    assert "har decimalkomma" in _faults(content)["række 2, kolonne value"]


@pytest.mark.parametrize(
    ("ends", "where", "said"),
    [
        ("13;14", "lower", "Nedre grænse er større"),
        ("1;2", "upper", "Øvre grænse er mindre"),
        ("1;", "lower", "Kun den ene grænse"),
    ],
)
def test_says_that_an_interval_does_not_hold_its_value(ends, where, said):
    head = "indicator;place_kind;place;period;value;lower;upper;source\n"
    row = f"x;land;DK;2025;12;{ends};S"

    assert said in _faults(csv_file(row, head=head))[f"række 2, kolonne {where}"]


def test_says_that_a_row_is_there_twice_also_when_the_place_is_written_differently():
    faults = _faults(csv_file(GOOD, "rygning;kommune;Randers;2025;13;Prøvekilde"))

    assert "gentager række 2" in faults["række 3, kolonne indicator, place_kind, place, period"]


def test_tells_all_faults_at_once():
    faults = _faults(csv_file("x;kommune;Rander;25;mange;", "x;kommun;1;2025;1;S"))

    assert set(faults) == {
        "række 2, kolonne place",
        "række 2, kolonne period",
        "række 2, kolonne value",
        "række 2, kolonne source",
        "række 3, kolonne place_kind",
    }


def test_the_same_fault_in_many_rows_is_told_once():
    rows = [f"x;kommune;Atlantis;20{year};1;S" for year in range(10, 25)]

    assert list(_faults(csv_file(*rows))) == [
        "række 2, 3, 4, 5, 6, 7, 8, 9 og 7 til, kolonne place"
    ]


def test_says_which_columns_are_missing():
    faults = _faults(b"indicator;place;value\nx;730;1\n")

    assert faults == {
        "overskriftsrækken": "Kolonner mangler: place_kind, period, source."
        " Skriv kolonnernes navne i filens første række."
    }


def test_needs_no_source_column_when_the_source_is_told():
    content = b"indicator;place_kind;place;period;value\nx;land;DK;2024;1\n"

    assert published_file.read("tal.csv", content, source="S").rows[0].source == "S"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tal.csv", b"", "Filen er tom"),
        ("tal.csv", b" \n", "Filen er tom"),
        ("tal.csv", HEAD.encode(), "ingen rækker med tal"),
        ("tal.csv", csv_file(GOOD).decode().encode("latin-1"), "ikke i UTF-8"),
        ("tal.csv", csv_file(GOOD).decode().encode("utf-16"), "ikke i UTF-8"),
        ("tal.csv", b"PK\x03\x04 ...", "hedder .csv, men er et regneark"),
        ("tal.xlsx", csv_file(GOOD), "hedder .xlsx, men kan ikke læses"),
        ("tal.pdf", csv_file(GOOD), "ender ikke på .csv eller .xlsx"),
        ("tal.csv", b"x" * 5_000_001, "for stor"),
    ],
)
def test_says_what_is_wrong_with_a_file(name, content, said):
    assert said in _faults(content, name)[name]


def test_a_file_with_cpr_numbers_is_refused_without_repeating_them():
    faults = _faults(csv_file(GOOD, "x;kommune;010190-1234;2025;1;S"))

    assert "CPR" in faults["tal.csv"]
    assert "010190" not in str(faults)


def test_a_thousands_point_beside_decimal_commas_is_a_fault():
    rows = ("x;kommune;730;2025;1.234;S", "x;kommune;740;2025;12,5;S")

    assert "filen har decimalkomma" in _faults(csv_file(*rows))["række 2, kolonne value"]
