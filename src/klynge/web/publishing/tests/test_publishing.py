"""What becomes public, when, until when, and what stops it."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.audit.models import Event
from klynge.web.bodies import clock
from klynge.web.meetings import rules as meetings
from klynge.web.meetings.models import Annex, Block, Meeting
from klynge.web.meetings.tests.builders import (
    a_closed_item,
    a_meeting,
    a_released_meeting,
    an_item,
    release,
)
from klynge.web.publishing import public, rules
from klynge.web.publishing.models import Publication

pytestmark = pytest.mark.django_db
AGENDA, MINUTES = Publication.Part.AGENDA, Publication.Part.MINUTES
# Of the official test series, and so nobody's.
CPR = "251248-9996"


def an_annex(item, content: bytes = b"Et notat.", **more) -> Annex:
    values = {
        "name": "Notat",
        "file_name": "notat.txt",
        "content_type": "text/plain",
        "size": len(content),
        "sha256": "0" * 64,
        "added_at": clock.now(),
    }
    annex = Annex(item=item, **values | more)
    annex.file.save(annex.file_name, ContentFile(content), save=False)
    annex.save()
    return annex


def publish(meeting: Meeting, part: str = AGENDA, **more) -> Publication:
    return rules.publish(by=a_secretary(), meeting=meeting, part=part, **more)


def _findings(meeting: Meeting, **more) -> list:
    with pytest.raises(rules.Found) as stopped:
        publish(meeting, **more)
    assert not Publication.objects.exists()
    return stopped.value.findings


def test_nothing_is_public_until_it_is_chosen():
    meeting = a_released_meeting()

    assert public.shown() == []
    assert public.part_of_meeting(meeting.uid, AGENDA) is None


def test_an_agenda_is_public_from_the_moment_it_is_published():
    meeting = a_released_meeting("Akutte genindlæggelser")
    publish(meeting)

    found = public.part_of_meeting(meeting.uid, AGENDA)

    assert [item["title"] for item in found.content["items"]] == ["Akutte genindlæggelser"]
    assert Event.objects.filter(what="dagsorden published").exists()


def test_only_the_secretariat_publishes():
    meeting = a_released_meeting()
    with pytest.raises(rules.NotAllowed, match="Kun sekretariatet"):
        rules.publish(by=a_member(), meeting=meeting, part=AGENDA)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(("part", "why"), [(AGENDA, "udsendt"), (MINUTES, "godkendt")])
def test_what_is_not_ready_is_not_published(part, why):
    with pytest.raises(rules.NotAllowed, match=why):
        publish(a_meeting(), part)


def test_a_later_change_is_not_seen_until_it_is_published_again():
    meeting = a_released_meeting("Før")
    publish(meeting)
    meeting.items.update(title="Efter")
    assert _titles(meeting) == ["Før"]

    publish(meeting)
    assert _titles(meeting) == ["Efter"]


def _titles(meeting: Meeting) -> list[str]:
    found = public.part_of_meeting(meeting.uid, AGENDA)
    return [item["title"] for item in found.content["items"]]


def test_a_scheduled_publication_is_seen_from_its_moment_and_not_before():
    meeting = a_released_meeting()
    start = clock.now()
    publish(meeting, visible_from=start + timedelta(hours=2))

    with clock.at(start + timedelta(hours=2) - timedelta(seconds=1)):
        assert public.part_of_meeting(meeting.uid, AGENDA) is None
        assert public.gone() == []
    with clock.at(start + timedelta(hours=2)):
        assert public.part_of_meeting(meeting.uid, AGENDA) is not None


def test_what_expired_is_gone_with_the_day():
    meeting = a_released_meeting()
    start = clock.now()
    end = start + timedelta(days=30)
    publish(meeting, visible_to=end)

    with clock.at(end), pytest.raises(public.Gone) as gone:
        public.part_of_meeting(meeting.uid, AGENDA)
    assert gone.value.since == end


def test_withdrawal_takes_what_is_public_and_what_waits():
    meeting = a_released_meeting()
    start = clock.now()
    publish(meeting)
    publish(meeting, visible_from=start + timedelta(days=1))
    with clock.at(start + timedelta(minutes=1)):
        rules.withdraw(by=a_secretary(), meeting=meeting, part=AGENDA, because="Fejl i et tal")

    with clock.at(start + timedelta(days=2)), pytest.raises(public.Gone) as gone:
        public.part_of_meeting(meeting.uid, AGENDA)
    assert gone.value.since == start + timedelta(minutes=1)


def test_a_scheduled_one_that_was_withdrawn_before_its_time_leaves_no_trace():
    meeting = a_released_meeting()
    start = clock.now()
    publish(meeting, visible_from=start + timedelta(days=1))
    rules.withdraw(by=a_secretary(), meeting=meeting, part=AGENDA, because="For tidligt")

    with clock.at(start + timedelta(days=2)):
        assert public.part_of_meeting(meeting.uid, AGENDA) is None


def test_publishing_now_replaces_what_waits():
    meeting = a_released_meeting("Gammel")
    start = clock.now()
    publish(meeting, visible_from=start + timedelta(days=1))
    meeting.items.update(title="Ny")
    publish(meeting)

    with clock.at(start + timedelta(days=2)):
        assert _titles(meeting) == ["Ny"]


def test_withdrawing_needs_a_reason_and_something_to_withdraw():
    meeting = a_released_meeting()
    with pytest.raises(rules.NotAllowed, match="hvorfor"):
        rules.withdraw(by=a_secretary(), meeting=meeting, part=AGENDA, because=" ")
    with pytest.raises(rules.NotAllowed, match="ikke noget offentligt"):
        rules.withdraw(by=a_secretary(), meeting=meeting, part=AGENDA, because="x")


def test_the_log_is_told_once_when_a_scheduled_one_begins_and_ends():
    meeting = a_released_meeting()
    start = clock.now()
    publish(meeting, visible_from=start + timedelta(hours=1), visible_to=start + timedelta(hours=2))
    assert rules.tell_what_is_due() == (0, 0)
    with clock.at(start + timedelta(hours=1)):
        assert rules.tell_what_is_due() == (1, 0)
        assert rules.tell_what_is_due() == (0, 0)
    with clock.at(start + timedelta(hours=3)):
        assert rules.tell_what_is_due() == (0, 1)


# ---- what stops a publication ----


@pytest.mark.parametrize(
    "written", ["251248-9996", "2512489996", "251248 - 9996", "251248‑9996", "251248–9996"]
)
def test_a_cpr_number_in_a_text_stops_it_with_its_place(written):
    meeting = a_meeting()
    an_item(meeting, "Sagen", blocks={"sagsfremstilling": f"<p>Borger {written} klagede.</p>"})
    release(meeting)

    (found,) = _findings(meeting)

    assert "Sagen" in found.where
    assert "CPR" in found.problem
    assert "9996" not in str(found)


@pytest.mark.parametrize(
    "fine", ["29.30.08-P27-1-21", "Tlf. 12345678", "9912489996", "EAN 5798009811578", "1-00-3-23"]
)
def test_other_numbers_do_not(fine):
    meeting = a_meeting()
    an_item(meeting, "Sagen", blocks={"sagsfremstilling": f"<p>{fine}</p>"})

    assert publish(release(meeting))


def _docx(document: str, **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document>{document}</w:document>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


def _xlsx(sheet: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet2.xml", sheet)
    return file.getvalue()


def _pdf(text: str = "", title: str = "", bookmark: str = "") -> bytes:
    import typst

    body = f'#set document(title: "{title or "Notat"}")\n'
    body += (
        f"#set page(width: 10cm, height: 5cm)\n= {bookmark or 'Overskrift'}\n{text or 'Tekst'}\n"
    )
    return typst.compile(body.encode())


SPLIT = "<w:p><w:r><w:t>2512</w:t></w:r><w:r><w:t>48-9996</w:t></w:r></w:p>"
PROPERTY = "<cp:coreProperties><dc:title>Klage fra 251248-9996</dc:title></cp:coreProperties>"


@pytest.mark.parametrize(
    ("file_name", "content_type", "content", "where"),
    [
        ("notat.txt", "text/plain", f"Borger {CPR}".encode(), "Notat"),
        ("notat.txt", "text/plain", f"Borger {CPR}".encode("utf-16"), "Notat"),
        (f"klage {CPR}.txt", "text/plain", b"-", "filnavnet"),
        ("notat.pdf", "application/pdf", _pdf(text=f"Borger {CPR}"), "side 1"),
        ("notat.pdf", "application/pdf", _pdf(title=f"Klage {CPR}"), "dokumentoplysninger"),
        ("notat.docx", "application/zip", _docx(SPLIT), "word/document.xml"),
        ("notat.docx", "application/zip", _docx("", docProps__core=PROPERTY), "docProps/core.xml"),
        (
            "notat.docx",
            "application/zip",
            _docx("", word__comments=f"<w:comment><w:t>{CPR}</w:t></w:comment>"),
            "word/comments.xml",
        ),
        # The zero a number begins with is dropped by a spreadsheet: 010203-4567 is 102034567.
        ("liste.xlsx", "application/zip", _xlsx("<row><c><v>102034567</v></c></row>"), "sheet2"),
    ],
)
def test_a_cpr_number_in_a_file_stops_it_with_its_place(file_name, content_type, content, where):
    meeting = a_meeting()
    an_annex(an_item(meeting), content, file_name=file_name, content_type=content_type)
    release(meeting)

    found = _findings(meeting)

    assert any(where in each.where and "CPR" in each.problem for each in found), found
    assert all("9996" not in each.problem + each.remedy for each in found)


def test_an_annex_called_by_a_cpr_number_stops_it():
    meeting = a_meeting()
    an_annex(an_item(meeting), name=f"Klage fra {CPR}")
    release(meeting)

    assert any("navnet" in each.where for each in _findings(meeting))


@pytest.mark.parametrize(
    ("content", "content_type"),
    [(b"\x89PNG\r\n", "image/png"), (b"%PDF-1.7 broken", "application/pdf"), (b"\x00\x01", "x/y")],
)
def test_a_file_no_machine_can_read_must_be_looked_through(content, content_type):
    meeting = a_meeting()
    an_annex(an_item(meeting), content, file_name="scan.bin", content_type=content_type)
    release(meeting)

    (found,) = _findings(meeting)
    assert not found.stops

    assert publish(meeting, looked_through=True)


LONG = "Direktionen har besluttet at opsige aftalen med den nuværende leverandør med kort varsel."


@pytest.mark.parametrize(
    "open_text",
    [
        "Vi drøfter Opsigelse af leverandøren igen.",
        f"Som nævnt: {LONG} Derfor.",
        "Se bilaget Kontraktens-hemmelige-priser, som er vedlagt.",
        "Sagen har nummer 29.30.08-P27-9-24.",
    ],
)
def test_closed_text_in_an_open_place_stops_it(open_text):
    meeting = a_meeting()
    closed = a_closed_item(
        meeting,
        title="Opsigelse af leverandøren",
        case_number="29.30.08-P27-9-24",
        blocks={"sagsfremstilling": f"<p>{LONG}</p>"},
        clauses=["opsige"],
    )
    an_annex(closed, name="Kontraktens hemmelige priser")
    an_item(meeting, "Åbent punkt", blocks={"sagsfremstilling": f"<p>{open_text}</p>"})
    release(meeting)

    (found,) = _findings(meeting)

    assert "Åbent punkt" in found.where
    assert "det lukkede punkt" in found.problem
    assert "everandør" not in str(found)


def test_closed_text_in_an_open_annex_stops_it():
    meeting = a_meeting()
    item = an_item(meeting, "Åbent punkt")
    Block.objects.create(item=item, kind="andet", html=f"<p>{LONG}</p>", closed=True)
    an_annex(item, LONG.encode())
    release(meeting)

    (found,) = _findings(meeting)

    assert "Notat" in found.where
    assert "lukket afsnit" in found.problem


def test_what_a_closed_annex_says_may_not_stand_in_an_open_one():
    meeting = a_meeting()
    item = an_item(meeting)
    an_annex(item, LONG.encode(), closed=True, name="Fortroligt notat", file_name="f.txt")
    an_annex(item, _pdf(text=LONG), file_name="aaben.pdf", content_type="application/pdf")
    release(meeting)

    (found,) = _findings(meeting)
    assert "lukket bilag" in found.problem
    # It may be a letterhead that both have: whoever has looked may go on.
    assert publish(meeting, looked_through=True)


def test_the_title_written_for_the_public_is_no_finding():
    meeting = a_meeting()
    a_closed_item(meeting, title="Personalesag")
    meeting.items.update(public_title="Personalesag")

    assert publish(release(meeting))


def test_the_search_folds_danish_letters():
    publish(a_released_meeting("Ældre på ØEN"))

    assert public.shown(words="ÆLDRE øen")
    assert public.shown(words="ældre ananas") == []


# ---- closed after it was published ----


def test_an_item_closed_since_is_seen_by_its_public_title_alone():
    meeting = a_released_meeting("Følsom overskrift")
    publish(meeting)
    meetings.close_item(
        by=None,
        item=meeting.items.get(),
        because="Fejl",
        public_title="Et punkt",
    )

    assert _titles(meeting) == ["Et punkt"]
    assert public.shown(words="Følsom") == []


def test_an_annex_and_a_block_closed_since_are_gone():
    meeting = a_meeting()
    item = an_item(meeting)
    annex = an_annex(item)
    publish(release(meeting))
    assert public.annex(annex.uid) is not None

    Annex.objects.update(closed=True)
    Block.objects.update(closed=True)

    with pytest.raises(public.Gone):
        public.annex(annex.uid)
    (shown,) = public.part_of_meeting(meeting.uid, AGENDA).content["items"]
    assert (shown["annexes"], shown["blocks"]) == ([], [])
