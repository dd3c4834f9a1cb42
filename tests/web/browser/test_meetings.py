"""The pages of meetings in a browser, on the demo's invented year."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_user
from klynge.web.bodies import demo as bodies
from klynge.web.bodies.models import BodyRecord
from klynge.web.meetings import demo
from klynge.web.meetings.models import Annex, Item, ItemTemplate, Meeting
from tests.web.browser.conftest import WIDE
from tests.web.browser.tabbing import tabbed_through

BODY = "/moeder/organ/klynge-faglig/rm-randers/"


@pytest.fixture(autouse=True)
def _filled(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    bodies.fill()
    a_user("case_officer", username="sagsbehandler")
    demo.fill()


def _meeting(state: str, kind: str) -> Meeting:
    return Meeting.objects.filter(state=state, body__kind=kind).first()


def _pages() -> list[str]:
    released = _meeting("released", "klynge-faglig")
    review = _meeting("agenda_review", "klynge-politisk")
    planned = _meeting("planned", "klynge-faglig")
    proposed = _meeting("proposed", "klynge-faglig")
    open_item = review.items.get(title__startswith="Fælles visitation")
    body = BodyRecord.objects.get(kind="klynge-faglig", place="rm-randers")
    template = ItemTemplate.objects.filter(standing=True).first()
    return [
        "/moeder/",
        "/moeder/?q=visitation",
        "/moeder/mit-arbejde/",
        "/moeder/aarshjul/?sted=rm-randers",
        "/moeder/aarshjul/?sted=rm-randers&aar=2025",
        BODY,
        f"{BODY}nyt/",
        f"{BODY}rytme/",
        f"{BODY}aar/2025/",
        f"{BODY}emner/",
        f"{BODY}skabeloner/",
        f"{BODY}skabeloner/ny/",
        f"{BODY}skabeloner/{template.pk}/",
        f"/moeder/{released.pk}/",
        f"/moeder/{review.pk}/",
        f"/moeder/{planned.pk}/",
        f"/moeder/{proposed.pk}/",
        f"/moeder/{planned.pk}/ret/",
        f"/moeder/{planned.pk}/aflys/",
        f"/moeder/punkt/{released.items.get(closed=True).pk}/",
        f"/moeder/punkt/{open_item.pk}/",
        f"/moeder/punkt/{open_item.pk}/ret/",
        f"/moeder/punkt/{open_item.pk}/luk/",
        f"/moeder/punkt/{open_item.pk}/videre/",
        f"/moeder/punkt/{open_item.pk}/bilag/",
        f"/moeder/punkt/{open_item.pk}/tal/",
        f"/moeder/punkt/nyt/{body.pk}/",
        f"/moeder/punkt/meld/{body.pk}/",
        f"/moeder/bilag/{Annex.objects.first().uid}/ret/",
        "/organ/klynge-faglig/rm-randers/",
    ]


def test_no_page_has_an_accessibility_error(reader):
    assert reader().faults_of(_pages()) == []


def test_the_agenda_is_put_in_order_with_the_keyboard_alone(reader):
    meeting = _meeting("agenda_review", "klynge-politisk")
    before = [item.title for item in meeting.items.all()]
    page = reader(viewport=WIDE).goto(f"/moeder/{meeting.pk}/")

    page.focus(f"button[aria-label='Flyt {before[2]} op']")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    after = [item.title for item in meeting.items.all()]
    assert after == [before[0], before[2], before[1], *before[3:]]


def test_the_agenda_is_put_in_order_with_the_mouse(reader):
    meeting = _meeting("agenda_review", "klynge-politisk")
    rows = list(meeting.items.all())
    page = reader(viewport=WIDE).goto(f"/moeder/{meeting.pk}/")

    # The page is read anew when the order is saved.
    with page.expect_navigation(wait_until="networkidle"):
        page.drag_and_drop(f"#punkt-{rows[2].pk} .m-number", f"#punkt-{rows[0].pk} .m-number")

    assert [item.pk for item in meeting.items.all()] == [rows[2].pk, rows[0].pk, rows[1].pk,
                                                         *(row.pk for row in rows[3:])]  # fmt: skip


def test_a_text_is_written_in_the_editor_and_comes_back(reader):
    body = BodyRecord.objects.get(kind="klynge-faglig", place="rm-randers")
    page = reader(viewport=WIDE).goto(f"/moeder/punkt/nyt/{body.pk}/")
    page.fill("[name=title]", "Skrevet i editoren")
    editor = page.get_by_role("textbox", name="Sagsresume")
    editor.click()
    page.keyboard.type("Først ")
    page.get_by_role("toolbar", name="Formatering: Sagsresume").get_by_label("Fed").click()
    page.keyboard.type("fedt")
    page.click("text=Gem punktet")
    page.wait_for_selector("h1:has-text('Skrevet i editoren')")

    item = Item.objects.get(title="Skrevet i editoren")
    assert item.blocks.get().html == "<p>Først <strong>fedt</strong></p>"
    page.goto(page.url + "ret/")
    assert "fedt" in page.get_by_role("textbox", name="Sagsresume").inner_html()


def test_what_is_pasted_from_word_is_tidy_at_once(reader):
    body = BodyRecord.objects.get(kind="klynge-faglig", place="rm-randers")
    page = reader(viewport=WIDE).goto(f"/moeder/punkt/nyt/{body.pk}/")
    editor = page.get_by_role("textbox", name="Sagsfremstilling")
    editor.click()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/html", "<style>p{color:red}</style><p class=MsoNormal>"
            + "<b>Fra</b> <o:p>Word</o:p></p><script>alert(1)</script>");
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )

    assert "Mso" not in editor.inner_html()
    assert "color" not in editor.inner_html()
    assert editor.inner_text().split() == ["Fra", "Word"]


def test_every_control_of_the_meeting_page_is_reached_by_tab(reader):
    meeting = _meeting("agenda_review", "klynge-politisk")
    page = reader(viewport=WIDE).goto(f"/moeder/{meeting.pk}/")
    never, unseen = tabbed_through(page)

    assert never == set()
    assert unseen == []
