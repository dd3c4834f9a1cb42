"""What holds of every lawful body: a required seat that is emptied is always missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klynge.structure import Body, Member, check
from tests.structure.lawful import bodies, regional

LAWFUL = bodies()
QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Case = tuple[Body, date, list[Member]]


@st.composite
def a_lawful_body(draw: st.DrawFn) -> Case:
    """A lawful body, in any order, with onlookers and with members of other times."""
    body, on, members = draw(st.sampled_from(LAWFUL))
    onlookers = [
        Member(f"Gæst {number}", "anden", role=role)
        for number, role in enumerate(draw(st.lists(st.sampled_from(ONLOOKERS), max_size=3)))
    ]
    past = [
        replace(regional(f"Fortid {number}"), valid_to=on - timedelta(days=days))
        for number, days in enumerate(draw(st.lists(st.integers(1, 90), max_size=3)))
    ]
    return body, on, draw(st.permutations([*members, *onlookers, *past]))


ONLOOKERS = ("stedfortraeder", "bisidder", "sekretariat")


def required(case: Case) -> list[Member]:
    """The seats of the least lawful body: every one of them is asked for by some rule."""
    body, on, _members = case
    (found,) = [members for each, day, members in LAWFUL if (each, day) == (body, on)]
    return found


@QUICK
@given(a_lawful_body())
def test_onlookers_and_former_members_change_nothing(case: Case) -> None:
    body, on, members = case

    assert check(body, members, on) == ()


@QUICK
@given(a_lawful_body(), st.data())
def test_an_emptied_required_seat_is_always_found(case: Case, data: st.DataObject) -> None:
    body, on, members = case
    gone = data.draw(st.sampled_from(required(case)))

    assert check(body, [member for member in members if member != gone], on)


@QUICK
@given(a_lawful_body(), st.data())
def test_filling_the_seat_again_always_clears_it(case: Case, data: st.DataObject) -> None:
    body, on, members = case
    gone = data.draw(st.sampled_from(required(case)))
    left = [member for member in members if member != gone]

    assert check(body, [*left, replace(gone, person="Ny i pladsen")], on) == ()


@QUICK
@given(a_lawful_body(), st.data(), st.integers(0, 60))
def test_since_is_the_day_after_the_seat_was_emptied(
    case: Case, data: st.DataObject, days: int
) -> None:
    body, on, _members = case
    last = on - timedelta(days=days + 1)
    begins = {2023: date(2022, 9, 8), 2026: date(2026, 1, 1), 2027: date(2027, 1, 1)}[on.year]
    history = [replace(member, valid_from=begins) for member in required(case)]
    gone = data.draw(st.sampled_from(history))
    members = [replace(m, valid_to=last) if m is gone else m for m in history]

    assert {finding.since for finding in check(body, members, on)} == {last + timedelta(days=1)}


@QUICK
@given(a_lawful_body(), st.data())
def test_the_order_of_the_list_changes_nothing(case: Case, data: st.DataObject) -> None:
    body, on, members = case
    fewer = members[: data.draw(st.integers(0, len(members)))]
    shuffled = data.draw(st.permutations(fewer))

    def keys(found: list[Member]) -> list[tuple[str, str, str, int]]:
        return sorted((f.rule.id, f.how, f.subject, f.count) for f in check(body, found, on))

    assert keys(fewer) == keys(shuffled)
