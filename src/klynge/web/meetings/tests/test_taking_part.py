"""Who took part in which item, and whether there was a quorum, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.bodies import rules as bodies
from klynge.web.bodies.tests.builders import FIRST, a_body
from klynge.web.meetings.house_rules import LAW, LOCAL, SILENT, Quorum, judge, quorum, voting
from klynge.web.meetings.models import Attendance, Item, ItemAbsence, Meeting
from klynge.web.meetings.taking_part import CONFLICT, LATE, LEFT, OUT, Meet

PRESENT, EXCUSED = Attendance.Status.PRESENT, Attendance.Status.EXCUSED
ITEMS = [Item(pk=number, title=f"Punkt {number}", number=number) for number in (1, 2, 3, 4)]


def somebody(pk: int, status: str = PRESENT, **more) -> Attendance:
    return Attendance(pk=pk, status=status, **({"counts": True, "party": "region"} | more))


def away(pk: int, item: int, why: str = CONFLICT) -> ItemAbsence:
    return ItemAbsence(attendance_id=pk, item_id=item, why=why, note="Bror til ansøgeren")


def whys(people, absences=(), person=1) -> list[str]:
    meet = Meet(Meeting(), ITEMS, people, absences)
    return [
        next(part.why for part in each.parts if part.attendance.pk == person)
        for each in meet.rounds()
    ]


def filled(people, absences=()) -> list[int]:
    return [each.filled for each in Meet(Meeting(), ITEMS, people, absences).rounds()]


def test_who_was_there_took_part_in_everything():
    assert whys([somebody(1)]) == ["", "", "", ""]


@pytest.mark.parametrize("status", [EXCUSED, Attendance.Status.ABSENT, Attendance.Status.EXPECTED])
def test_who_was_not_there_took_part_in_nothing(status):
    assert whys([somebody(1, status)]) == [status] * 4
    assert filled([somebody(1, status)]) == [0] * 4


def test_who_came_at_item_three_missed_the_first_two():
    assert whys([somebody(1, joined=ITEMS[2])]) == [LATE, LATE, "", ""]


def test_who_left_from_item_three_missed_the_last_two():
    assert whys([somebody(1, left=ITEMS[2])]) == ["", "", LEFT, LEFT]


def test_who_was_in_conflict_missed_that_item_alone():
    assert whys([somebody(1)], [away(1, 2)]) == ["", CONFLICT, "", ""]
    assert whys([somebody(1)], [away(1, 2, OUT)]) == ["", OUT, "", ""]


def test_a_deputy_fills_the_seat_of_the_member_who_is_away():
    member = somebody(1, EXCUSED)
    deputy = somebody(2, counts=False, deputy_for=member)

    assert filled([member, deputy]) == [1, 1, 1, 1]


def test_a_deputy_who_comes_late_fills_it_from_then_on():
    member = somebody(1, EXCUSED)
    deputy = somebody(2, counts=False, deputy_for=member, joined=ITEMS[1])

    assert filled([member, deputy]) == [0, 1, 1, 1]


def test_member_and_deputy_never_fill_one_seat_twice():
    member = somebody(1, left=ITEMS[2])
    deputy = somebody(2, counts=False, deputy_for=member)

    assert filled([member, deputy]) == [1, 1, 1, 1]


def test_two_deputies_fill_one_seat_once():
    member = somebody(1, EXCUSED)
    deputies = [somebody(pk, counts=False, deputy_for=member) for pk in (2, 3)]

    assert filled([member, *deputies]) == [1, 1, 1, 1]


def test_a_guest_fills_no_seat():
    assert filled([somebody(1), somebody(2, counts=False)]) == [1, 1, 1, 1]


def test_a_seat_in_conflict_is_counted_as_such_and_not_as_filled():
    meet = Meet(Meeting(), ITEMS, [somebody(1), somebody(2)], [away(1, 2)])

    assert [(each.filled, each.conflicted) for each in meet.rounds()] == [
        (2, 0),
        (1, 1),
        (2, 0),
        (2, 0),
    ]


@pytest.mark.parametrize(
    ("share", "more", "seats", "needed"),
    [
        ((1, 2), False, 16, 8),
        ((1, 2), False, 15, 8),
        ((1, 2), True, 16, 9),
        ((1, 2), True, 15, 8),
        ((2, 3), False, 16, 11),
        ((2, 3), False, 15, 10),
    ],
)
def test_a_share_of_the_seats_is_rounded_up(share, more, seats, needed):
    assert Quorum(LAW, "", share=share, more=more).needed(seats) == needed


def _judged(rule: Quorum, absences=(), people=None):
    people = people or [somebody(1), somebody(2), somebody(3, EXCUSED, party="plo")]
    return judge(rule, Meet(Meeting(), ITEMS, people, absences).round(ITEMS[1]))


def test_a_quorum_of_two_is_there_with_two_and_gone_with_a_conflict():
    rule = Quorum(LOCAL, "", number=2, conflicted_count=False)

    assert _judged(rule).met is True
    assert _judged(rule, [away(1, 2)]).met is False
    assert _judged(rule, [away(1, 1)]).met is True


def test_who_is_in_conflict_counts_where_the_rule_says_so_and_only_there():
    assert _judged(Quorum(LOCAL, "", number=2, conflicted_count=True), [away(1, 2)]).met is True
    assert _judged(Quorum(LOCAL, "", number=2, conflicted_count=None), [away(1, 2)]).met is False
    assert (
        _judged(Quorum(LOCAL, "", number=2, conflicted_count=True), [away(1, 2, OUT)]).met is False
    )


def test_a_party_that_is_not_there_is_missed_by_name():
    verdict = _judged(Quorum(LOCAL, "", number=1, parties=True))

    assert verdict.met is False
    assert verdict.missing_parties != ()


def test_without_a_rule_nothing_is_said_to_be_lawful_or_not():
    verdict = _judged(Quorum(SILENT, ""))

    assert verdict.met is None
    assert "ingen regel siger" in verdict.in_words


@pytest.mark.django_db
def test_the_law_of_a_sundhedsraad_asks_for_half_and_lets_it_vote():
    body = a_body("sundhedsraad", "kronjylland")
    rule = quorum(body, date(2027, 3, 1))

    assert (rule.source, rule.share, rule.conflicted_count) == (LAW, (1, 2), False)
    assert "§ 20" in rule.where
    assert "vores slutning" in rule.about_conflict
    assert voting(body, date(2027, 3, 1)).allowed is True


@pytest.mark.django_db
def test_where_both_are_silent_that_is_said():
    body = a_body("klynge-faglig")
    rule = quorum(body, date(2024, 3, 1))

    assert rule.source == SILENT
    assert rule.text.startswith("Hverken loven eller organets forretningsorden")
    assert voting(body, date(2024, 3, 1)).allowed is False


@pytest.mark.django_db
def test_the_forretningsorden_of_the_day_decides_where_the_law_is_silent():
    body = a_body("klynge-faglig")
    bodies.adopt_document(
        by=None,
        body=body,
        kind="forretningsorden",
        decision="Møde 1",
        valid_from=FIRST,
        texts={"moeder": "Fire møder."},
        numbers={"quorum": 8, "quorum_conflicted": "yes", "votes": "yes"},
    )
    rule = quorum(body, date(2024, 3, 1))

    assert (rule.source, rule.number, rule.conflicted_count) == (LOCAL, 8, True)
    assert "version 1" in rule.where
    assert voting(body, date(2024, 3, 1)).allowed is True
