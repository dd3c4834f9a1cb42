"""Any history of changes can be replayed to the same state on any pair of days."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from klynge.web.bodies import clock, history, rules
from klynge.web.bodies.models import Membership
from klynge.web.bodies.tests.builders import FIRST, a_body, a_person

START = datetime(2022, 9, 1, 12, tzinfo=UTC)
days = st.integers(0, 900).map(lambda n: FIRST + timedelta(days=n))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("appoint"), st.integers(0, 3), days, st.one_of(st.none(), days)),
        st.tuples(st.just("resign"), st.integers(0, 5), days, st.none()),
        st.tuples(st.just("correct"), st.integers(0, 5), days, st.sampled_from(["formand", ""])),
        st.tuples(st.just("take_back"), st.integers(0, 5), days, st.none()),
    ),
    max_size=14,
)


class Notebook:
    """The slow, obvious second implementation: a copy of everything after each change."""

    def __init__(self) -> None:
        self.pages: list[tuple[datetime, dict]] = []
        self.now: dict = {}

    def write(self, moment: datetime, row: Membership) -> None:
        kept = (row.person_id, row.role, row.valid_from, row.valid_to)
        self.now = deepcopy(self.now)
        if row.void:
            del self.now[row.key]
        else:
            self.now[row.key] = kept
        self.pages.append((moment, self.now))

    def read(self, valid: date, recorded: datetime) -> set:
        known: dict = {}
        for moment, page in self.pages:
            if moment <= recorded:
                known = page
        return {
            (key, person, role)
            for key, (person, role, first, last) in known.items()
            if first <= valid and (last is None or valid <= last)
        }


def _do(step, body, people, keys):
    what, number, day, more = step
    if what == "appoint":
        return rules.appoint(
            by=None, body=body, person=people[number], party="region", valid_from=day, valid_to=more
        )
    if not keys:
        return None
    key = keys[number % len(keys)]
    if what == "resign":
        return rules.resign(by=None, key=key, last_day=day)
    if what == "take_back":
        return rules.take_back(by=None, key=key, reason="Fejl")
    changes = {"role": more} if more else {"valid_from": day}
    return rules.correct(by=None, key=key, reason="Ret", changes=changes)


class TestReplay(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        steps=steps,
        pairs=st.lists(st.tuples(days, st.integers(-1, 15)), min_size=1, max_size=12),
    )
    def test_any_history_replays_to_the_same_state_on_any_pair_of_days(self, steps, pairs):
        body, people = a_body(), [a_person() for _ in range(4)]
        notebook, keys, refused = Notebook(), [], 0
        for number, step in enumerate(steps):
            moment = START + timedelta(days=number)
            before = list(Membership.objects.order_by("pk").values())
            try:
                with clock.at(moment):
                    row = _do(step, body, people, keys)
            except rules.NotAllowed:
                refused += 1
                assert list(Membership.objects.order_by("pk").values()) == before
                continue
            if row is not None:
                keys += [] if row.key in keys else [row.key]
                notebook.write(moment, row)
                _nothing_but_its_end_was_changed(before)

        for valid, after in pairs:
            recorded = START + timedelta(days=after, hours=1)
            rows = history.as_of(body, valid, recorded)
            assert {(r.key, r.person_id, r.role) for r in rows} == notebook.read(valid, recorded)
        _nobody_has_a_seat_twice(body)


def _nothing_but_its_end_was_changed(before: list[dict]) -> None:
    now = {row["id"]: row for row in Membership.objects.values()}
    for row in before:
        end = now[row["id"]]["recorded_to"]
        assert now[row["id"]] == {**row, "recorded_to": end}
        assert row["recorded_to"] in (None, end)


def _nobody_has_a_seat_twice(body) -> None:
    rows = history.known(body)
    for row in rows:
        for other in rows:
            if row.pk < other.pk and row.person_id == other.person_id:
                first = max(row.valid_from, other.valid_from)
                last = min(row.valid_to or date.max, other.valid_to or date.max)
                assert first > last


def test_the_notebook_tells_a_changed_state_from_the_one_before():
    """The check above must be able to fail."""
    notebook = Notebook()
    row = Membership(person_id=1, role="medlem", valid_from=FIRST)
    notebook.write(START, row)
    row.role = "formand"
    notebook.write(START + timedelta(days=1), row)

    assert notebook.read(FIRST, START) != notebook.read(FIRST, START + timedelta(days=1))
    with pytest.raises(KeyError):
        notebook.write(START, Membership(void=True))
