"""Next year's dates, days off and collisions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest

from klynge.web.bodies.tests.builders import a_body, a_person, a_seat
from klynge.web.meetings import collisions, days_off, deadlines, rules, year_plan
from klynge.web.meetings.models import Meeting
from klynge.web.meetings.tests.builders import COPENHAGEN, a_level, a_meeting

pytestmark = pytest.mark.django_db


def at(year, month, day, hour=9):
    return datetime(year, month, day, hour, tzinfo=COPENHAGEN)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2025, 6, 5), "Grundlovsdag"),
        (date(2025, 4, 17), "Skærtorsdag"),
        (date(2025, 4, 15), "Påskeugen"),
        (date(2025, 2, 12), "Vinterferien"),
        (date(2025, 7, 15), "Sommerferien"),
        (date(2025, 10, 14), "Efterårsferien"),
        (date(2025, 12, 22), "Jul og nytår"),
        (date(2025, 3, 8), "Weekend"),
        (date(2025, 3, 10), ""),
    ],
)
def test_days_on_which_no_meeting_is_laid(day, why):
    assert days_off.why_not(day) == why


def test_deadlines_are_four_two_and_one_week_before():
    found = deadlines.of(a_level(), date(2024, 10, 22))

    assert found == deadlines.Deadlines(date(2024, 9, 24), date(2024, 10, 8), date(2024, 10, 15))


def test_a_deadline_on_a_holiday_is_the_working_day_before():
    # Two weeks before 1 May 2025 is Maundy Thursday.
    assert deadlines.of(a_level(), date(2025, 5, 1)).items_due_on == date(2025, 4, 16)


def test_as_many_meetings_as_the_law_says_when_nothing_else_is_settled():
    for kind, place, number in [
        ("klynge-politisk", "rm-randers", 2),
        ("klynge-faglig", "rm-randers", 4),
        ("ssu", "1082", 4),
    ]:
        assert len(year_plan.propose(a_body(kind, place), 2025)) == number


def test_the_weekday_and_time_are_last_years():
    body = a_body("klynge-faglig")
    for month in (2, 5, 8, 11):
        first = at(2024, month, 1, 13)
        thursday = first + timedelta(days=(3 - first.weekday()) % 7 + 7)
        a_meeting(body, begins_at=thursday, ends_at=thursday + timedelta(hours=3), place="Rådhuset")

    found = year_plan.propose(body, 2025)

    assert {each.day.weekday() for each in found} == {3}
    assert {each.begins_at.astimezone(COPENHAGEN).time() for each in found} == {time(13)}
    assert {each.ends_at - each.begins_at for each in found} == {timedelta(hours=3)}


def test_dates_are_spread_over_the_year_and_never_on_a_day_off():
    found = [each.day for each in year_plan.propose(a_body("ssu", "1082"), 2025)]
    gaps = [(after - before).days for before, after in pairwise(found)]

    assert not any(days_off.why_not(day) for day in found)
    assert min(gaps) > 45
    assert max(gaps) < 150


def test_the_professional_level_meets_before_the_political_one_and_that_before_the_ssu():
    ssu, political, professional = (
        a_body("ssu", "1082"),
        a_body("klynge-politisk"),
        a_body("klynge-faglig"),
    )
    for body in (ssu, political, professional):
        dates = year_plan.propose(body, 2025)
        rules.propose_year(
            by=None, body=body, times=[(each.begins_at, each.ends_at, "") for each in dates]
        )
    of = {body: [each.day for each in year_plan.of_year(body, 2025)] for body in (ssu, political)}
    prepared_by = {ssu: political, political: professional}
    for body, before in prepared_by.items():
        earlier = [each.day for each in year_plan.of_year(before, 2025)]
        ready = [
            any(timedelta(days=15) <= day - other <= timedelta(days=50) for other in earlier)
            for day in of[body]
        ]
        assert sum(ready) >= min(len(earlier), len(of[body]))


def test_nothing_is_proposed_for_a_year_that_is_laid():
    body = a_level()
    a_meeting(body, begins_at=at(2025, 3, 11))
    a_meeting(body, begins_at=at(2025, 9, 9))

    assert year_plan.propose(body, 2025) == []


def test_a_meeting_on_a_day_off_must_be_chosen():
    times = [(at(2025, 6, 5), at(2025, 6, 5, 11), "")]

    with pytest.raises(rules.NotAllowed, match="Grundlovsdag"):
        rules.propose_year(by=None, body=a_level(), times=times)
    assert not Meeting.objects.exists()

    assert rules.propose_year(by=None, body=a_level(), times=times, on_days_off=True)


def test_proposed_dates_are_settled_together():
    body = a_level()
    times = [(at(2025, 3, 11), at(2025, 3, 11, 11), ""), (at(2025, 9, 9), at(2025, 9, 9, 11), "")]
    rules.propose_year(by=None, body=body, times=times)

    rules.settle_year(by=None, body=body, year=2025)

    assert {each.state for each in Meeting.objects.all()} == {Meeting.State.PLANNED}


def test_two_meetings_at_once_collide_for_who_sits_in_both():
    one, other, person = a_body("klynge-faglig"), a_body("klynge-politisk"), a_person("To Steder")
    a_seat(one, person, party="plo", office="laege", appointer="plo")
    a_seat(other, person, party="plo", office="laege", appointer="plo")
    a_meeting(one, begins_at=at(2025, 3, 11, 9))
    a_meeting(other, begins_at=at(2025, 3, 11, 10))

    (found,) = collisions.of_year(2025)

    assert found.people == (person,)


def test_no_collision_with_time_between_or_for_who_has_left():
    one, other, person = a_body("klynge-faglig"), a_body("klynge-politisk"), a_person()
    a_seat(one, person, party="plo", office="laege", valid_to=date(2025, 3, 31))
    a_seat(other, person, party="plo", office="laege")
    a_meeting(one, begins_at=at(2025, 3, 11, 9))
    a_meeting(other, begins_at=at(2025, 3, 11, 12))
    a_meeting(one, begins_at=at(2025, 4, 11, 9))
    a_meeting(other, begins_at=at(2025, 4, 11, 9))

    assert collisions.of_year(2025) == []
    assert collisions.with_others(one, at(2025, 3, 11, 12), at(2025, 3, 11, 13))
