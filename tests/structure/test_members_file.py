"""Lists of members as secretariats have them: any encoding, Danish words, and every fault told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from klynge.faults import BadInput
from klynge.structure import Deviation, Member, read_deviations, read_members

HEADER = "person;repræsenterer;kommune;embede;rolle;område;klynge;udpeget af;poster;fra;til"


def written(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "medlemmer.csv"
    path.write_bytes("\r\n".join([header, *rows, ""]).encode(encoding))
    return path


def told(path: Path) -> str:
    with pytest.raises(BadInput) as bad:
        read_members(path)
    return str(bad.value)


def faults(path: Path) -> list[str]:
    with pytest.raises(BadInput) as bad:
        read_members(path)
    return [fault.where for fault in bad.value.faults]


def test_a_row_becomes_a_member(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Bo Bæk;Kommune;Randers;Borgmester;Medformand;;Randersklyngen;Byrådet;"
        "klyngeformand rm-randers;1.7.2022;2025-12-31",
    )

    assert read_members(path).members == (
        Member(
            person="Bo Bæk",
            party="kommune",
            kommune="730",
            office="borgmester",
            role="formand",
            klynge="rm-randers",
            appointer="kommunalbestyrelsen",
            posts=(("klyngeformand", "rm-randers"),),
            valid_from=date(2022, 7, 1),
            valid_to=date(2025, 12, 31),
            row=2,
        ),
    )


def test_only_two_columns_are_needed(tmp_path: Path) -> None:
    path = written(tmp_path, "Bo;PLO", header="Navn;Repræsenterer")

    assert read_members(path).members == (Member("Bo", "plo", row=2),)


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("latin-1", "Windows-1252 (Latin-1)"),
        ("cp1252", "Windows-1252 (Latin-1)"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
    ],
)
def test_danish_letters_are_read_in(tmp_path: Path, encoding: str, named: str) -> None:
    found = read_members(written(tmp_path, "Åse Øgård Bæk;PLO", encoding=encoding))

    assert (found.members[0].person, found.encoding) == ("Åse Øgård Bæk", named)


def test_windows_quotes_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "Åse ”Bitten” Bæk – læge;PLO", encoding="cp1252")

    assert read_members(path).members[0].person == "Åse ”Bitten” Bæk – læge"


@pytest.mark.parametrize(
    "raw",
    [
        "Søren Kjær;PLO".encode("cp850"),
        "ØRSTED;PLO".encode("cp850"),
        "Søren;PLO".encode().decode("cp1252").encode("utf-8"),
        b"S\xef\xbf\xbdren;PLO",
    ],
)
def test_letters_that_are_broken_are_told_by_line(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "medlemmer.csv"
    path.write_bytes(b"person;part\n" + raw + b"\n")

    assert "medlemmer.csv, linje 2" in told(path)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_cells_may_be_parted_by(tmp_path: Path, delimiter: str) -> None:
    path = written(tmp_path, f"Bo{delimiter}PLO", header=f"navn{delimiter}part")

    assert read_members(path).members[0].party == "plo"


def test_empty_lines_are_no_members(tmp_path: Path) -> None:
    path = written(tmp_path, "", "Bo;PLO", ";;;;;;;;;;", "Ib;PLO")

    assert [member.row for member in read_members(path).members] == [3, 5]


@pytest.mark.parametrize("vacant", ["", "vakant", "(Vakant)", "ledig", "vacant"])
def test_a_vacant_seat_is_read_as_nobody(tmp_path: Path, vacant: str) -> None:
    assert read_members(written(tmp_path, f"{vacant};kommune;710")).members[0].person == ""


@pytest.mark.parametrize("name", ["730", "Randers", "randers kommune", " Randers  Kommune "])
def test_a_kommune_may_be_written_as(tmp_path: Path, name: str) -> None:
    assert read_members(written(tmp_path, f"Bo;kommune;{name}")).members[0].kommune == "730"


def test_several_posts_are_read(tmp_path: Path) -> None:
    row = "Bo;region;;;;;;;sundhedsraadsformand aarhus, udvalgsformand Favrskov"

    assert read_members(written(tmp_path, row)).members[0].posts == (
        ("sundhedsraadsformand", "aarhus"),
        ("udvalgsformand", "710"),
    )


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, "Bo;PLO;12345678", header="navn;part;telefon")

    assert read_members(path).unused == ("telefon",)


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("Bo;kommune;Rander", "kommune", "nærmest: Randers (730)"),
        ("Bo;kommune;999", "kommune", "ukendt kommune '999'"),
        ("Bo;kommune;", "kommune", "en kommunal plads uden kommune"),
        ("Bo;kongehuset", "repræsenterer", "ukendt ord 'kongehuset'"),
        ("Bo;", "repræsenterer", "cellen er tom"),
        ("Bo;PLO;;kejser", "embede", "ukendt ord 'kejser'"),
        ("Bo;PLO;;;kasserer", "rolle", "Formand, Næstformand"),
        ("Bo;PLO;;;;;rm-rander", "klynge", "ukendt klynge 'rm-rander'"),
        ("Bo;PLO;;;;;;;klyngeformand", "poster", "klyngeformand rn-nord"),
        ("Bo;PLO;;;;;;;;31.2.2023;", "fra", "'31.2.2023' er ikke en dato"),
        ("Bo;PLO;;;;;;;;;i morgen", "til", "2023-05-01 eller 1.5.2023"),
        ("Bo;PLO;;;;;;;;2023-05-01;2023-04-30", "til", "slutter 2023-04-30, før den begynder"),
    ],
)
def test_a_cell_that_cannot_be_used_is_told_by_line_and_column(
    tmp_path: Path, row: str, column: str, said: str
) -> None:
    message = told(written(tmp_path, "Ib;PLO", row))

    assert f"medlemmer.csv, linje 3, kolonne {column}" in message
    assert said in message


def test_a_person_twice_in_one_seat_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "Bo Bæk;kommune;730", "bo  bæk;kommune;Randers")

    assert faults(path) == ["medlemmer.csv, linje 3, kolonne person"]


def test_a_person_again_in_the_seat_later_is_fine(tmp_path: Path) -> None:
    rows = ("Bo;PLO;;;;;;;;1.7.2022;31.12.2022", "Bo;PLO;;;;;;;;1.1.2023;")

    assert len(read_members(written(tmp_path, *rows)).members) == 2


def test_a_person_in_two_different_seats_is_no_fault_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "Bo;region", "Bo;kommune;730")

    assert len(read_members(path).members) == 2


def test_two_born_chairs_are_told(tmp_path: Path) -> None:
    rows = ("Ada;region;;regionsrådsformand;formand", "Bo;region;;regionsrådsformand;formand")
    message = told(written(tmp_path, *rows))

    assert "medlemmer.csv, linje 3, kolonne embede" in message
    assert "Ada (linje 2) og Bo er begge regionsrådsformand" in message


def test_a_born_chair_after_another_is_fine(tmp_path: Path) -> None:
    rows = (
        "Ada;region;;regionsrådsformand;;;;;;1.7.2022;31.5.2023",
        "Bo;region;;regionsrådsformand;;;;;;1.6.2023;",
    )

    assert len(read_members(written(tmp_path, *rows)).members) == 2


def test_two_mayors_of_one_kommune_are_told(tmp_path: Path) -> None:
    path = written(tmp_path, "Ada;kommune;730;borgmester", "Bo;kommune;730;borgmester")

    assert "borgmester i samme tid" in told(path)


def test_two_mayors_of_two_kommuner_are_fine(tmp_path: Path) -> None:
    path = written(tmp_path, "Ada;kommune;730;borgmester", "Bo;kommune;710;borgmester")

    assert len(read_members(path).members) == 2


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Ada;region;;regionsrådsformand",
        "Bo;region;;regionsrådsformand",
        "Ib;kommune;Rander;borgmeste",
        "Eva;PLO;;;;;;;;2.1.2023;1.1.2023",
    )

    assert faults(path) == [
        "medlemmer.csv, linje 4, kolonne kommune",
        "medlemmer.csv, linje 4, kolonne embede",
        "medlemmer.csv, linje 5, kolonne til",
        "medlemmer.csv, linje 3, kolonne embede",
    ]


def test_a_missing_column_is_told_with_those_there_are(tmp_path: Path) -> None:
    message = told(written(tmp_path, "Bo;1", header="navn;nummer"))

    assert "linje 1, kolonne repræsenterer" in message
    assert "Der er: navn, nummer" in message


def test_a_column_that_is_there_twice_is_told(tmp_path: Path) -> None:
    assert "to gange" in told(written(tmp_path, "Bo;PLO;Ib", header="navn;part;person"))


def test_a_row_with_too_many_cells_is_told(tmp_path: Path) -> None:
    assert "flere celler" in told(written(tmp_path, "Bo;PLO;hov", header="navn;part"))


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"person;part\n"])
def test_a_file_without_rows_is_told(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "tom.csv"
    path.write_bytes(raw)

    assert "ingen rækker" in told(path)


def test_an_excel_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "medlemmer.xlsx"
    path.write_bytes(b"PK\x03\x04...")

    assert "Gem arket som CSV" in told(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "FileNotFoundError" in told(tmp_path / "mangler.csv")


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "medlemmer.csv"
    path.write_bytes(bytes(range(256)) * 2)

    assert "medlemmer.csv" in told(path)


def test_a_deviation_is_read(tmp_path: Path) -> None:
    path = tmp_path / "aftaler.csv"
    path.write_text(
        "regel;beslutning;sted;antal;fra;til\n"
        "K14-kommune;Klyngen 1.3.2023, punkt 4;Randers;3;1.3.2023;\n",
        encoding="utf-8",
    )

    assert read_deviations(path) == (
        Deviation(
            "K14-kommune",
            "Klyngen 1.3.2023, punkt 4",
            subject="730",
            agreed=3,
            valid_from=date(2023, 3, 1),
        ),
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("K99;Beslutning", "ukendt regel 'K99'"),
        ("K14-plo;", "cellen er tom"),
        ("K14-plo;Beslutning;;mange", "'mange' er ikke et helt tal"),
    ],
)
def test_a_deviation_that_cannot_be_used_is_told(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "aftaler.csv"
    path.write_text(f"regel;beslutning;sted;antal\n{row}\n", encoding="utf-8")

    with pytest.raises(BadInput, match=said):
        read_deviations(path)
