"""The guided hand-over's pages: who may, what they show, and why not."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest

from klynge.web.accounts.tests.builders import a_member
from klynge.web.bodies import handover_rules
from klynge.web.bodies.closing import closing
from klynge.web.bodies.models import Handover, Membership
from klynge.web.bodies.tests.builders import a_body, a_person, a_seat
from klynge.web.bodies.tests.handing_over import ON, a_grant, a_klynge, a_paper, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_grants")]
LIST = "/overdragelse/"


def _plan(*sources: str) -> Handover:
    return handover_rules.draft(by=None, closing=closing(sources or ["rm-randers"], [], ON))


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def test_they_work(secretary):
    a_klynge("rm-randers")
    held = _plan()

    assert secretary.get(LIST).status_code == 200
    assert secretary.get(f"{LIST}{held.pk}/").status_code == 200
    handover_rules.carry_out(by=None, closing=handover_rules.closing_of(held))
    assert secretary.get(f"{LIST}{held.pk}/").status_code == 200
    assert secretary.get(f"{LIST}{held.pk}/rapport.csv").status_code == 200


def test_a_reader_may_not(client):
    a_klynge("rm-randers")
    held = _plan()
    client.force_login(a_member())
    before = everything()

    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"fra": "klynge:rm-randers"}).status_code == 403
    assert client.get(f"{LIST}{held.pk}/").status_code == 403
    for what in ("vaelg", "gennemfoer", "kasser"):
        assert client.post(f"{LIST}{held.pk}/{what}/", {"set": "1"}).status_code == 403
    assert everything() == before


def test_a_reader_may_read_the_report(client):
    a_klynge("rm-randers")
    done = handover_rules.carry_out(by=None, closing=closing(["rm-randers"], [], ON))
    client.force_login(a_member())

    assert "Optællingen før og efter stemmer." in _text(client.get(f"{LIST}{done.pk}/"))


def test_a_stranger_is_sent_to_login(client):
    held = _plan()
    for address in (LIST, f"{LIST}{held.pk}/", f"{LIST}{held.pk}/rapport.csv"):
        assert client.get(address).headers["Location"].startswith("/konto/log-ind/"), address
    for what in ("vaelg", "gennemfoer", "kasser"):
        response = client.post(f"{LIST}{held.pk}/{what}/")
        assert response.headers["Location"].startswith("/konto/log-ind/"), what


def test_the_reason_is_shown_on_the_page(secretary):
    places = ("rn-midt", "rn-syd", "rn-vest")
    papers = [a_paper(a_body("klynge-politisk", place)) for place in places]
    held = _plan(*places)
    chosen = {f"documents|{paper.pk}": "carry:limfjorden" for paper in papers}

    tried = secretary.post(f"{LIST}{held.pk}/vaelg/", {**chosen, "proev": "1"})
    done = secretary.post(f"{LIST}{held.pk}/gennemfoer/", {"set": "1"})

    for response in (tried, done):
        assert response.status_code == 422
        assert "kan kun have ét forretningsorden ad gangen" in _text(response)
    assert Handover.objects.get().carried_out_at is None


def test_a_hand_over_that_is_none_says_why(secretary):
    response = secretary.post(LIST, {"fra": "klynge:rh-nowhere", "dag": "2027-01-01"})

    assert response.status_code == 422
    assert "stedet kendes ikke" in _text(response)


def test_the_list_has_each_klynge_once_and_what_must_go_together_in_one_row(secretary):
    told = _text(secretary.get(LIST))

    assert "22 klynger overdrager til 17 sundhedsråd" in told
    assert told.count("Lav en plan : ") == 16


def test_a_day_on_which_nothing_has_closed_says_so(secretary):
    assert "Ingen organer er lukket" in _text(secretary.get(f"{LIST}?dag=2024-01-01"))


def test_from_a_plan_to_the_report(secretary):
    mayor = a_seat(
        a_body(), party="kommune", kommune="730", office="borgmester", person=a_person("Birthe B")
    )
    a_grant(a_body(), 7, 1_250_050)

    page = secretary.post(LIST, {"fra": "klynge:rm-randers", "dag": "2027-01-01"}, follow=True)
    held = Handover.objects.get()
    assert "Birthe B" in _text(page)
    assert "Bevilling 7" in _text(page)

    values = {f"members|{mayor.key}": "carry:kronjylland"}
    tried = secretary.post(f"{LIST}{held.pk}/vaelg/", {**values, "proev": "1"})
    assert "Alt kan gennemføres" in _text(tried)
    assert Membership.objects.count() == 1

    unconfirmed = secretary.post(f"{LIST}{held.pk}/gennemfoer/")
    assert "Sæt hak ved" in _text(unconfirmed)

    report = secretary.post(f"{LIST}{held.pk}/gennemfoer/", {"set": "1"}, follow=True)
    told = _text(report)
    assert "Overdragelsen er gennemført." in told
    assert "12.500,50" in told
    assert "går over til Sundhedsråd Kronjylland" in told
    again = secretary.post(f"{LIST}{held.pk}/gennemfoer/", {"set": "1"}, follow=True)
    assert "allerede gennemført" in _text(again)


def test_the_report_as_a_file_has_every_matter(secretary):
    a_klynge("rm-randers")
    done = handover_rules.carry_out(by=None, closing=closing(["rm-randers"], [], ON))

    text = secretary.get(f"{LIST}{done.pk}/rapport.csv").content.decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 1 + len(done.report["matters"])


def test_a_suggestion_that_is_a_guess_is_marked(secretary):
    a_klynge("rh-syd")

    told = _text(secretary.get(f"{LIST}{_plan('rh-syd').pk}/"))

    assert "1 sag hører ikke til én kommune" in told
    assert "forslag, se efter" in told


def test_a_plan_can_be_thrown_away(secretary):
    held = _plan()

    told = _text(secretary.post(f"{LIST}{held.pk}/kasser/", follow=True))

    assert "Planen er kasseret" in told
    assert not Handover.objects.exists()


def test_the_body_leads_to_the_report(secretary):
    a_klynge("rm-randers")
    done = handover_rules.carry_out(by=None, closing=closing(["rm-randers"], [], ON))

    for address in ("/organ/klynge-politisk/rm-randers/", "/organ/sundhedsraad/kronjylland/"):
        assert f'href="{LIST}{done.pk}/"' in secretary.get(address).content.decode()
