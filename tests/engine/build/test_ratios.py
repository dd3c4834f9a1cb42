"""A figure that is one published figure divided by another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klynge import datapack, methods
from klynge.datapack import FIGURE_SCHEMA
from klynge.engine.build import build
from klynge.engine.choosing import chosen
from klynge.engine.indicators import ALL
from klynge.engine.indicators.admitting import ages_admitted
from klynge.engine.indicators.ages import whole
from klynge.engine.indicators.described import Mean, PersonTime
from klynge.engine.indicators.person_time import TIME_LOST, person_time
from klynge.engine.indicators.ratios import RATIOS, possible
from klynge.engine.indicators.rendering import condition
from klynge.engine.indicators.tree import Everything
from klynge.engine.ratios import ratio_rows
from klynge.engine.registers import synth
from klynge.faults import BadInput, DefinitionError
from tests.engine.counting import indicator
from tests.engine.people import Person, write_registers

STAYS_PER_PATIENT, *MEANS = RATIOS
BY_TIME = {rate.above: rate for rate in person_time(ALL)}
ADMISSIONS_BY_TIME, DEATHS_BY_TIME = BY_TIME["akut_indl_1000"], BY_TIME["doedsfald_1000"]


def row(code: str, place: str, numerator: int | None, **changed: Any) -> dict[str, Any]:
    cell = {
        "indicator": code, "place_kind": "kommune", "place": place, "period": "2024", "sex": "all",
        "age": "all", "education": "all", "measure": "crude", "numerator": numerator,
        "status": "hidden" if numerator is None else "shown",
    } | changed  # fmt: skip
    return {field.name: cell.get(field.name) for field in FIGURE_SCHEMA}


def figures(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=FIGURE_SCHEMA)


def test_the_example_comes_out_as_worked_by_hand() -> None:
    """30 stays of 12 patients are 2.5 stays each; of 10 patients and no stay known, nothing."""
    (made,) = ratio_rows(
        STAYS_PER_PATIENT,
        figures(row("sgh_ophold_1000", "101", 30), row("sgh_patienter", "101", 12)),
    ).to_pylist()

    assert (made["numerator"], made["denominator"], made["value"]) == (30, 12, 2.5)
    assert made["lower"] is made["upper"] is None
    assert (made["indicator"], made["place"], made["status"]) == (
        "sgh_ophold_pr_patient", "101", "shown",
    )  # fmt: skip


@pytest.mark.parametrize("sides", [(None, 12), (30, None), (None, None)])
def test_what_one_side_hides_is_hidden_whole(sides: tuple[int | None, int | None]) -> None:
    (made,) = ratio_rows(
        STAYS_PER_PATIENT,
        figures(row("sgh_ophold_1000", "101", sides[0]), row("sgh_patienter", "101", sides[1])),
    ).to_pylist()

    assert made["status"] == "hidden"
    assert all(made[name] is None for name in ("numerator", "denominator", "value"))


def test_where_nobody_was_a_patient_there_is_no_mean() -> None:
    (made,) = ratio_rows(
        STAYS_PER_PATIENT,
        figures(row("sgh_ophold_1000", "101", 0), row("sgh_patienter", "101", 0)),
    ).to_pylist()

    assert (made["status"], made["numerator"], made["value"]) == ("shown", 0, None)


PLACES, AGES = ("101", "147", "DK"), ("all", "80+")
CELLS = [
    (place, age, sex, measure)
    for place in PLACES
    for age in AGES
    for sex in ("all", "male")
    for measure in ("crude", "standardised")
]
NUMBER = st.one_of(st.none(), st.integers(0, 40))
SIDE = st.dictionaries(st.sampled_from(CELLS), NUMBER)


@given(SIDE, SIDE)
def test_it_agrees_with_the_slow_one(above: dict[Any, Any], below: dict[Any, Any]) -> None:
    rows = [
        row(code, place, number, age=age, sex=sex, measure=measure)
        for code, side in (("sgh_ophold_1000", above), ("sgh_patienter", below))
        for (place, age, sex, measure), number in side.items()
    ]
    made = {
        (each["place"], each["age"], each["sex"], each["measure"]): (
            each["status"], each["numerator"], each["denominator"], each["value"],
        )
        for each in ratio_rows(STAYS_PER_PATIENT, figures(*rows)).to_pylist()
    }  # fmt: skip

    assert made == {
        cell: _slow(above[cell], below[cell])
        for cell in above
        if cell in below and cell[3] == "crude"
    }


def _slow(stays: int | None, patients: int | None) -> tuple[Any, ...]:
    if stays is None or patients is None:
        return "hidden", None, None, None
    return "shown", stays, patients, stays / patients if patients else None


def test_asking_for_it_brings_both_its_sides(tmp_path: Any) -> None:
    write_registers(tmp_path, [Person()])

    choice = chosen(tmp_path, ["sgh_ophold_pr_patient"])

    assert {each.code for each in choice.indicators} == {"sgh_ophold_1000", "sgh_patienter"}
    assert choice.ratios == (STAYS_PER_PATIENT,)


def test_it_is_made_only_when_both_sides_are_there() -> None:
    assert possible(["sgh_patienter"]) == ()
    assert possible(["sgh_patienter", "sgh_ophold_1000"]) == (STAYS_PER_PATIENT,)


@pytest.mark.parametrize(("period", "days"), [("2024", 366), ("2023", 365), ("2100", 365)])
def test_person_years_come_out_as_worked_by_hand(period: str, days: int) -> None:
    """20 deaths of 1,000 citizens, who lost 3,660 days: 1,000 years of days less those."""
    time = 1000 * days - 3660

    (made,) = ratio_rows(
        DEATHS_BY_TIME,
        figures(
            row("doedsfald_1000", "101", 20, period=period, denominator=1000),
            row("tabt_persontid", "101", 3660, period=period, denominator=1000),
        ),
    ).to_pylist()

    expected = methods.rate(20, time, per=365_250)
    assert (made["numerator"], made["denominator"]) == (20, time)
    assert made["value"] == pytest.approx(1000 * 20 / (time / 365.25))
    assert (made["lower"], made["upper"]) == (expected.lower, expected.upper)


def test_where_nobody_lived_there_is_no_rate() -> None:
    (made,) = ratio_rows(
        ADMISSIONS_BY_TIME,
        figures(
            row("akut_indl_1000", "101", 0, denominator=0),
            row("tabt_persontid", "101", 0, denominator=0),
        ),
    ).to_pylist()

    assert (made["status"], made["denominator"]) == ("shown", 0)
    assert made["value"] is made["lower"] is made["upper"] is None


@pytest.mark.parametrize("hidden", ["doedsfald_1000", "tabt_persontid"])
def test_time_that_one_side_hides_is_hidden_whole(hidden: str) -> None:
    sides = {"doedsfald_1000": 20, "tabt_persontid": 3660}
    told = [
        row(code, "101", None if code == hidden else number,
            denominator=None if code == hidden else 1000)
        for code, number in sides.items()
    ]  # fmt: skip

    (made,) = ratio_rows(DEATHS_BY_TIME, figures(*told)).to_pylist()

    assert made["status"] == "hidden"
    assert all(made[name] is None for name in ("numerator", "denominator", "value", "lower"))


@pytest.mark.parametrize("code", BY_TIME)
def test_both_sides_of_a_rate_are_of_the_same_people(code: str) -> None:
    """Cells meet by the names of their ages: those names must mean the same on both sides."""
    rate, above, below = BY_TIME[code], indicator(code), indicator(TIME_LOST)
    assert ages_admitted(above.people) is not None
    assert isinstance(below.people, Everything)
    assert set(rate.ages) <= set(above.ages) & set(below.ages)
    assert "all" not in rate.ages or whole(above.ages) == whole(below.ages) == (0, None)
    assert (above.window, above.out_of) == (below.window, below.out_of)
    assert "psykiatri" not in (above.domain, below.domain), "they would lie in other klynger"


def test_ages_that_mean_others_are_not_told_by_time() -> None:
    """All of those over 65 are not all of everybody, though both are called "all"."""
    frail = replace(indicator("forebyg_65"), per_person_years=True)
    (rate,) = person_time([frail])

    rows = ratio_rows(
        rate,
        figures(*(
            row(code, "101", 40, denominator=1000, age=age)
            for code in ("forebyg_65", TIME_LOST) for age in ("all", "80+")
        )),
    ).to_pylist()  # fmt: skip

    assert rate.ages == ("65-79", "80+")
    assert [each["age"] for each in rows] == ["80+"]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("akut_kol", "people with a disease, whose time nobody counted"),
        ("genind_67", "a share of events"),
        ("psyk_indl", "other klynger"),
        ("pop_folketal", "no events"),
        ("med_sengedage_65", "a sum of days"),
    ],
)
def test_person_years_that_are_not_known_are_refused_in_words(code: str, why: str) -> None:
    with pytest.raises(DefinitionError, match="personårene kendes ikke"):
        replace(indicator(code), per_person_years=True)


def test_a_rate_by_time_is_made_when_both_sides_are_there(tmp_path: Any) -> None:
    registers = write_registers(tmp_path, [Person()], with_nobody=["vnds"])

    every = {each.code for each in chosen(registers, None).ratios}
    one = chosen(registers, ["akut_indl_personaar"])

    assert {"akut_indl_personaar", "doedsfald_personaar"} <= every
    assert {each.code for each in one.indicators} == {"akut_indl_1000", TIME_LOST}


def test_without_the_register_of_moves_nothing_is_told_by_time(tmp_path: Any) -> None:
    choice = chosen(write_registers(tmp_path, [Person()]), None)

    assert choice.left_out[TIME_LOST] == ("vnds",)
    assert not any(isinstance(each, PersonTime) for each in choice.ratios)


def test_a_mean_wait_comes_out_as_worked_by_hand() -> None:
    """12 plans waited 90 days together, 8 of them at most 7: 7.5 days each. Of none, nothing."""
    made = ratio_rows(
        MEANS[0],
        figures(
            row("genop_ventedage", "101", 90, denominator=5000),
            row("genop_vent", "101", 8, denominator=12),
            row("genop_ventedage", "147", 0, denominator=5000),
            row("genop_vent", "147", 0, denominator=0),
        ),
    ).to_pylist()

    told = {each["place"]: (each["numerator"], each["denominator"], each["value"]) for each in made}
    assert told == {"101": (90, 12, 7.5), "147": (0, 0, None)}


@pytest.mark.parametrize("mean", MEANS, ids=lambda mean: mean.code)
def test_a_mean_is_of_the_very_events_of_its_share(mean: Mean) -> None:
    days, share = indicator(mean.above), indicator(mean.below)

    mine, theirs = (condition(each.events, "e").sql() for each in (days, share))
    waited = "e.days_waited >= 1"
    rest = mine if theirs == "TRUE" else mine.removeprefix(f"{theirs} AND ")
    assert rest in (waited, f"COALESCE({waited}, FALSE)")
    assert (days.dated_by.name, days.window, days.ages) == (
        share.dated_by.name, share.window, share.ages,
    )  # fmt: skip
    assert condition(days.people, "r").sql() == condition(share.people, "r").sql()
    assert (days.domain, share.out_of, mean.ages) == (share.domain, "events", share.ages)
    assert not days.shown


def test_days_are_told_nowhere_that_the_share_is_hidden() -> None:
    """Few days tell that nobody waited long, which is what the hidden share would tell."""
    (made,) = ratio_rows(
        MEANS[0],
        figures(
            row("genop_ventedage", "101", 6, denominator=5000),
            row("genop_vent", "101", None),
        ),
    ).to_pylist()

    assert made["status"] == "hidden"
    assert all(made[name] is None for name in ("numerator", "denominator", "value"))


def test_what_a_mean_is_made_of_cannot_be_asked_for_by_itself(tmp_path: Any) -> None:
    registers = write_registers(tmp_path, [Person()])

    with pytest.raises(BadInput, match="genop_ventedage"):
        chosen(registers, ["genop_ventedage"])
    asked = chosen(registers, ["genop_vent_gns"])

    assert {each.code for each in asked.indicators} == {"genop_ventedage", "genop_vent"}


def test_a_pack_has_the_mean_and_not_the_sum_it_is_made_of(tmp_path: Any) -> None:
    folder = synth.write(tmp_path / "r", persons=3000, years=range(2023, 2025), seed=4)

    build(folder, tmp_path / "pack", years=[2024], indicators=["genop_vent_gns"])

    pack = datapack.read(tmp_path / "pack")
    assert {entry["code"] for entry in pack.indicators} == {"genop_vent", "genop_vent_gns"}
    rows = pack.figures.to_pylist()
    assert {each["indicator"] for each in rows} == {"genop_vent", "genop_vent_gns"}
    shown = {
        code: {
            tuple(each[name] for name in ("place_kind", "place", "sex", "age"))
            for each in rows
            if each["indicator"] == code and each["status"] == "shown"
        }
        for code in ("genop_vent", "genop_vent_gns")
    }
    assert shown["genop_vent_gns"] <= shown["genop_vent"]
    land = [each for each in rows if each["place_kind"] == "land" and each["age"] == "all"]
    mean = next(e for e in land if e["indicator"] == "genop_vent_gns" and e["sex"] == "all")
    share = next(e for e in land if e["indicator"] == "genop_vent" and e["sex"] == "all")
    assert mean["denominator"] == share["denominator"] > 20
    assert mean["value"] == mean["numerator"] / mean["denominator"]
