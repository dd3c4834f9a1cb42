"""A meeting's papers hold what was chosen and what the reader may see, and nothing else."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from klynge.web.accounts.tests.builders import a_member, a_secretary
from klynge.web.documents.pdf import Annexes
from klynge.web.documents.tests.reading import Read
from klynge.web.meetings import rules as meetings
from klynge.web.meetings.papers import follow_up, journal, making
from klynge.web.meetings.papers.composing import Wanted
from klynge.web.meetings.papers.follow_up import Followed
from klynge.web.meetings.papers.parts import Part, available, chosen, usual
from klynge.web.meetings.papers.tests.builders import (
    a_figure,
    all_words_of,
    an_annex,
    paper_for,
    wanted,
    with_secrets,
)
from klynge.web.meetings.tests.builders import (
    MARKER,
    a_meeting,
    a_released_meeting,
    a_user_who_sits,
    an_item,
    release,
)
from klynge.web.meetings.tests.minutes_builders import (
    a_held_meeting,
    a_meeting_in_review,
    an_approved_meeting,
)

pytestmark = pytest.mark.django_db


def a_meeting_with_everything():
    meeting = a_meeting()
    item = an_item(
        meeting, "Akutte genindlæggelser", case_number="29.30.08-P27-1-21", presenter="Rita"
    )
    a_figure(item)
    an_annex(item)
    return release(meeting)


def read(meeting, user=None, *parts, how=Annexes.ATTACHED):
    paper = paper_for(meeting, user or a_secretary())
    return Read(making.meeting_pdf(paper, wanted(*parts), annexes=how))


def test_a_whole_meeting_is_pdf_ua_with_bookmarks_tables_and_charts():
    pdf = read(a_meeting_with_everything())

    assert pdf.faults == []
    assert pdf.root["/Lang"] == "da-DK"
    assert "1. Akutte genindlæggelser" in [title for _depth, title, _page in pdf.bookmarks]
    assert [figure["/Alt"] for figure in pdf.elements("/Figure")] == [
        "Akutte ophold stiger fra 12,3 til 12,9 pr. 1.000."
    ]
    assert pdf.elements("/TH")
    assert list(pdf.attachments) == ["bilag-1.1 Notat.pdf"]


def test_the_agenda_says_what_is_put_before_the_body():
    text = read(a_meeting_with_everything(), None, Part.AGENDA).text

    for words in (
        "Sagsnummer: 29.30.08-P27-1-21",
        "Tallene er steget i tre år.",
        "at drøfte tallene",
        "Kilde: Opdigtet pakke",
        "22. oktober 2024 kl. 9.00–11.00",
        "1.1 Notat",
    ):
        assert words in text
    assert "Indkaldelse" not in text


def test_the_invitation_has_time_place_and_the_agenda_in_short():
    meeting = a_released_meeting(place="Regionshospitalet Randers")
    text = read(meeting, None, Part.INVITATION).text

    assert "Du indkaldes til møde" in text
    assert "Regionshospitalet Randers" in text
    assert "Fælles visitation" in text


def test_minutes_say_what_came_of_each_item_and_who_was_there():
    pdf = read(an_approved_meeting(), None, Part.MINUTES, Part.ATTENDANCE, Part.DECISIONS)
    text = pdf.text
    assert pdf.faults == []

    assert "Indstilling 1: Tiltrådt" in text
    assert "Drøftet: 1." in text
    assert "16 af 16 var til stede." in text
    assert "Beslutninger på mødet" in text
    assert "Udkast" not in text


def test_minutes_that_are_not_approved_say_so_and_are_not_for_everybody():
    meeting = a_meeting_in_review()

    assert "referatet er ikke godkendt" in read(meeting, None, Part.MINUTES).text
    assert Part.MINUTES not in available(paper_for(meeting, a_member()))
    assert "Drøftet" not in read(meeting, a_member()).text


def test_an_agenda_that_is_not_out_says_that_it_is_a_draft_and_is_hidden_from_others():
    meeting = a_meeting()
    an_item(meeting, "Akutte genindlæggelser")

    assert "dagsordenen er ikke sendt ud" in read(meeting, None, Part.AGENDA).text
    assert "Akutte genindlæggelser" not in read(meeting, a_member(), Part.AGENDA).text


def test_the_decision_list_names_who_sees_to_it(monkeypatch):
    from datetime import date

    meeting = an_approved_meeting()
    item = meeting.items.first()
    told = {str(item.uid): (Followed("Følg tallene", "Rita", date(2024, 12, 1)),)}
    monkeypatch.setattr(follow_up, "_providers", [lambda _meeting, _user: told])
    asked = Wanted(frozenset({Part.DECISIONS}), follow_up.of_meeting(meeting, a_secretary()))
    text = Read(making.meeting_pdf(paper_for(meeting, a_secretary()), asked)).text

    assert "Følg tallene" in text
    assert "1. december 2024" in " ".join(text.split())


def test_what_is_chosen_is_what_there_is():
    before, after = paper_for(a_released_meeting()), paper_for(an_approved_meeting())

    assert chosen(["referat", "vrøvl"], before) == usual(before)
    assert chosen(["referat"], after) == {Part.MINUTES}


def every_public_file(meeting):
    paper = paper_for(meeting)
    asked = wanted()
    yield "pdf", making.meeting_pdf(paper, asked)
    yield "pages", making.meeting_pdf(paper, asked, annexes=Annexes.AS_PAGES)
    yield "listed", making.meeting_pdf(paper, asked, annexes=Annexes.LISTED)
    yield "docx", making.meeting_docx(paper, asked)
    yield "journal", journal.package(paper, {})
    yield "names", f"{making.file_name(paper, asked, 'pdf')} {paper}".encode()


@pytest.mark.parametrize("state", ["released", "approved"])
def test_nothing_closed_is_in_any_public_file(state):
    if state == "released":
        meeting = a_meeting()
        an_item(meeting, "Akutte genindlæggelser")
        release(with_secrets(meeting))
    else:
        meeting = a_held_meeting()
        with_secrets_after(meeting)
    inside = all_words_of(making.meeting_pdf(paper_for(meeting, a_secretary()), wanted()))

    assert MARKER in inside, "the test must be able to find the marker"
    for kind, content in every_public_file(meeting):
        assert MARKER not in all_words_of(content), kind


def with_secrets_after(meeting):
    """Secrets in a meeting that is over: closed in the database, where they would stand."""
    from klynge.web.meetings.models import Item, Meeting, Minute

    item = meeting.items.first()
    Item.objects.filter(pk=item.pk).update(
        title=f"{MARKER} titel", closed=True, closed_because=MARKER, public_title="Lukket sag"
    )
    Minute.objects.filter(item=item).update(html=f"<p>{MARKER} besluttet</p>")
    item.clauses.update(decision=f"{MARKER} beslutning", outcome="changed")
    item.corrections.create(meeting=meeting, html=f"<p>{MARKER} rettet</p>", at=meeting.begins_at)
    row = meeting.attendance.first()
    item.dissents.create(attendance=row, text=f"{MARKER} mener andet")
    meeting.attendance.update(note=f"{MARKER} bemærkning")
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.APPROVED)


def test_a_closed_item_is_there_under_its_public_title():
    meeting = a_meeting()
    an_item(meeting, "Akutte genindlæggelser")
    release(with_secrets(meeting))
    text = read_public(meeting).text

    assert "Lukket punkt om en kontrakt (lukket punkt)" in text
    assert "Punktet er lukket." in text


def read_public(meeting):
    return Read(making.meeting_pdf(paper_for(meeting), wanted()))


def test_a_member_of_the_body_gets_what_is_closed():
    user = a_user_who_sits()
    meeting = a_meeting()
    an_item(meeting, "Akutte genindlæggelser")
    release(with_secrets(meeting))

    assert f"{MARKER} i teksten" in read(meeting, user).text


def test_the_same_papers_are_equal_until_something_changes():
    meeting = a_meeting_with_everything()
    secretary = a_secretary()

    def made():
        paper = paper_for(meeting, secretary)
        return (
            making.meeting_pdf(paper, wanted()),
            making.meeting_docx(paper, wanted()),
            journal.package(paper, {}),
        )

    before = made()
    assert made() == before
    meetings.change_meeting(by=None, meeting=meeting, place="Et nyt sted")
    assert all(one != other for one, other in zip(made(), before, strict=True))


def test_the_docx_is_words_own_headings_and_holds_the_parts():
    paper = paper_for(a_meeting_with_everything(), a_secretary())
    document = docx.Document(BytesIO(making.meeting_docx(paper, wanted())))

    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["1. Akutte genindlæggelser"] == "Heading 1"
    assert styles["Indstilling"] == "Heading 2"
    assert document.core_properties.title.startswith("Dagsorden, ")
    assert len(document.inline_shapes) == 1


def test_annexes_can_follow_as_pages():
    pdf = read(a_meeting_with_everything(), None, Part.AGENDA, Part.ANNEXES, how=Annexes.AS_PAGES)

    assert pdf.reader.pages[-1].extract_text().startswith("Bilag\nNotat")
    assert "pdfuaid:part" not in pdf.claims
