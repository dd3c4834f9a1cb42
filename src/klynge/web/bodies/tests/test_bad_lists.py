"""A list of members that cannot be used: told by row and column, and nothing is saved."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.bodies import rules
from klynge.web.bodies.models import BodyRecord, Membership, Person

pytestmark = pytest.mark.django_db
BODY = "/organ/klynge-politisk/rm-randers/indlaes/"
HEAD = "navn;repræsenterer;kommune;embede;rolle;fra;til\n"
GOOD = "Åse Ærlig Ørsted;kommune;Randers;borgmester;medlem;13.9.2022;\n"


def _sent(client, text: str, encoding: str = "utf-8", address: str = BODY):
    client.force_login(a_secretary())
    file = SimpleUploadedFile("liste.csv", (HEAD + text).encode(encoding))
    return client.post(address, {"file": file})


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


@pytest.mark.parametrize(
    ("rows", "where", "problem"),
    [
        ("Bo;kommune;Rander;;;13.9.2022;\n", "linje 2, kolonne kommune", "nærmest: Randers (730)"),
        (
            "Ada;region;;regionsrådsformand;formand;13.9.2022;\n"
            "Bo;region;;regionsrådsformand;formand;13.9.2022;\n",
            "linje 3, kolonne embede",
            "er begge regionsrådsformand",
        ),
        (
            "Bo;kommune;Randers;;;13.9.2022;\nBo;kommune;730;;;1.1.2023;\n",
            "linje 3, kolonne person",
            "har allerede pladsen (linje 2)",
        ),
        ("Bo;region;;;;1.5.2023;30.4.2023\n", "linje 2, kolonne til", "før den begynder"),
        ("Bo;region;;;;1.1.2026;\n", "linje 2", "Organet findes kun til og med 31. december 2025"),
        ("Bo;region;;;;1.1.2020;\n", "linje 2", "Organet findes først fra 1. juli 2022"),
        ("BÃ¸rge;region;;;;13.9.2022;\n", "linje 2", "gået i stykker"),
    ],
    ids=[
        "an unknown kommune",
        "two born chairs",
        "a person twice in one seat",
        "a term that ends before it starts",
        "a body that is gone on that day",
        "a body that is not yet there on that day",
        "letters that are broken",
    ],
)
def test_it_is_told_by_row_and_column_and_nothing_is_saved(client, rows, where, problem):
    response = _sent(client, rows)

    told = _text(response)
    assert response.status_code == 422
    assert where in told
    assert problem in told
    assert not Person.objects.exists()
    assert not Membership.objects.exists()
    assert not BodyRecord.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-1", "utf-16"])
def test_danish_letters_come_in_whole_in_every_encoding(client, encoding):
    response = _sent(client, GOOD, encoding)

    assert response.status_code == 200
    assert "Åse Ærlig Ørsted" in _text(response)


def test_a_kind_of_body_that_never_is_has_no_page(client):
    response = _sent(client, GOOD, address="/organ/kejserraad/rm-randers/indlaes/")

    assert response.status_code == 404
    assert not Membership.objects.exists()


def test_all_faults_of_a_file_are_told_at_once(client):
    rows = "Bo;kommune;Rander;;;13.9.2022;\nIb;region;;;;1.5.2023;30.4.2023\nEva;kejser;;;;;\n"

    told = _text(_sent(client, rows))

    assert "Der er 3 fejl. Der er ikke gemt noget." in told
    for line in ("linje 2, kolonne kommune", "linje 3, kolonne til", "linje 4, kolonne repr"):
        assert line in told


def test_a_name_that_is_too_long_is_told(client):
    told = _sent(client, f"{'Bo ' * 80};region;;;;13.9.2022;\n")

    assert told.status_code == 422
    assert "linje 2, kolonne person" in _text(told)
    assert "højst 200 tegn" in _text(told)
    assert not Person.objects.exists()


def test_signs_that_nobody_sees_are_no_part_of_a_name(client):
    told = _sent(client, "Bo\x01 Bæk;region;;;;13.9.2022;\n")

    assert told.status_code == 200
    assert "Bo Bæk" in _text(told)


def test_a_file_may_have_a_long_name(client):
    client.force_login(a_secretary())
    file = SimpleUploadedFile(f"{'æ' * 250}.csv", (HEAD + GOOD).encode())

    assert client.post(BODY, {"file": file}).status_code == 200


def test_nobody_is_called_more_than_a_name_can_hold():
    with pytest.raises(rules.NotAllowed, match="højst 200 tegn"):
        rules.add_person(by=None, name="Bo " * 80)
    person = rules.add_person(by=None, name="Bo")
    with pytest.raises(rules.NotAllowed, match="højst 200 tegn"):
        rules.rename(by=None, person=person, name="x" * 201, reason="Gift")
