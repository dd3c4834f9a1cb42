"""Members in and out: everything wrong is told at once, and what goes out can come in again."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from klynge.faults import BadInput
from klynge.web.bodies import exporting, history, importing, rules
from klynge.web.bodies.models import Membership, Person
from klynge.web.bodies.standing import body_called
from klynge.web.bodies.tests.builders import (
    FIRST,
    a_body,
    a_lawful_political_level,
    a_person,
    a_seat,
    names,
)

pytestmark = pytest.mark.django_db
HEAD = "navn;repræsenterer;kommune;embede;rolle;udpeget af;fra;til\n"
GOOD = (
    HEAD + "Åse Ærø;region;;regionsrådsformand;formand;;13.9.2022;\n"
    "Bo Prøve;kommune;Randers;borgmester;medformand;;13.9.2022;31.12.2025\n"
    "vakant;PLO;;læge;;PLO;;\n"
)


def _bring_in(text: str, body=None, *, name: str = "medlemmer.csv", encoding: str = "utf-8"):
    members, _unused = importing.read(name, text.encode(encoding))
    return importing.carry_out(by=None, body=body or a_body(), members=members, file=name)


def _look_through(content: bytes, body, name: str) -> None:
    members, _unused = importing.read(name, content)
    importing.plan(body or a_body(), members, file=name)


def _faults(text: str | bytes, body=None, name: str = "medlemmer.csv") -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(BadInput) as refused:
        _look_through(content, body, name)
    return [f"{fault.where}: {fault.problem}" for fault in refused.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_members_come_in_from_csv_in_any_encoding(encoding):
    _bring_in(GOOD, encoding=encoding)

    assert names(history.as_of(a_body(), FIRST)) == ["Bo Prøve", "Åse Ærø"]


def test_members_come_in_from_a_workbook():
    book = Workbook()
    for row in (
        ["navn", "repræsenterer", "kommune", "fra"],
        ["Bo Prøve", "kommune", 730, date(2022, 9, 13)],
    ):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)

    members, _unused = importing.read("medlemmer.xlsx", file.getvalue())

    assert (members[0].kommune, members[0].valid_from) == ("730", FIRST)


def test_every_fault_is_told_at_once_with_row_and_column_and_nothing_is_saved():
    told = _faults(
        HEAD + "Bo;kejser;;;;;13.9.2022;\n"
        "Eva;kommune;Rander;;;;13.9.2022;\n"
        "Ib;region;;;;;13.9.2022;1.1.2022\n"
        "Ole;region;;;;;2022-13-45;\n"
    )

    assert [where.split(":")[0] for where in told] == [
        "medlemmer.csv, linje 2, kolonne repræsenterer",
        "medlemmer.csv, linje 3, kolonne kommune",
        "medlemmer.csv, linje 5, kolonne fra",
        "medlemmer.csv, linje 4, kolonne til",
    ]
    assert not Person.objects.exists()
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("Ib;region;;;;;;\n", "ingen første dag"),
        ("Ib;region;;;;;1.1.2020;\n", "findes først fra"),
        ("Ib;region;;;;;1.1.2026;\n", "findes kun til"),
        ("Ib;region;;;;;1.1.2023;\nIb;region;;;;;1.2.2023;\n", "allerede pladsen (linje 2)"),
        (
            "Ib;region;;regionsrådsformand;;;1.1.2023;\nBo;region;;regionsrådsformand;;;1.1.2023;\n",
            "begge regionsrådsformand",
        ),
        ("BÃ¸rge;region;;;;;1.1.2023;\n", "gået i stykker"),
    ],
)
def test_what_cannot_be_is_refused(rows, problem):
    assert any(problem in told for told in _faults(HEAD + rows))


def test_what_clashes_with_what_is_recorded_is_refused():
    seat = a_seat(person=a_person("Rita"), office="regionsraadsformand")

    told = _faults(HEAD + "Ib;region;;regionsrådsformand;;;1.1.2023;\n", seat.body)

    assert told == ["medlemmer.csv, linje 2: Rita er allerede regionsrådsformand i samme tid"
                    " (13. september 2022 –)."]  # fmt: skip


def test_a_file_that_is_no_sheet_is_refused():
    assert "hverken en XLSX- eller en CSV-fil" in _faults(b"PK\x03\x04ikke en mappe")[0]


def test_a_workbook_with_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(importing, "MOST_ROWS", 2)
    rows = history.known(a_lawful_political_level())

    assert "filen er for stor" in _faults(exporting.as_xlsx(rows, "M"), name="m.xlsx")[0]


def test_the_same_file_twice_changes_nothing():
    _bring_in(GOOD)
    before = Membership.objects.count()

    again = _bring_in(GOOD)

    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert Membership.objects.count() == before


def test_a_changed_row_is_a_correction():
    _bring_in(GOOD)

    _bring_in(GOOD.replace("medformand", "medlem"))

    row = Membership.objects.get(person__name="Bo Prøve", recorded_to=None)
    assert (row.change, row.role) == ("corrected", "medlem")


def test_an_empty_cell_takes_nothing_away():
    _bring_in(GOOD)

    again = _bring_in(GOOD.replace("31.12.2025", "").replace("borgmester", ""))

    assert (again.changed, again.same) == (0, 2)


def test_the_look_through_tells_what_will_differ():
    _bring_in(GOOD)
    members, _unused = importing.read("m.csv", GOOD.replace("31.12.2025", "31.12.2024").encode())

    found = importing.plan(a_body(), members, file="m.csv")

    assert found.lines[1].differs == (("til", "31. december 2025", "31. december 2024"),)


def test_a_person_who_is_known_is_not_made_again():
    known = a_person("Bo Prøve")
    _bring_in(GOOD)

    assert Person.objects.get(name="Bo Prøve") == known


def test_a_name_that_two_have_is_refused():
    a_person("Bo Prøve"), a_person("Bo Prøve")

    assert any("flere personer" in told for told in _faults(GOOD))


def test_a_fault_half_way_leaves_all_as_it_was(monkeypatch):
    appointed = []

    def stop(**values):
        if appointed:
            raise rules.NotAllowed("Nej.")
        appointed.append(values)
        return original(**values)

    body, original = a_body(), rules.appoint
    monkeypatch.setattr(rules, "appoint", stop)

    with pytest.raises(BadInput):
        _bring_in(GOOD, body)

    assert not Membership.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_can_come_in_again_and_is_the_same(kind):
    body = a_lawful_political_level()
    rows = history.known(body)
    content = (
        exporting.as_csv(rows).encode() if kind == "csv" else exporting.as_xlsx(rows, "Medlemmer")
    )

    members, unused = importing.read(f"medlemmer.{kind}", content)
    found = importing.plan(body, members, file="medlemmer")

    assert (found.new, found.changed, found.same) == (0, 0, len(rows))
    assert unused == ()


def test_a_name_cannot_be_a_formula_in_a_spreadsheet():
    seat = a_seat(person=a_person("=1+1"))

    assert "\r\n'=1+1;" in exporting.as_csv([seat])


def test_popolo_says_who_sits_where_for_whom():
    body = a_lawful_political_level()

    found = exporting.as_popolo(body_called(body.kind, body.place), history.known(body))

    ids = {person["id"] for person in found["persons"]}
    assert {each["person_id"] for each in found["memberships"]} == ids
    assert {e["organization_id"] for e in found["memberships"]} == {"klynge-politisk/rm-randers"}


def test_nothing_that_goes_out_holds_contact_details():
    seat = a_seat()
    rules.save_contact(by=None, person=seat.person, email="hemmelig@example.org", phone="12345678")
    body = body_called(seat.body.kind, seat.body.place)
    out = exporting.as_csv([seat]) + str(exporting.as_popolo(body, [seat]))

    assert "hemmelig" not in out
    assert "12345678" not in out
