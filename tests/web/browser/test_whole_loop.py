"""The whole loop in one browser: from a figure to a need, money, a measured effect, and onwards.

Each step is a click of those who take it. What other rooms' own browser tests click through
(writing an application, holding a meeting, typing in measurements) is done through the rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from pypdf import PdfReader

from klynge.web.accounts.models import User
from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.tests.builders import a_body, a_lawful_political_level
from klynge.web.decisions.tests.builders import decided_at
from klynge.web.figures.vocabulary import THEME_OF_CODE
from klynge.web.funds.tests.builders import KR, MIO, a_call, a_pool, a_sent, an_organisation
from klynge.web.goals.rules import Entry, measure
from klynge.web.goals.tests.builders import an_own_indicator
from klynge.web.initiatives import rules
from klynge.web.initiatives.models import Initiative
from klynge.web.initiatives.tests.builders import WHOLE
from klynge.web.initiatives.tests.test_effect import import_with_effect
from klynge.web.meetings import attendance_rules
from klynge.web.meetings.tests.builders import a_meeting, an_item, log_in_for, release
from klynge.web.meetings.tests.minutes_builders import everybody_came, write
from tests.web.browser.conftest import WIDE, Watched, log_in

BODY = {"kind": "klynge-politisk", "place": "rm-randers"}
HELD = datetime(2024, 9, 10, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
START = date(2022, 1, 1)
MONTHS = [f"{year}-{month:02d}" for year in (2022, 2023, 2024) for month in range(1, 13)][8:32]


@dataclass
class Story:
    """Those who take part."""

    body: BodyRecord
    secretary: User
    partial: User
    impartial: User


@pytest.fixture
def story(db, tmp_path: Path) -> Story:
    """A pack in which the figure fell in Randers from 2022, and a body with its members."""
    import_with_effect(tmp_path, ["rm-randers"], ratio=0.85, first=START.year)
    body = a_lawful_political_level()
    a_body(place="rm-horsens")
    mayor = body.memberships.get(kommune="730")
    body.memberships.filter(pk=mayor.pk).update(represents=an_organisation("Randers Kommune"))
    doctor = body.memberships.get(person__name="Lone Læge")
    own = an_own_indicator(body=body)
    tops = [80] * 12 + [112] * 12
    entries = [
        Entry(number, month, numerator=top, denominator=200)
        for number, (month, top) in enumerate(zip(MONTHS, tops, strict=True), start=1)
    ]
    measure(by=None, indicator=own, entries=entries)
    return Story(body, a_secretary(), log_in_for(mayor.person), log_in_for(doctor.person))


def test_the_whole_loop(stranger, story):
    desk = log_in(stranger(viewport=WIDE), story.secretary)
    one = _need_from_a_figure(desk)
    _made_a_proposal(one)
    application = _applied(one)
    _score(stranger, story, application)
    decision = _decided(story.body)
    _step_on(desk, one, "decided", decision=str(decision.pk))
    grant = _grant_and_pay(desk, application, decision)
    _step_on(desk, one, "running")
    _set_a_goal(desk, one)
    _see_the_effect(desk, one)
    _fetch_the_status(desk, one)
    _let_another_follow(desk, one)

    page = desk.goto(reverse("decisions:decision", args=[decision.uid]))
    assert "Førte til" in page.inner_text("main")
    page.click(f"main a:has-text('{grant}')")
    page.click("main dd a:text-is('Fælles udskrivning')")
    page.click("main dd a:has-text('Nøgletal psyk')")
    page.click("text=Hele definitionen")
    assert "Nøgletal psyk" in page.inner_text("main h1")
    assert desk.complaints == []


def _need_from_a_figure(desk: Watched) -> Initiative:
    theme = THEME_OF_CODE["psychiatry"].slug
    page = desk.goto(reverse("figures:theme", args=["klynge", "rm-randers", theme]))
    page.click("main a:has-text('Nøgletal psyk')")
    assert desk.violations() == []
    page.click("main a:has-text('Skriv et behov fra dette tal') >> nth=0")
    assert "Begynder med tallet »Nøgletal psyk«" in page.inner_text("main")
    page.fill("[name=title]", "Fælles udskrivning")
    page.fill("[name=need]", "For mange kommer igen inden for en måned.")
    page.check("[name=groups][value=psychiatry]")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=Behovet er skrevet ned.")
    made = Initiative.objects.get()
    assert (made.origin, made.need_indicator, made.need_place) == ("figure", "psyk", "rm-randers")
    return made


def _made_a_proposal(one: Initiative) -> None:
    leader = one.body.memberships.get(person__name="Lars Læge").person
    changes: dict[str, Any] = {
        **WHOLE, "leader": leader, "starts_on": START, "effect_indicator": "psyk",
    }  # fmt: skip
    rules.change(by=None, initiative=one, version=one.version, changes=changes)
    for state in ("idea", "proposal"):
        rules.move(by=None, initiative=one, to=state)


def _applied(one: Initiative):
    call = a_call(a_pool(2 * MIO, body=one.body))
    return a_sent(call, title="Penge til udskrivning", initiative=one, asked=200_000 * KR)


def _score(stranger, story: Story, application) -> None:
    """The mayor of the applicant may not score; the doctor does."""
    address = reverse("funds:score", args=[application.pk])
    partial = log_in(stranger(viewport=WIDE), story.partial)
    page = partial.goto(address)
    assert "Du er inhabil og vurderer ikke denne ansøgning" in page.inner_text("main")
    assert partial.violations() == []
    impartial = log_in(stranger(viewport=WIDE), story.impartial)
    page = impartial.goto(address)
    assert impartial.violations() == []
    for criterion in application.call.criteria.all():
        page.check(f"[name=point-{criterion.pk}][value='4']")
    page.click("main form .button-primary")
    page.wait_for_selector("text=Din vurdering er gemt.")
    assert {row.person for row in application.scores.all()} == {story.impartial.person}


def _decided(body: BodyRecord):
    meeting = a_meeting(body, begins_at=HELD)
    an_item(meeting, "Fælles udskrivning")
    release(meeting)
    everybody_came(attendance_rules.open_meeting(by=None, meeting=meeting, at=HELD))
    item = meeting.items.get()
    write(item, "Vi går i gang.", c1="agreed", c2="agreed")
    attendance_rules.close_meeting(by=None, meeting=meeting)
    meeting.refresh_from_db()
    return decided_at(meeting, text="Fælles udskrivning får penge og går i gang.")


def _step_on(desk: Watched, one: Initiative, to: str, decision: str = "") -> None:
    page = desk.goto(reverse("initiatives:initiative", args=[one.pk]))
    page.click("main a:has-text('Næste skridt')")
    page.select_option("[name=to]", to)
    page.select_option("[name=decision]", decision)
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=Initiativet er gået videre.")


def _grant_and_pay(desk: Watched, application, decision) -> str:
    """Granted with two instalments, and both paid. Gives the grant's title."""
    page = desk.goto(reverse("funds:application", args=[application.pk]))
    page.click("main a.button:has-text('Bevilg')")
    page.fill("[name=amount]", "200.000")
    page.fill("[name=decision_text]", "Møde 10.9.2024, punkt 1")
    page.select_option("[name=decision]", str(decision.pk))
    for number, day in enumerate(("2024-09-12", "2024-09-14")):
        page.fill(f"[name=rate-{number}-amount]", "100.000")
        page.fill(f"[name=rate-{number}-due_on]", day)
    page.click("main form .button-primary")
    page.wait_for_selector("text=Bevillingen er givet og bogført.")
    for _number in range(2):
        page.click("main table a:has-text('Udbetal') >> nth=0")
        page.click("main form .button-primary")
        page.wait_for_selector("text=Udbetalingen er bogført.")
    assert page.inner_text("main").count("Betalt ") == 2
    return str(application.title)


def _set_a_goal(desk: Watched, one: Initiative) -> None:
    page = desk.goto(reverse("goals:body", kwargs=BODY))
    page.click("main a:has-text('Sæt et mål')")
    page.select_option("[name=figure]", label="Plan ved udskrivelse")
    page.click("main form button[type=submit]")
    page.fill("[name=title]", "Flere med en plan")
    page.fill("[name=why]", "Uden en plan ved ingen, hvem der følger op.")
    page.select_option("[name=baseline_period]", MONTHS[0])
    page.fill("[name=target]", "60")
    page.fill("[name=target_on]", "2025-12-31")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=Målet er sat.")
    page.click("main a:has-text('Flere med en plan')")
    told = page.inner_text("main")
    assert "24 målinger" in (page.get_attribute("img.g-chart", "alt") or "")
    assert "Det er den vej, målet peger." in told
    desk.goto(reverse("initiatives:goal", args=[one.pk]))
    page.select_option("[name=goal]", label="Flere med en plan")
    page.click("main form button[type=submit]")
    page.wait_for_selector("main section a:has-text('Flere med en plan')")


def _see_the_effect(desk: Watched, one: Initiative) -> None:
    page = desk.goto(reverse("initiatives:report", args=[one.pk]))
    page.select_option("[name=going]", "well")
    page.fill("[name=text]", "Alle afsnit er med.")
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=Status er gemt.")
    told = page.inner_text(".i-effect")
    assert re.search(r"Tallet er \d+ % lavere i forhold til", told)
    assert "Sammenlignet med" in told
    assert desk.violations() == []


def _fetch_the_status(desk: Watched, one: Initiative) -> None:
    page = desk.goto(reverse("bodies:body", kwargs=BODY))
    page.click("main a:has-text('Årsstatus, bidrag og orienteringer for 2024')")
    with page.expect_download() as fetched:
        page.click("main a:has-text('PDF: Årsstatus')")
    pages = PdfReader(BytesIO(Path(fetched.value.path()).read_bytes())).pages
    text = re.sub(r"\s+", " ", " ".join(each.extract_text() for each in pages))
    for words in ("Flere med en plan", one.title, "Alle afsnit er med.", "% lavere", "200.000,00"):
        assert words in text, words


def _let_another_follow(desk: Watched, one: Initiative) -> None:
    page = desk.goto(reverse("initiatives:initiative", args=[one.pk]))
    page.click("main a:has-text('Udgiv modellen')")
    page.fill("[name=who]", "Afsnittet kalder; kommunen kommer.")
    page.click("main form button[type=submit]")
    page.click("main a:has-text('Følg modellen')")
    page.select_option("[name=body]", label=str(a_body(place="rm-horsens")))
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=Modellen følges nu også her.")
    followed = Initiative.objects.get(body__place="rm-horsens")
    assert followed.adopted_from is not None
    assert followed.adopted_from.initiative == one
    page.click("main a:has-text('Følger modellen')")
    assert "Sundhedsklyngens politiske niveau" in page.inner_text("main")
