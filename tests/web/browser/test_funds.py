"""The pages of pools, keys, applications and grants in a browser, on the demo's invented money."""

from __future__ import annotations

import pytest

from klynge.web.accounts.tests.builders import a_user
from klynge.web.bodies import demo as bodies_demo
from klynge.web.bodies.rules import link_user
from klynge.web.bodies.tests.builders import a_seat
from klynge.web.funds import demo
from klynge.web.funds.models import Accounts, Application, Call, Grant, Pool, Sharing
from klynge.web.funds.tests.builders import a_draft
from klynge.web.funds.tests.test_pages import World
from tests.web.browser.conftest import EVERY_ROLE, NARROW, WIDE, log_in
from tests.web.browser.tabbing import tabbed_through


def _fill() -> None:
    bodies_demo.fill()
    demo.fill()


def _pages() -> list[str]:
    pool, sharing, call = Pool.objects.get(), Sharing.objects.get(), Call.objects.get()
    sent, grant = Application.objects.first(), Grant.objects.get()
    draft = a_draft(call, title="En kladde", by=a_user("case_officer"))
    return [
        "/midler/",
        f"/midler/pulje/{pool.pk}/",
        f"/midler/pulje/{pool.pk}/?kendt=2024-06-01",
        f"/midler/pulje/{pool.pk}/regnskab/",
        f"/midler/pulje/{pool.pk}/indlaes/",
        f"/midler/pulje/{pool.pk}/overfoer/",
        f"/midler/pulje/{pool.pk}/fordel/",
        f"/midler/pulje/{pool.pk}/runde/",
        "/midler/pulje/ny/?ramme=opstart-2022",
        f"/midler/fordeling/{sharing.pk}/",
        f"/midler/fordeling/{sharing.pk}/noegle/",
        f"/midler/runde/{call.pk}/",
        f"/midler/runde/{call.pk}/beslutningsoplaeg/",
        f"/midler/ansoegning/{sent.pk}/",
        f"/midler/ansoegning/{sent.pk}/bevilg/",
        *(f"/midler/ansoegning/{draft.pk}/trin/{number}/" for number in range(1, 6)),
        f"/midler/bevilling/{grant.pk}/",
        f"/midler/bevilling/{grant.pk}/regnskab/",
        f"/midler/regnskab/{Accounts.objects.get().pk}/godkend/",
        "/midler/aaret/klynge/rm-randers/2024/?dato=2024-09-15",
    ]


def test_every_page_is_accessible_and_fits_and_does_not_complain(reader):
    _fill()

    assert reader().faults_of(_pages()) == []


def test_every_form_is_accessible_and_fits_and_does_not_complain(stranger):
    world = World()
    user = a_user(*EVERY_ROLE)
    link_user(by=None, person=a_seat().person, user=user)
    addresses = [
        *(address for address in world.administered if "?ramme=" not in address),
        *world.applied[-2:],
        f"/midler/runde/{world.call.pk}/ansoeg/",
        f"/midler/ansoegning/{world.sent.pk}/vurder/",
        f"/midler/ansoegning/{world.sent.pk}/inhabil/",
    ]
    assert log_in(stranger(), user).faults_of(addresses) == []


def test_a_refused_grant_is_accessible_and_shows_every_reason(reader):
    _fill()
    watched = reader(viewport=NARROW)
    sent = Application.objects.first()
    page = watched.goto(f"/midler/ansoegning/{sent.pk}/bevilg/")
    page.fill("[name=amount]", "9.999.999")
    page.fill("[name=decision_text]", "Møde")
    page.fill("[name=rate-0-amount]", "1")
    page.fill("[name=rate-0-due_on]", "2024-10-01")
    page.click("main form .button-primary")
    page.wait_for_selector("[role=alert]")

    told = page.inner_text("[role=alert]")
    assert "Raterne er 1" in told
    assert "Der er søgt" in told
    assert watched.violations() == []


def test_an_application_is_written_and_sent_without_script(reader):
    _fill()
    page = reader(viewport=NARROW, java_script_enabled=False).goto("/midler/")
    page.click("text=Efterårets ansøgningsrunde 2024")
    page.click("a:has-text('Søg om midler')")
    page.fill("[name=title]", "Fælles forløb")
    page.click("main form button[type=submit]")
    page.fill("[name=applicant]", "Syddjurs Kommune")
    page.select_option("[name=target_group]", "frail")
    page.fill("[name=first_day]", "2025-01-01")
    page.fill("[name=last_day]", "2025-12-31")
    page.click("text=Gem og gå videre")
    for name in ("need", "work", "effect", "afterwards"):
        page.fill(f"[name={name}]", "Opdigtet")
    page.click("text=Gem og gå videre")
    page.fill("[name=part-0-organisation]", "Randers Kommune")
    page.fill("[name=part-0-own_money]", "100.000")
    page.click("text=Gem og gå videre")
    page.click("text=Flere rækker")
    page.fill("[name=requested]", "200.000")
    page.fill("[name=linje-0-text]", "Fast stilling")
    page.select_option("[name=linje-0-kind]", "running")
    page.fill("[name=linje-0-cost]", "300.000")
    page.fill("[name=linje-0-applied]", "200.000")
    page.click("text=Gem og gå videre")
    page.click("text=Send ansøgningen")

    assert "Drift kan ikke betales af puljen" in page.inner_text("[role=alert]")
    page.click(".f-steps >> text=Budget")
    page.select_option("[name=linje-0-kind]", "project")
    page.click("text=Gem og gå videre")
    page.click("text=Send ansøgningen")
    assert page.is_visible("text=Ansøgningen er sendt.")


@pytest.mark.parametrize("address", ["/midler/pulje/{pool}/", "/midler/ansoegning/{sent}/bevilg/"])
def test_tab_reaches_everything_that_can_be_used(reader, address):
    _fill()
    found = {"pool": Pool.objects.get().pk, "sent": Application.objects.first().pk}
    page = reader(viewport=WIDE).goto(address.format(**found))
    never, unseen = tabbed_through(page)

    assert never == set()
    assert unseen == []
