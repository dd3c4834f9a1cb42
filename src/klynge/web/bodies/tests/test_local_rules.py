"""What a forretningsorden settles in numbers, and what the rooms above read of it."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.bodies import papers, rules
from klynge.web.bodies.models import BodyDocument
from klynge.web.bodies.standing import body_called
from klynge.web.bodies.tests.builders import FIRST, a_body, a_lawful_political_level, a_seat

pytestmark = pytest.mark.django_db
LATER = date(2024, 1, 1)


def _order(body=None, first=FIRST, **numbers):
    return rules.adopt_document(
        by=None,
        body=body or a_body(),
        kind="forretningsorden",
        decision="Møde 1",
        valid_from=first,
        texts={"moeder": "Fire møder."},
        numbers=numbers,
    )


def test_nothing_is_known_without_a_forretningsorden():
    assert papers.local_rule(None, "quorum", LATER) is None
    assert papers.local_rule(a_body(), "quorum", LATER) is None


def test_nothing_is_known_of_what_it_does_not_settle():
    _order(quorum=5)

    assert papers.local_rule(a_body(), "call_days", LATER) is None
    assert papers.local_rule(a_body(), "call_weeks", LATER) is None


def test_the_version_in_force_on_the_day_decides():
    _order(quorum=5)
    _order(quorum=6, first=date(2023, 1, 1))

    assert papers.local_rule(a_body(), "quorum", date(2022, 12, 31)) == 5
    assert papers.local_rule(a_body(), "quorum", date(2023, 1, 1)) == 6
    assert papers.local_rule(a_body(), "quorum", date(2022, 9, 12)) is None


def test_a_body_of_the_law_can_be_asked_about_as_well_as_its_record():
    _order(quorum=5)

    assert papers.local_rule(body_called("klynge-politisk", "rm-randers"), "quorum", LATER) == 5


@pytest.mark.parametrize(
    ("share", "seated", "quorum"),
    [
        ("half", 0, None),
        ("half", 7, 4),
        ("over_half", 7, 4),
        ("half", 8, 4),
        ("over_half", 8, 5),
    ],
)
def test_a_share_is_worked_out_from_those_who_fill_a_seat_on_the_day(share, seated, quorum):
    body = a_body()
    _order(quorum_share=share)
    for _number in range(seated):
        a_seat(body)
    if seated:
        a_seat(body, role="observatoer")
        a_seat(body, valid_to=date(2023, 1, 1))

    assert papers.local_rule(body, "quorum", LATER) == quorum


@pytest.mark.parametrize(("days", "weeks"), [(28, 4), (10, 10 / 7), (0, 0)])
def test_a_deadline_can_be_had_in_weeks(days, weeks):
    _order(call_days=days)

    assert papers.local_rule(a_body(), "call_days", LATER) == days
    assert papers.local_rule(a_body(), "call_weeks", LATER) == weeks


def test_yes_and_no_are_one_and_nought():
    _order(deputies="yes", quorum_parties="no")

    assert papers.local_rule(a_body(), "deputies", LATER) == 1
    assert papers.local_rule(a_body(), "quorum_parties", LATER) == 0


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ({"quorum": 0}, "skriv et helt tal fra 1 til 99"),
        ({"quorum": "fem"}, "skriv et helt tal fra 1 til 99"),
        ({"quorum": True}, "skriv et helt tal fra 1 til 99"),
        ({"quorum_share": "tredjedel"}, "vælg en af mindst halvdelen, mere end halvdelen"),
        ({"quorum": 5, "quorum_share": "half"}, "enten et antal eller en andel"),
        ({"items_days": 7, "agenda_days": 14}, "Fristen for punkter skal ligge før"),
        ({"kaffe": 1}, "“kaffe” kan ikke fastsættes"),
    ],
)
def test_what_cannot_be_settled_is_refused_with_the_reason(numbers, reason):
    with pytest.raises(rules.NotAllowed, match=reason):
        _order(**numbers)
    assert not BodyDocument.objects.exists()


def test_a_kommissorium_settles_nothing_in_numbers():
    assert papers.numbers("kommissorium") == ()


def test_every_number_belongs_to_a_field_of_the_document():
    fields = {field.id for field in papers.fields("forretningsorden")}

    assert {number.field for number in papers.numbers("forretningsorden")} <= fields


@pytest.mark.parametrize(
    "field",
    # What the law leaves open, as the work asks for it.
    [
        "stedfortraedere",
        "beslutningsdygtighed",
        "enighed",
        "dagsorden",
        "referat",
        "offentlighed",
        "habilitet",
        "skriftlig",
        "penge",
    ],
)
def test_what_the_law_leaves_open_has_a_field(field):
    every = (*papers.fields("kommissorium"), *papers.fields("forretningsorden"))

    assert field in {each.id for each in every}


def test_the_page_asks_for_the_numbers_keeps_them_and_shows_them(client):
    a_lawful_political_level()
    client.force_login(a_secretary())
    address = "/organ/klynge-politisk/rm-randers/ny/forretningsorden/"
    sent = {"decision": "Møde 1", "valid_from": "2023-01-01", "moeder": "Fire"}
    sent |= {"tal_quorum_share": "over_half", "tal_call_days": "28"}

    client.post(address, sent)
    kept = BodyDocument.objects.get()
    shown = client.get(f"/dokument/{kept.pk}/").content.decode()
    again = client.get(address).content.decode()

    assert kept.numbers == {"quorum_share": "over_half", "call_days": 28}
    assert "mere end halvdelen" in shown
    assert "Indkaldelse, dage før mødet" in shown
    assert 'name="tal_call_days" value="28"' in again


def test_the_page_says_why_numbers_are_refused(client):
    client.force_login(a_secretary())
    sent = {"decision": "Møde 1", "valid_from": "2023-01-01", "moeder": "Fire"}
    sent |= {"tal_quorum": "5", "tal_quorum_share": "half"}

    told = client.post("/organ/klynge-politisk/rm-randers/ny/forretningsorden/", sent)

    assert told.status_code == 422
    assert "enten et antal eller en andel" in told.content.decode()
