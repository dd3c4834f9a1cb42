"""The pages of a meeting's papers in a browser: chosen, fetched, and the templates handed in."""

from __future__ import annotations

from pathlib import Path

from klynge.web.documents import word
from klynge.web.documents.tests.reading import Read
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.papers.tests.builders import a_figure, an_annex
from klynge.web.meetings.tests.builders import a_meeting, an_item, release
from tests.web.browser.conftest import NARROW, WIDE


def _meeting() -> Meeting:
    meeting = a_meeting()
    item = an_item(meeting, "Akutte genindlæggelser", case_number="29.30.08-P27-1-21")
    a_figure(item)
    an_annex(item)
    return release(meeting)


def _pages(meeting: Meeting) -> list[str]:
    return [
        f"/papirer/moede/{meeting.uid}/",
        f"/papirer/punkt/{meeting.items.get().uid}/",
        "/papirer/skabeloner/",
        "/papirer/skabeloner/moede/",
    ]


def test_every_page_is_accessible_and_fits_and_does_not_complain(reader):
    assert reader().faults_of(_pages(_meeting())) == []


def test_parts_are_chosen_and_fetched_by_keyboard(reader):
    page = reader(viewport=WIDE).goto(_pages(_meeting())[0])
    page.focus("input[value=bilag]")
    page.keyboard.press("Space")
    page.focus("main form button[type=submit]")
    with page.expect_download() as fetched:
        page.keyboard.press("Enter")
    pdf = Read(Path(fetched.value.path()).read_bytes())

    assert fetched.value.suggested_filename.startswith("2024-10-22-dagsorden-")
    assert pdf.attachments == {}
    assert "Akutte genindlæggelser" in pdf.text


def test_a_case_is_fetched_without_script_and_a_wrong_number_is_told(reader):
    watched = reader(viewport=NARROW, java_script_enabled=False)
    page = watched.goto(_pages(_meeting())[1])
    page.select_option("#id_myndighed", "herning")
    page.fill("#id_sagsnummer", "forkert")
    page.click("main form button[type=submit]")

    assert "Herning Kommune skriver sagsnumre som" in page.inner_text("main form")
    page.fill("#id_sagsnummer", "29.30.08-P27-1-21")
    with page.expect_download() as fetched:
        page.click("main form button[type=submit]")
    assert fetched.value.suggested_filename.endswith(".docx")


def test_a_template_that_does_not_work_is_refused_accessibly(reader, tmp_path):
    file = tmp_path / "vores.docx"
    file.write_bytes(word.make_template([word.Line("{{ tittel }}")], title="Vores"))
    watched = reader(viewport=WIDE)
    page = watched.goto("/papirer/skabeloner/moede/")
    page.set_input_files("[name=file]", file)
    page.click("main form button[type=submit]")
    page.wait_for_selector("[role=alert]")

    assert "Mente du titel?" in page.inner_text("main form")
    assert watched.violations() == []
