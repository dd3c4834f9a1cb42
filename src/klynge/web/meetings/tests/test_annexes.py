"""Annexes: what may be one, and that none is lost."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from klynge.web.bodies import file_kinds
from klynge.web.meetings import access, rules
from klynge.web.meetings.models import Annex
from klynge.web.meetings.tests.builders import (
    MARKER,
    a_meeting,
    a_user_who_sits,
    an_item,
    release,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def a_file(name: str = "rapport.pdf", content: bytes = PDF) -> ContentFile:
    return ContentFile(content, name=name)


def content(annex: Annex) -> bytes:
    with annex.file.open() as file:
        return file.read()


def a_docx(inside: str = "word/document.xml") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(inside, "<x/>")
    return made.getvalue()


def test_a_file_is_kept_as_it_is_with_its_checksum():
    annex = rules.add_annex(by=None, item=an_item(), file=a_file())

    assert content(annex) == PDF
    assert annex.name == "rapport"
    assert annex.sha256 == file_kinds.sha256_of(io.BytesIO(PDF))


def test_where_it_is_kept_tells_nothing_of_its_name():
    annex = rules.add_annex(by=None, item=an_item(), file=a_file(f"{MARKER}.pdf"), closed=True)

    assert MARKER not in annex.file.name


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("rapport.pdf", a_docx(), "hedder .pdf"),
        ("notat.docx", PDF, r"ser ud til at være .pdf"),
        ("notat.docx", a_docx("xl/workbook.xml"), "hedder .docx"),
        ("notat.docx", a_docx("word/vbaProject.bin"), "hedder .docx"),
        ("billede.png", b"GIF89a....", "hedder .png"),
        ("tal.csv", b"MZ\x90\x00program", "hedder .csv"),
        ("tal.csv", b"<script>alert(1)</script>", "hedder .csv"),
        ("program.exe", b"MZ\x90", "kan ikke være et bilag"),
        ("side.html", b"<html>", "kan ikke være et bilag"),
        ("tom.pdf", b"", "er tom"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, content, says):
    with pytest.raises(rules.NotAllowed, match=says):
        rules.add_annex(by=None, item=an_item(), file=a_file(name, content))

    assert not Annex.objects.exists()


def test_a_file_that_is_too_large_is_refused_with_what_to_do():
    file = a_file()
    file.size = 300 * 2**20

    with pytest.raises(rules.NotAllowed, match=r"fylder 300 MB.*højst 100 MB.*Del den"):
        rules.add_annex(by=None, item=an_item(), file=file)


def test_nothing_is_left_on_disk_when_the_row_cannot_be_saved(settings, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise RuntimeError("full")

    monkeypatch.setattr(Annex, "save", refuse)
    with pytest.raises(RuntimeError):
        rules.add_annex(by=None, item=an_item(), file=a_file())

    assert not [each for each in settings.MEDIA_ROOT.rglob("*") if each.is_file()]


def test_a_path_in_the_name_is_dropped():
    annex = rules.add_annex(by=None, item=an_item(), file=a_file("../../etc/rapport.pdf"))

    assert annex.file_name == "rapport.pdf"


def test_a_replaced_file_is_kept_but_not_shown():
    item = an_item()
    old = rules.add_annex(by=None, item=item, file=a_file())

    new = rules.replace_annex(by=None, annex=old, file=a_file("ny.pdf", PDF + b"ny"))

    old.refresh_from_db()
    assert old.replaced_at
    assert content(old) == PDF
    assert (new.name, new.position) == (old.name, old.position)


def test_a_closed_annex_on_an_open_item_is_for_the_members():
    meeting = a_meeting()
    item = an_item(meeting)
    rules.add_annex(by=None, item=item, file=a_file(), name="Åbent bilag")
    closed = rules.add_annex(by=None, item=item, file=a_file(), name=MARKER, closed=True)
    release(meeting)
    item.refresh_from_db()

    assert MARKER not in repr(access.public_view(meeting))
    assert [each.name for each in access.visible_annexes(item, None)] == ["Åbent bilag"]
    assert not access.may_fetch(closed, None)
    closed = Annex.objects.get(pk=closed.pk)
    assert access.may_fetch(closed, a_user_who_sits(meeting.body))
    assert MARKER not in str(closed)


def test_what_went_out_closed_is_not_opened_by_a_click():
    meeting = a_meeting()
    annex = rules.add_annex(by=None, item=an_item(meeting), file=a_file(), closed=True)
    release(meeting)

    with pytest.raises(rules.NotAllowed, match="sendt ud som lukket"):
        rules.name_annex(by=None, annex=annex, closed=False)


def test_an_upload_that_announces_too_much_is_given_up(rf):
    from klynge.web.bodies import uploads

    request = rf.post("/", {"file": SimpleUploadedFile("stor.pdf", PDF)})
    request.META["CONTENT_LENGTH"] = str(300 * 2**20)

    assert uploads.refused(request) == ("stor.pdf", 300 * 2**20)
    assert not request.FILES


def test_an_upload_that_turns_out_too_large_is_given_up(rf, monkeypatch):
    from klynge.web.bodies import uploads

    monkeypatch.setattr(uploads, "LARGEST", 100)
    request = rf.post("/", {"file": SimpleUploadedFile("stor.pdf", PDF + b"x" * 1000)})

    assert uploads.refused(request)[0] == "stor.pdf"
    assert not request.FILES
