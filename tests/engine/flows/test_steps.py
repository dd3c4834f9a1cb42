"""Steps from month to month: by hand, and against a slow second implementation."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from klynge.engine.flows import counting
from klynge.engine.flows.counting import FlowCounts
from klynge.engine.flows.states import CODE, DESTINATIONS, ORIGINS, STATES, definition
from klynge.engine.spine import subset
from tests.engine.flows.counts import count, slowly
from tests.engine.people import Person, write_registers
from tests.engine.reference.test_agreement import nasty_people

OLD = Person(born="1950-06-01")


def ways(*people: Person) -> dict[str, dict[str, int]]:
    """Steps of 2024 by origin and destination, all places and ages."""
    (counts,) = count(*people)
    steps = counts.steps.sum(axis=(0, 3))
    return {
        origin.id: {
            goal.id: int(steps[at, to]) for to, goal in enumerate(DESTINATIONS) if steps[at, to]
        }
        for at, origin in enumerate(ORIGINS)
        if steps[at].any()
    }


def test_a_year_without_anything_is_eleven_steps_at_home() -> None:
    assert ways(OLD) == {"hjemme": {"hjemme": 11}}


def test_a_stay_in_march_is_a_step_to_it_and_a_step_back() -> None:
    assert ways(OLD.with_stay("2024-03-10")) == {
        "hjemme": {"hjemme": 9, "akut": 1},
        "akut": {"hjemme": 1},
    }


def test_an_acute_admission_within_thirty_days_is_a_readmission() -> None:
    person = OLD.with_stay("2024-03-10", hours=24).with_stay("2024-04-10 12:00", hours=24)

    assert ways(person) == {
        "hjemme": {"hjemme": 8, "akut": 1},
        "akut": {"genindlagt": 1},
        "genindlagt": {"hjemme": 1},
    }
    later = OLD.with_stay("2024-03-10", hours=24).with_stay("2024-04-10 12:01", hours=24)
    assert ways(later)["akut"] == {"akut": 1, "hjemme": 1}


def test_planned_and_short_stays_are_no_acute_admissions() -> None:
    person = OLD.with_stay("2024-03-10", acute=False).with_stay("2024-05-10", hours=11)

    assert ways(person) == {"hjemme": {"hjemme": 11}}


def test_a_stay_that_outlasts_a_month_is_in_it_too() -> None:
    assert ways(OLD.with_stay("2024-01-30", "2024-04-02")) == {
        "akut": {"akut": 2, "hjemme": 1},
        "hjemme": {"hjemme": 8},
    }


def test_events_come_before_standing_care_and_care_before_general_practice() -> None:
    person = OLD.in_care_home("2024-02-01").with_stay("2024-05-10").with_gp("2420")

    assert ways(person) == {
        "hjemme": {"plejehjem": 1},
        "plejehjem": {"plejehjem": 8, "akut": 1},
        "akut": {"plejehjem": 1},
    }
    cared = OLD.with_home_help("202403").in_training("202404").nursed("2024-05-31").with_gp("2419")
    assert ways(cared)["kommunal"] == {"kommunal": 2, "hjemme": 1}


def test_who_dies_has_no_step_after_that_month() -> None:
    assert ways(Person(born="1950-06-01", died="2024-03-05").with_gp("2420")) == {
        "hjemme": {"hjemme": 1, "doed": 1}
    }
    assert ways(Person(born="1950-06-01", died="2024-01-05")) == {}


def test_children_are_not_counted() -> None:
    assert ways(Person(born="2006-01-02")) == {}


def test_the_ways_of_a_row_add_up_to_it_in_people_at_risk() -> None:
    (counts,) = count(OLD.with_stay("2024-03-10"), OLD, Person(born="1990-01-01").with_gp("2410"))

    assert (counts.steps.sum(axis=2) == counts.at_risk).all()
    assert counts.at_risk.sum() == 33
    assert counts.at_risk_persons.sum(axis=(0, 2)).tolist() == [3, 1, 0, 0, 1, 0]


def test_nasty_people_agree_with_the_slow_implementation(tmp_path: Path) -> None:
    people = [
        person.in_training(f"2024{at % 12 + 1:02}") if at % 3 == 0 else person
        for at, person in enumerate(nasty_people(700))
    ]
    write_registers(tmp_path, people, years=(2023, 2024, 2025))

    for counts in count(*people, years=(2023, 2024, 2025)):
        assert told(counts) == slowly(tmp_path, int(counts.period)), counts.period


def told(counts: FlowCounts) -> dict[tuple[str, int, str, str], tuple[int, int, int]]:
    """The engine's counts, as the slow implementation tells them."""
    return {
        (counts.areas[area], int(band), ORIGINS[origin].id, DESTINATIONS[goal].id): (
            int(counts.steps[area, origin, goal, band]),
            int(counts.persons[area, origin, goal, band]),
            int(counts.others[area, origin, goal, band]),
        )
        for area, origin, goal, band in zip(*np.nonzero(counts.steps), strict=True)
    }


def test_the_query_keeps_to_the_subset_that_every_engine_reads_alike() -> None:
    assert subset.slips(subset.parse(counting.questions()[CODE])) == []


def test_the_definition_tells_every_state_in_both_languages() -> None:
    words = definition()

    assert [state["id"] for state in words["destinations"]] == [s.id for s in reversed(STATES)]
    assert all(state["means"]["da"] and state["means"]["en"] for state in words["origins"])
    assert words["certainty"] == "K"
    assert "lokal definition" in words["title"]["da"]
