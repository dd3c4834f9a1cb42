"""The pages of the register: who may, what happens, and the reason on the page."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape

import pytest
from openpyxl import load_workbook

from klynge.web.accounts.tests.builders import a_member
from klynge.web.decisions import home_rules
from klynge.web.decisions.models import Decision
from klynge.web.decisions.tests.builders import a_decision, a_responsible, authorities, decided_at
from klynge.web.meetings.models import Item
from klynge.web.meetings.tests.builders import MARKER
from klynge.web.meetings.tests.minutes_builders import (
    a_professional_level,
    an_approved_meeting,
    items_of,
)

pytestmark = pytest.mark.django_db
LATE = date(2024, 9, 1)


def _read(decision: Decision) -> list[str]:
    return ["/beslutninger/", "/beslutninger/hjemme/", f"/beslutninger/{decision.uid}/"]


def _write(decision: Decision) -> list[str]:
    base = f"/beslutninger/{decision.uid}"
    return [f"{base}/ansvar/", f"{base}/afloest/", f"/beslutninger/ny/{decision.body_id}/"]


def _deeds(decision: Decision) -> list[str]:
    base = f"/beslutninger/{decision.uid}"
    return [f"{base}/paa-dagsordenen/", f"{base}/hjem/", "/beslutninger/overskredne/"]


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_they_work(secretary):
    authorities(a_professional_level())
    decision = a_decision(responsible=a_responsible(), deadline=LATE)
    (row, *_rest) = home_rules.carry_home(by=None, decision=decision)
    for address in [*_read(decision), *_write(decision)]:
        assert secretary.get(address).status_code == 200, address
    assert secretary.get(f"/beslutninger/{decision.uid}/hjem/{row.pk}/").status_code == 200


def test_a_reader_may_not(client):
    decision = a_decision()
    client.force_login(a_member())
    for address in _read(decision):
        assert client.get(address).status_code == 200, address
    for address in _write(decision):
        assert client.get(address).status_code == 403, address
    for address in _deeds(decision):
        assert client.post(address).status_code == 403, address


def test_a_stranger_is_sent_to_login(client):
    decision = a_decision()
    for address in [*_read(decision), *_write(decision), *_deeds(decision)]:
        assert client.get(address).headers["Location"].startswith("/konto/log-ind/"), address


def test_the_reason_is_shown_on_the_page(secretary):
    decision = a_decision()
    told = secretary.post(
        f"/beslutninger/{decision.uid}/ansvar/", {"version": 1, "deadline": "2025-01-01"}
    )
    assert told.status_code == 422
    assert "skal have en ansvarlig" in _text(told)

    sent = {"version": decision.version, "text": "Færdig", "state": "done"}
    told = secretary.post(f"/beslutninger/{decision.uid}/opfoelgning/", sent, follow=True)
    assert "Skriv, hvad der kom ud af beslutningen" in _text(told)

    told = secretary.post(f"/beslutninger/{decision.uid}/hjem/", follow=True)
    assert "ingen medlemmer, der er registreret for en region eller kommune" in _text(told)


def test_decisions_are_taken_from_the_minutes(secretary):
    meeting = an_approved_meeting("Et punkt")
    item = items_of(meeting)[0]
    clause = item.clauses.first()
    address = f"/beslutninger/fra-moede/{meeting.uid}/"
    assert "At drøfte tallene" in _text(secretary.get(address))

    key = f"c{clause.pk}"
    sent = {
        f"{key}-take": "on",
        f"{key}-text": "Tallene følges",
        f"{key}-responsible": a_responsible().pk,
        f"{key}-deadline": "2025-01-01",
    }
    told = secretary.post(address, sent, follow=True)

    assert "1 beslutning er taget med." in _text(told)
    assert Decision.objects.get().clause == clause
    assert secretary.post(address, {}).status_code == 422
    assert "Tag beslutningerne med" in _text(secretary.get(f"/moeder/{meeting.uid}/referat/"))


def test_a_follow_up_is_written_and_shown(secretary):
    decision = a_decision()
    sent = {"version": 1, "text": "Gruppen er nedsat", "state": "running"}
    told = secretary.post(f"/beslutninger/{decision.uid}/opfoelgning/", sent, follow=True)

    assert "Gruppen er nedsat" in _text(told)
    assert "I gang" in _text(told)


def test_late_ones_are_brought_back_with_one_click(secretary):
    decision = a_decision(responsible=a_responsible(), deadline=LATE)
    assert "1 beslutning er over fristen" in _text(secretary.get("/beslutninger/"))

    told = secretary.post("/beslutninger/overskredne/", follow=True)

    assert "1 beslutning er lagt blandt de kommende punkter." in _text(told)
    assert Item.objects.get(follows=decision.uid).meeting is None
    assert "over fristen og er ikke sat" not in _text(secretary.get("/beslutninger/"))


def test_the_register_is_filtered_and_searched(secretary):
    body = a_professional_level()
    a_decision("Æbler i klinikken", responsible=a_responsible(), deadline=LATE)
    a_decision("Pærer")

    assert "Pærer" not in _text(secretary.get("/beslutninger/?tekst=aebler"))
    assert "Pærer" not in _text(secretary.get("/beslutninger/?tilstand=overskredet"))
    assert "Pærer" in _text(secretary.get(f"/beslutninger/?organ={body.pk}"))
    assert "2 beslutninger" in _text(secretary.get("/beslutninger/?organ=vrøvl&moede=vrøvl"))


def test_nothing_closed_leaks_from_any_page_or_file(client):
    closed = a_decision(f"{MARKER} aftale", closed=True, responsible=a_responsible(), deadline=LATE)
    hinted = a_decision(f"{MARKER} to", closed=True, public_text="Lukket om en kontrakt")
    meeting = an_approved_meeting("Et punkt")
    Item.objects.update(closed=True, closed_because=MARKER, public_title="Lukket punkt")
    decided_at(meeting, text=f"{MARKER} tre")
    client.force_login(a_member())
    addresses = [
        "/beslutninger/",
        "/beslutninger/?som=csv",
        "/beslutninger/hjemme/",
        f"/beslutninger/{hinted.uid}/",
        f"/beslutninger/?moede={meeting.uid}",
        f"/moeder/{meeting.uid}/referat/",
        "/organ/klynge-faglig/rm-randers/",
        f"/person/{a_responsible().pk}/",
    ]
    for address in addresses:
        shown = client.get(address).content.decode()
        assert MARKER not in shown, address
    assert "Ingen beslutninger passer." in _text(client.get(f"/beslutninger/?tekst={MARKER}"))
    assert client.get(f"/beslutninger/{closed.uid}/").status_code == 404
    book = load_workbook(io.BytesIO(client.get("/beslutninger/?som=xlsx").content))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert not any(MARKER in cell for cell in cells)


def test_the_files_hold_what_is_shown_and_no_formula(secretary):
    a_decision("=1+1", responsible=a_responsible(), deadline=LATE)
    text = secretary.get("/beslutninger/?som=csv").content.decode("utf-8-sig")

    assert "'=1+1" in text
    assert "2024-09-01" in text
    book = load_workbook(io.BytesIO(secretary.get("/beslutninger/?som=xlsx").content))
    assert book.active["C2"].data_type == "s"


def test_the_open_decisions_stand_on_the_pages_of_the_body_and_the_person(secretary):
    a_decision("Fælles retning", responsible=a_responsible(), deadline=LATE)

    assert "Fælles retning" in _text(secretary.get("/organ/klynge-faglig/rm-randers/"))
    assert "Fælles retning" in _text(secretary.get(f"/person/{a_responsible().pk}/"))


def test_the_register_is_read_in_few_queries(secretary, django_assert_max_num_queries):
    for number in range(30):
        a_decision(f"Beslutning {number}")

    with django_assert_max_num_queries(25):
        secretary.get("/beslutninger/")
