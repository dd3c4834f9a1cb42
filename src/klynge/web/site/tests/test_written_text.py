"""What is written in a field has no signs that nobody sees and that files cannot hold."""

from __future__ import annotations

import io

import pytest
from django.http import QueryDict
from openpyxl import load_workbook

from klynge.web.bodies.models import Person
from klynge.web.bodies.tests.builders import a_body, a_person
from klynge.web.decisions.models import Decision
from klynge.web.site.middleware import without_unseen

pytestmark = pytest.mark.django_db
LINE_OF_WORD = "\x0b"  # how Word writes shift + enter


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Første linje\x0bAnden linje", "Første linje\nAnden linje"),
        ("a\x00b\x01c\x1fd\x7fe", "abcde"),
        ("a\ufffe\uffffb\ud800c", "abc"),
        ("\tTabel\r\nog linje", "\tTabel\r\nog linje"),
        ("Æblegrød 😀 – “ja”", "Æblegrød 😀 – “ja”"),
    ],
)
def test_signs_that_nobody_sees_are_taken_out(written, kept):
    sent = QueryDict(mutable=True)
    sent.setlist("text", [written, "b"])

    assert without_unseen(sent).getlist("text") == [kept, "b"]


def test_what_has_none_is_left_as_it_is():
    sent = QueryDict("a=1&a=2&b=")

    assert without_unseen(sent) is sent


def test_a_decision_pasted_from_word_can_still_be_exported(secretary):
    body = a_body()
    sent = {
        "text": f"At gå i gang{LINE_OF_WORD}med plejehjemmene.\x01",
        "decided_on": "2024-06-14",
        "origin": "Møde 14.6.2024",
    }
    assert secretary.post(f"/beslutninger/ny/{body.pk}/", sent).status_code == 302
    assert Decision.objects.get().text == "At gå i gang\nmed plejehjemmene."

    file = secretary.get("/beslutninger/?som=xlsx")

    assert file.status_code == 200
    cells = [cell.value for row in load_workbook(io.BytesIO(file.content)).active for cell in row]
    assert "At gå i gang\nmed plejehjemmene." in cells


def test_a_search_with_a_null_in_it_is_a_search(secretary):
    for address in ("/moeder/?q=a%00b", "/offentligt/soeg/?q=a%00b", "/soeg/?q=%00"):
        assert secretary.get(address).status_code == 200, address


def test_a_name_has_no_null(secretary):
    person = a_person("Prøve Person")

    sent = {"name": "Prøve\x00 Ny", "reason": "Gift"}
    assert secretary.post(f"/person/{person.pk}/navn/", sent).status_code == 302

    assert Person.objects.get(pk=person.pk).name == "Prøve Ny"
