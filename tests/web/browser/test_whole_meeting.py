"""A whole meeting of a professional level of sixteen, from the year's wheel to the next agenda.

The secretariat works at 1280 px; the chairs and the members who hand in items have log-ins of their
own. The clock is moved as the weeks pass.
"""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from klynge.web.accounts.tests.builders import PASSWORD, a_user
from klynge.web.decisions.models import Decision
from klynge.web.meetings.models import Item, Meeting
from klynge.web.meetings.tests.builders import log_in_for
from klynge.web.meetings.tests.minutes_builders import a_professional_level, row_of
from tests.web.browser.conftest import WIDE

BODY = "/moeder/organ/klynge-faglig/rm-randers/"
HELD, NEXT = date(2024, 10, 22), date(2025, 1, 21)
FIRST, SECOND = "Akutte genindlæggelser", "Fælles visitation til akutpladser"
AWAY = (
    "Regina Region 2",
    "Regina Region 3",
    "Chef Kommune 706",
    "Chef Kommune 707",
    "Chef Kommune 730",
    "Lars Læge",
    "Palle Patient",
)


class Play:
    """The people of the play, each with a browser of their own."""

    def __init__(self, stranger, settings) -> None:
        self._stranger, self._settings = stranger, settings
        self.body = a_professional_level()
        self.office = self._log_in(a_user("secretariat", name="Sanne Sekretær"))

    def member(self, name: str) -> Page:
        """Somebody who sits in the body, logged in."""
        person = self.body.memberships.get(person__name=name).person
        return self._log_in(person.user or log_in_for(person))

    def on(self, day: date) -> None:
        """Let the clock show another day."""
        self._settings.KLYNGE_TODAY = day

    def go(self, address: str, page: Page | None = None) -> Page:
        return self._goto(page or self.office, address)

    def public(self) -> Page:
        """Somebody from the street."""
        watched = self._stranger(viewport=WIDE)
        self._server = watched.server
        return watched.page

    def _log_in(self, user) -> Page:
        watched = self._stranger(viewport=WIDE)
        self._server = watched.server
        page = watched.goto("/konto/log-ind/")
        page.fill("[name=username]", user.username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_selector("h1:has-text('Danmark')")
        return page

    def _goto(self, page: Page, address: str) -> Page:
        page.goto(self._server + address)
        return page


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=False).first.click()


def untick(page: Page, name: str) -> None:
    """Take every tick of that name away."""
    boxes = page.locator(f"input[type=checkbox][name$=-{name}]")
    for number in range(boxes.count()):
        boxes.nth(number).set_checked(False, force=True)


@pytest.fixture
def play(stranger, settings, tmp_path) -> Play:
    settings.MEDIA_ROOT = tmp_path
    return Play(stranger, settings)


def test_a_whole_meeting(play):
    play.on(date(2024, 9, 15))
    meeting = the_date_is_laid_on_the_wheel(play)
    items_come_from_two_authorities(play, meeting)
    both_chairs_approve_and_the_agenda_goes_out(play, meeting)
    play.on(HELD)
    the_attendance_is_taken(play, meeting)
    the_minutes_are_written(play, meeting)
    both_chairs_approve_the_minutes(play, meeting)
    the_decision_is_taken_from_the_minutes(play, meeting)
    the_minutes_are_published(play, meeting)
    what_is_late_comes_back_on_the_next_agenda(play, meeting)


def the_date_is_laid_on_the_wheel(play: Play) -> Meeting:
    page = play.go(f"{BODY}aar/2024/")
    untick(page, "keep")
    _lay(page, 0, HELD)
    press(page, "Foreslå datoerne")
    press(page, "Fastsæt 1 foreslået dato")
    meeting = Meeting.objects.get(body=play.body, begins_at__date=HELD)
    assert meeting.state == Meeting.State.PLANNED

    page = play.go(f"/moeder/{meeting.pk}/")
    press(page, "Punkter er efterlyst")
    return meeting


def _lay(page: Page, row: int, day: date) -> None:
    page.locator(f"[name=form-{row}-keep]").check(force=True)
    page.fill(f"[name=form-{row}-day]", day.isoformat())
    page.fill(f"[name=form-{row}-begins]", "09:00")
    page.fill(f"[name=form-{row}-ends]", "11:00")


def items_come_from_two_authorities(play: Play, meeting: Meeting) -> None:
    for who, title in (("Direktør Kommune 730", SECOND), ("Regina Region 1", FIRST)):
        page = play.go(f"/moeder/punkt/meld/{play.body.pk}/", play.member(who))
        page.fill("[name=title]", title)
        page.fill("[name=clauses]", "godkende det videre arbejde")
        press(page, "Gem punktet")
        item = Item.objects.get(title=title)
        assert (item.meeting, item.state) == (None, Item.State.IDEA)

    for title in (FIRST, SECOND):
        page = play.go(f"/moeder/punkt/{Item.objects.get(title=title).pk}/")
        page.select_option("[name=meeting]", value=str(meeting.pk))
        press(page, "Sæt på")
    order = [item.title for item in meeting.items.order_by("position")]
    assert order.index(FIRST) < order.index(SECOND)


def both_chairs_approve_and_the_agenda_goes_out(play: Play, meeting: Meeting) -> None:
    page = play.go(f"/moeder/{meeting.pk}/")
    press(page, "Send til gennemsyn")

    chair = play.go(f"/moeder/{meeting.pk}/", play.member("Regina Region 0"))
    press(chair, "Send svaret")
    page = play.go(f"/moeder/{meeting.pk}/")
    assert not page.get_by_role("button", name="Send dagsordenen ud").count()
    chair = play.go(f"/moeder/{meeting.pk}/", play.member("Direktør Kommune 707"))
    press(chair, "Send svaret")

    page = play.go(f"/moeder/{meeting.pk}/")
    press(page, "Send dagsordenen ud")
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.RELEASED


def the_attendance_is_taken(play: Play, meeting: Meeting) -> None:
    first, second = (meeting.items.get(title=title) for title in (FIRST, SECOND))
    page = play.go(f"/moeder/{meeting.uid}/fremmoede/")
    press(page, "Åbn mødet")
    press(page, "Sæt resten til stede")
    for name in AWAY:
        page.focus(f"#s{row_of(meeting, name).pk}present")
        page.keyboard.press("a")
    deputy = row_of(meeting, "Stine Stedfortræder").pk
    page.focus(f"#s{deputy}present")
    page.keyboard.press("t")
    page.focus(f"#p{deputy} summary")
    page.keyboard.press("Enter")
    page.select_option(f"[name=joined-{deputy}]", label=str(second.number))
    assert page.input_value(f"[name=joined-{deputy}]") == str(second.pk)
    press(page, "Gem fremmødet")
    assert page.is_visible("text=9 af 16 til stede")
    assert page.is_visible("text=1 stedfortræder")
    assert row_of(meeting, "Stine Stedfortræder").joined == second

    page = play.go(f"/moeder/{meeting.uid}/fremmoede/{second.uid}/")
    page.select_option("[name=person]", label="Lone Læge")
    page.get_by_label("Inhabil").check(force=True)
    page.fill("[name=reason]", "Medejer af en af akutpladserne")
    press(page, "Registrér")

    # 9 came; the late deputy is the 10th at the second item, where one of the 9 is in conflict.
    page = play.go(f"/moeder/{meeting.uid}/fremmoede/{first.uid}/")
    assert "9 deltog" in page.inner_text("main")
    assert "Ikke kommet endnu" in page.inner_text("main")
    page = play.go(f"/moeder/{meeting.uid}/fremmoede/{second.uid}/")
    assert "9 deltog" in page.inner_text("main")
    assert "i stedet for Chef Kommune 730" in page.inner_text("main")
    assert "Lone Læge: Inhabil. Medejer" in page.inner_text("main")


def the_minutes_are_written(play: Play, meeting: Meeting) -> None:
    for item in meeting.items.order_by("number"):
        page = play.go(f"/moeder/{meeting.uid}/referat/{item.uid}/")
        page.fill("[name=text]", f"Drøftet: {item.title}.")
        for clause in item.clauses.all():
            page.select_option(f"[name=outcome-{clause.pk}]", "agreed")
        press(page, "Gem")
    page = play.go(f"/moeder/{meeting.uid}/fremmoede/")
    press(page, "Hæv mødet")
    page.click("main a:has-text('Send til godkendelse')")
    press(page, "Send til godkendelse")
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.MINUTES_REVIEW


def both_chairs_approve_the_minutes(play: Play, meeting: Meeting) -> None:
    for name in ("Regina Region 0", "Direktør Kommune 707"):
        page = play.go(f"/moeder/{meeting.uid}/referat/", play.member(name))
        assert "Drøftet: Akutte" in page.inner_text("main")
        press(page, "Godkend referatet")
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.MINUTES_REVIEW

    play.on(date(2024, 11, 15))
    page = play.go(f"/moeder/{meeting.uid}/referat/")
    press(page, "Afslut godkendelsen")
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.APPROVED
    assert "Direktør Kommune 707" in page.inner_text(".b-head")


def the_decision_is_taken_from_the_minutes(play: Play, meeting: Meeting) -> None:
    page = play.go(f"/moeder/{meeting.uid}/referat/")
    page.click("main a:has-text('Tag beslutningerne med')")
    page.wait_for_selector("h1:has-text('Tag beslutningerne med')")
    item = meeting.items.get(title=FIRST)
    key = f"c{item.clauses.get().pk}"
    untick(page, "take")
    page.locator(f"[name={key}-take]").check(force=True)
    page.fill(f"[name={key}-text]", "Arbejdet med genindlæggelser fortsætter.")
    page.select_option(f"[name={key}-responsible]", label="Regina Region 1")
    page.fill(f"[name={key}-deadline]", "2024-12-31")
    press(page, "Tag de valgte med")
    decision = Decision.objects.get()
    assert (decision.item, decision.responsible.name) == (item, "Regina Region 1")


def the_minutes_are_published(play: Play, meeting: Meeting) -> None:
    page = play.go(f"/offentliggoerelse/moede/{meeting.uid}/")
    box = page.locator("section[aria-labelledby=referat]")
    with page.expect_navigation():
        box.get_by_role("button", name="Offentliggør").click()
    public = play.go(f"/offentligt/moede/{meeting.uid}/referat/", play.public())

    assert "Drøftet: Akutte genindlæggelser." in public.inner_text("main")
    assert "Medejer" not in public.content()


def what_is_late_comes_back_on_the_next_agenda(play: Play, meeting: Meeting) -> None:
    play.on(date(2025, 1, 6))
    page = play.go(f"{BODY}aar/2025/")
    untick(page, "keep")
    _lay(page, 0, NEXT)
    press(page, "Foreslå datoerne")
    press(page, "Fastsæt 1 foreslået dato")
    following = Meeting.objects.get(body=play.body, begins_at__date=NEXT)

    page = play.go("/beslutninger/")
    assert "1 beslutning er over fristen" in page.inner_text("main")
    press(page, "Læg dem blandt de kommende punkter")
    page = play.go(f"/moeder/{following.pk}/")
    waiting = page.locator("section[aria-labelledby=emner] li", has_text="Opfølgning: Arbejdet")
    with page.expect_navigation():
        waiting.get_by_role("button", name="Sæt på").click()

    item = following.items.get(title__startswith="Opfølgning: Arbejdet med genindlæggelser")
    assert item.follows == Decision.objects.get().uid
    page = play.go(f"/beslutninger/{item.follows}/")
    assert "Tages op igen" in page.inner_text("main")
    assert str(meeting) in page.inner_text("main")
