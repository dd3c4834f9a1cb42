"""What anybody may know of a body, and nothing else."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest

from klynge.web.accounts.tests.builders import a_secretary
from klynge.web.bodies import public, rules
from klynge.web.bodies.tests.builders import (
    FIRST,
    a_body,
    a_lawful_political_level,
    a_person,
    a_seat,
)
from klynge.web.bodies.tests.handing_over import a_paper

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 15)


def _seen(on=DAY) -> public.PublicBody:
    found = public.body("klynge-politisk", "rm-randers", on)
    assert found is not None
    return found


def _names(on=DAY) -> list[str]:
    return [member.name for member in (*_seen(on).members, *_seen(on).others)]


def test_it_tells_who_sits_for_whom_as_what_and_since_when():
    a_lawful_political_level()

    member = next(one for one in _seen().members if one.name == "Borgmester 730")

    assert (member.represents, member.office) == ("Randers Kommune", "Borgmester")
    assert (member.role, member.since, member.until) == ("Medlem", FIRST, None)


def test_a_member_has_no_other_fields_than_the_public_ones():
    # A new field is a new thing told to everybody: say so here, on purpose.
    assert {field.name for field in fields(public.PublicMember)} == {
        "name", "represents", "role", "office", "since", "until",
    }  # fmt: skip


def test_nothing_private_is_told_in_any_form():
    person = a_person("Lone Læge")
    row = a_seat(a_body(), person, valid_to=date(2025, 1, 1), reason="sygdom")
    rules.save_contact(
        by=None, person=person, email="lone@privat.example", phone="70707070", note_text="ring ikke"
    )
    rules.link_user(by=None, person=person, user=a_secretary())
    rules.rename(by=None, person=person, name="Lone Nyt Navn", reason="skilsmisse")

    told = json.dumps(public.as_json(_seen()), ensure_ascii=False)

    assert "Lone Nyt Navn" in told
    for secret in ("sygdom", "privat.example", "70707070", "ring ikke", "skilsmisse", "Lone Læge"):
        assert secret not in told
    assert str(row.key) not in told
    assert "bruger" not in told


def test_one_who_was_taken_back_is_not_told_of():
    row = a_seat(a_body(), a_person("Fejl Fejlsen"))
    rules.take_back(by=None, key=row.key, reason="forkert")

    assert _names() == []


def test_only_those_of_the_day_are_told_of():
    a_seat(a_body(), a_person("Før"), valid_to=date(2024, 1, 1))
    a_seat(a_body(), a_person("Senere"), valid_from=date(2025, 1, 1))

    assert _names() == []
    assert _names(date(2025, 6, 1)) == ["Senere"]


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("stedfortraeder", True),
        ("observatoer", True),
        ("bisidder", False),
        ("sekretariat", False),
    ],
)
def test_staff_are_left_out(role, told):
    a_seat(a_body(), a_person("Ib Prøve"), role=role)

    assert bool(_names()) is told
    assert _seen().members == ()


def test_the_papers_in_force_and_what_follows_are_told():
    a_paper(a_body())

    assert [(one.kind, one.number) for one in _seen().documents] == [("forretningsorden", 1)]
    assert [place for _kind, place, _name in _seen().after] == ["kronjylland"]


def test_a_body_that_never_is_is_none():
    assert public.body("kejserraad", "rm-randers", DAY) is None
    assert public.body("klynge-politisk", "atlantis", DAY) is None


def test_a_day_outside_its_life_shows_the_nearest():
    assert _seen(date(2030, 1, 1)).on == date(2025, 12, 31)
