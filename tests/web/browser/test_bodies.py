"""The pages of bodies, people and documents in a browser, on the demo's invented members."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.bodies import demo, handover_rules
from klynge.web.bodies.closing import closing
from klynge.web.bodies.models import (
    BodyDocument,
    Deviation,
    Handover,
    Membership,
    Secretariat,
    SecretariatService,
)
from tests.web.browser.conftest import NARROW, WIDE
from tests.web.browser.tabbing import tabbed_through

BODY = "/organ/klynge-faglig/rm-randers/"


def _pages() -> list[str]:
    seat = Membership.objects.filter(recorded_to=None, role="formand").first()
    return [
        "/organer/",
        "/organer/?dato=2027-01-01",
        "/organer/?dato=2024-09-15",
        "/organer/1082/",
        "/haandbog/",
        "/sekretariater/",
        f"/sekretariat/{Secretariat.objects.get().pk}/",
        f"/sekretariat/{Secretariat.objects.get().pk}/fordeling/",
        f"/sekretariat/{Secretariat.objects.get().pk}/betjen/",
        "/sekretariater/nyt/",
        f"/betjening/{SecretariatService.objects.first().pk}/afslut/",
        "/organ/klynge-politisk/rm-randers/",
        BODY,
        "/organ/klynge-faglig/rm-horsens/",
        "/organ/sundhedsraad/kronjylland/",
        f"{BODY}?kendt=2023-01-01",
        f"/person/{seat.person_id}/",
        f"/person/{seat.person_id}/navn/",
        f"/dokument/{BodyDocument.objects.first().pk}/",
        f"{BODY}udpeg/",
        f"{BODY}aftale/",
        f"{BODY}indlaes/",
        f"{BODY}ny/forretningsorden/",
        f"/medlemskab/{seat.key}/ret/",
        f"/medlemskab/{seat.key}/fratraed/",
        f"/medlemskab/{seat.key}/traek-tilbage/",
        f"/aftale/{Deviation.objects.first().key}/afslut/",
        f"/aftale/{Deviation.objects.first().key}/traek-tilbage/",
        "/klynge/rm-randers/",
        "/overdragelse/",
        f"/overdragelse/{_plan('rm-randers').pk}/",
        f"/overdragelse/{_carried_out('rsd-soenderjylland').pk}/",
    ]


def _around(place: str):
    return closing([place], [], date(2027, 1, 1))


def _plan(place: str):
    return handover_rules.draft(by=None, closing=_around(place))


def _carried_out(place: str):
    there = Handover.objects.filter(carried_out_at__isnull=False).first()
    return there or handover_rules.carry_out(by=None, closing=_around(place))


def test_every_page_is_accessible_and_fits_and_does_not_complain(reader):
    demo.fill()

    assert reader().faults_of(_pages()) == []


def test_a_refused_form_is_accessible_and_shows_the_reason(reader):
    demo.fill()
    watched = reader()
    page = watched.goto(f"{BODY}udpeg/")
    page.fill("[name=person]", "Prøve Person")
    page.select_option("[name=party]", "kommune")
    page.click("main form button[type=submit]")
    page.wait_for_selector("[role=alert]")

    assert "Vælg den kommune" in page.inner_text("[role=alert]")
    assert watched.faults() == []


def test_a_list_with_faults_is_accessible_and_shows_them_all(reader, tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text("navn;repræsenterer;fra\nIb;kejser;i går\n", encoding="utf-8")
    watched = reader(viewport=WIDE)
    page = watched.goto(f"{BODY}indlaes/")
    page.set_input_files("[name=file]", file)
    page.click("main form button[type=submit]")
    page.wait_for_selector("[role=alert]")

    assert page.locator("main tbody tr").count() == 2
    assert watched.violations() == []


def test_a_vacancy_is_filled_by_keyboard(reader):
    demo.fill()
    page = reader(viewport=WIDE).goto(BODY)
    assert page.is_visible("text=1 ledig")

    page.focus("text=Udpeg et medlem")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Udpeg et medlem')")
    page.focus("[name=person]")
    page.keyboard.type("Patricia Patient")
    page.select_option("[name=party]", "patienter")
    page.focus("main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Medlemmet er udpeget.")

    assert page.is_visible(".b-state.b-lawful")
    assert page.is_visible("a:has-text('Patricia Patient')")


def test_a_list_is_looked_through_and_brought_in_without_script(reader, tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text("navn;repræsenterer;fra\nIb Prøve;region;13.9.2022\n", encoding="utf-8")
    page = reader(viewport=NARROW, java_script_enabled=False).goto(f"{BODY}indlaes/")
    page.set_input_files("[name=file]", file)
    page.click("main form button[type=submit]")
    page.wait_for_selector("h1:has-text('Se listen igennem')")
    page.click("main form button[type=submit]")

    assert page.is_visible("main table a:has-text('Ib Prøve') >> nth=0")


@pytest.mark.parametrize("address", ["/organer/", BODY, f"{BODY}udpeg/", "/overdragelse/"])
def test_tab_reaches_everything_that_can_be_used(reader, address):
    demo.fill()
    page = reader(viewport=WIDE).goto(address)
    never, unseen = tabbed_through(page)

    assert never == set()
    assert unseen == []


def test_a_hand_over_goes_from_plan_to_report_by_keyboard(reader):
    demo.fill()
    page = reader(viewport=WIDE).goto(f"/overdragelse/{_plan('rm-randers').pk}/")
    page.select_option("main select >> nth=0", "carry:kronjylland")
    page.focus("button[name=proev]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Alt kan gennemføres")
    page.focus("#set")
    page.keyboard.press("Space")
    page.focus("text=Gennemfør overdragelsen")
    page.keyboard.press("Enter")

    page.wait_for_selector("h2:has-text('Optalt før og efter')")
    assert page.is_visible("text=går over til Sundhedsråd Kronjylland")
