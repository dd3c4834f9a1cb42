"""What may happen to members, and that nothing recorded is ever overwritten."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from klynge import structure
from klynge.web.accounts.tests.builders import a_member, a_secretary, an_administrator, an_analyst
from klynge.web.audit.models import Event
from klynge.web.bodies import clock, history, models, rules
from klynge.web.bodies.models import Contact, Membership, Person
from klynge.web.bodies.tests.builders import FIRST, a_body, a_person, a_seat, names, on_day

pytestmark = pytest.mark.django_db


def test_one_appointed_sits_from_the_first_day():
    seat = a_seat(valid_from=date(2023, 2, 1))

    assert history.as_of(seat.body, date(2023, 1, 31)) == ()
    assert history.as_of(seat.body, date(2023, 2, 1)) == (seat,)


def test_one_who_resigns_sits_through_the_last_day():
    seat = a_seat()
    rules.resign(by=None, key=seat.key, last_day=date(2023, 5, 31), reason="Flyttet")

    assert len(history.as_of(seat.body, date(2023, 5, 31))) == 1
    assert history.as_of(seat.body, date(2023, 6, 1)) == ()


def test_who_sat_then_as_we_knew_it_then():
    """Who sat on 1 March, as we knew it on 1 June: before the correction on 1 July."""
    body = a_body()
    wrong, right = a_person("Forkert Navn"), a_person("Rigtigt Navn")
    with on_day(date(2023, 1, 10)):
        seat = a_seat(body, wrong)
    with on_day(date(2023, 7, 1)):
        rules.correct(by=None, key=seat.key, reason="Forveksling", changes={"person": right})

    sat = date(2023, 3, 1)
    assert names(history.as_of(body, sat, clock.end_of(date(2023, 6, 1)))) == ["Forkert Navn"]
    assert names(history.as_of(body, sat, clock.end_of(date(2023, 7, 1)))) == ["Rigtigt Navn"]
    assert history.as_of(body, sat, clock.end_of(date(2023, 1, 9))) == ()


def test_a_change_leaves_the_old_row_as_it_was():
    seat = a_seat(role="medlem")
    rules.correct(by=None, key=seat.key, reason="Valgt", changes={"role": "formand"})

    old = Membership.objects.get(pk=seat.pk)
    assert old.role == "medlem"
    assert old.recorded_to == Membership.objects.get(key=seat.key, recorded_to=None).recorded_from


def test_what_is_taken_back_can_still_be_read_as_it_was_known():
    with on_day(date(2023, 1, 10)):
        seat = a_seat()
    with on_day(date(2023, 2, 10)):
        rules.take_back(by=None, key=seat.key, reason="Aldrig udpeget")

    known = clock.end_of(date(2023, 1, 20))
    assert history.as_of(seat.body, date(2023, 3, 1)) == ()
    assert len(history.as_of(seat.body, date(2023, 3, 1), known)) == 1


def test_two_changes_at_the_same_moment_are_both_kept():
    with clock.at(timezone.now()):
        seat = a_seat()
        rules.correct(by=None, key=seat.key, reason="Ret", changes={"area": "psykiatri"})
        rules.correct(by=None, key=seat.key, reason="Ret", changes={"area": "somatik"})

    assert Membership.objects.filter(key=seat.key).count() == 3
    assert Membership.objects.get(key=seat.key, recorded_to=None).area == "somatik"


@pytest.mark.parametrize("what", ["correct", "take_back"])
def test_a_correction_needs_a_reason(what):
    seat = a_seat()
    more = {"changes": {"role": "formand"}} if what == "correct" else {}

    with pytest.raises(rules.NotAllowed, match="hvorfor"):
        getattr(rules, what)(by=None, key=seat.key, reason=" ", **more)

    assert Membership.objects.count() == 1


def test_a_correction_that_changes_nothing_is_refused():
    seat = a_seat()

    with pytest.raises(rules.NotAllowed, match="ikke ændret noget"):
        rules.correct(by=None, key=seat.key, reason="Ret", changes={"party": "region"})


def test_a_person_twice_in_one_seat_is_refused():
    seat = a_seat(valid_to=date(2023, 12, 31))

    with pytest.raises(rules.NotAllowed, match="har allerede pladsen"):
        a_seat(seat.body, seat.person, valid_from=date(2023, 12, 31))


def test_a_person_may_have_the_seat_again_afterwards():
    seat = a_seat(valid_to=date(2023, 12, 31))

    a_seat(seat.body, seat.person, valid_from=date(2024, 1, 1))

    assert len(history.known(seat.body)) == 2


def test_two_born_chairs_at_once_are_refused():
    seat = a_seat(office="regionsraadsformand")

    with pytest.raises(rules.NotAllowed, match="er allerede regionsrådsformand"):
        a_seat(seat.body, office="regionsraadsformand", valid_from=date(2024, 1, 1))


def test_two_mayors_of_one_kommune_are_refused_but_not_of_two():
    mayor = {"party": "kommune", "office": "borgmester"}
    seat = a_seat(kommune="730", **mayor)
    a_seat(seat.body, kommune="707", **mayor)

    with pytest.raises(rules.NotAllowed, match="borgmester"):
        a_seat(seat.body, kommune="730", **mayor)


def test_a_person_may_sit_in_several_bodies():
    seat = a_seat()
    a_seat(a_body("klynge-faglig"), seat.person)

    assert len(history.seats_of([seat.person_id])) == 2


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"valid_to": date(2022, 9, 12)}, "før den begynder"),
        ({"valid_from": date(2022, 6, 30)}, "findes først fra"),
        ({"valid_from": date(2026, 1, 1)}, "findes kun til"),
        ({"valid_to": date(2026, 1, 1)}, "findes kun til"),
        ({"party": "kommune"}, "Vælg den kommune"),
        ({"party": "kommune", "kommune": "999"}, "ukendt"),
        ({"role": "kejser"}, "“kejser” er ukendt"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(values, reason):
    body, person = a_body(), a_person()

    with pytest.raises(rules.NotAllowed, match=reason):
        a_seat(body, person, **values)

    assert not Membership.objects.exists()


def test_every_reason_is_given_at_once():
    with pytest.raises(rules.NotAllowed) as refused:
        a_seat(role="kejser", valid_to=date(2022, 1, 1))

    assert len(refused.value.reasons) == 2


def test_one_who_already_left_cannot_resign_later():
    seat = a_seat(valid_to=date(2023, 12, 31))

    with pytest.raises(rules.NotAllowed, match="slutter allerede"):
        rules.resign(by=None, key=seat.key, last_day=date(2024, 6, 30))


def test_a_deputy_must_stand_in_for_a_member_of_the_body():
    elsewhere = a_seat(a_body("klynge-faglig"))

    with pytest.raises(rules.NotAllowed, match="ikke medlem"):
        a_seat(role="stedfortraeder", deputy_for=elsewhere.key)


def test_one_with_a_deputy_cannot_be_taken_back():
    seat = a_seat()
    a_seat(seat.body, role="stedfortraeder", deputy_for=seat.key)

    with pytest.raises(rules.NotAllowed, match="har en stedfortræder"):
        rules.take_back(by=None, key=seat.key, reason="Fejl")


def test_a_body_is_opened_once():
    assert a_body() == a_body()


@pytest.mark.parametrize(
    ("kind", "place"), [("kejserråd", "rm-randers"), ("ssu", "rm-randers"), ("ssu", "oestdanmark")]
)
def test_a_body_that_never_is_cannot_be_opened(kind, place):
    with pytest.raises(rules.NotAllowed):
        a_body(kind, place)


@pytest.mark.parametrize("who", [a_secretary, an_administrator])
def test_the_secretariat_and_administrators_may_change_members(who):
    rules.add_person(by=who(), name="Ny Person")

    assert Person.objects.exists()


@pytest.mark.parametrize("who", [a_member, an_analyst])
def test_others_may_not_change_members(who):
    with pytest.raises(rules.NotAllowed, match="Kun sekretariatet"):
        rules.add_person(by=who(), name="Ny Person")

    assert not Person.objects.exists()


def test_only_the_secretariat_may_keep_contact_details():
    person = a_person()

    with pytest.raises(rules.NotAllowed, match="Kun sekretariatet"):
        rules.save_contact(by=an_administrator(), person=person, phone="00 00 00 00")

    assert not Contact.objects.exists()


def test_what_is_done_is_noted_without_the_name():
    seat = a_seat(person=a_person("Meget Hemmelig"))

    event = Event.objects.about(seat).get()
    assert event.what == "member appointed"
    assert "Hemmelig" not in event.about_text


def test_the_database_refuses_two_current_rows_of_one_membership():
    seat = a_seat()
    seat.pk, seat._state.adding = None, True

    with pytest.raises(IntegrityError), transaction.atomic():
        seat.save(force_insert=True)


def test_the_database_refuses_the_same_open_seat_twice():
    seat = a_seat()
    twin = Membership(
        body=seat.body, person=seat.person, party="region", valid_from=FIRST,
        recorded_from=timezone.now(), change="added",
    )  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_the_database_refuses_a_term_that_ends_before_it_starts():
    seat = a_seat()

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=seat.pk).update(valid_to=date(2000, 1, 1))


def test_the_words_the_database_knows_are_those_of_the_law():
    offices = {office.id: office.one_per for office in structure.words("office")}

    assert {id for id, per in offices.items() if per == "region"} == set(models.ONE_PER_REGION)
    assert {id for id, per in offices.items() if per == "kommune"} == set(models.ONE_PER_KOMMUNE)
    assert {role.id for role in structure.words("role") if not role.counts} == set(
        models.FILLS_NO_SEAT
    )
