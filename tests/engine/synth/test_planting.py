"""A planted effect: as large as it was asked to be, where and when it was, and nowhere else."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from klynge.engine.registers import synth
from klynge.engine.registers.synth import hospital
from klynge.engine.registers.synth.days import DAY, day_number
from klynge.engine.registers.synth.people import Span
from klynge.engine.registers.synth.planting import thinned
from klynge.engine.registers.synth.population import populate
from klynge.engine.registers.synth.reference import denmark
from klynge.faults import WrongUse

PLANTED = synth.Planted("rm-randers", date(2023, 7, 1), 0.5)
RANDERS = ("730", "707", "706", "710")


@pytest.fixture(scope="module")
def made():
    """Everybody, all their stays, and those that are left."""
    span = Span(range(2022, 2025))
    people = populate(np.random.default_rng(1), 30_000, span)
    stays = hospital.admissions(np.random.default_rng(2), people, span)
    return people, stays, thinned(np.random.default_rng(3), people, stays, span, PLANTED)


def where_and_when(people, stays):
    """For each stay: whether it could be prevented."""
    inside = np.array([code in RANDERS for code in denmark().kom])
    day = stays.start // DAY
    here = np.zeros(len(stays), bool)
    for year in range(2022, 2025):
        of_year = (day >= day_number(year)) & (day < day_number(year + 1))
        here |= of_year & inside[people.places(day_number(year))][stays.person]
    return here & stays.acute & (day >= day_number(2023, 7, 1))


def test_about_half_of_what_it_can_prevent_is_left(made):
    people, stays, left = made
    before, after = (int(where_and_when(people, some).sum()) for some in (stays, left))

    assert before > 150
    # Four standard errors of a coin thrown so many times.
    assert after / before == pytest.approx(0.5, abs=4 * 0.5 / before**0.5)


def test_everything_else_is_as_it_was(made):
    people, stays, left = made
    others, kept = (~where_and_when(people, some) for some in (stays, left))

    assert np.array_equal(stays.start[others], left.start[kept])
    assert np.array_equal(stays.person[others], left.person[kept])


def test_registers_with_an_effect_are_written_and_are_as_invented_as_others(tmp_path):
    asked = {"persons": 1500, "years": range(2023, 2025), "seed": 4}
    folder = synth.write(tmp_path / "r", planted=PLANTED, **asked)
    again = synth.write(tmp_path / "s", planted=PLANTED, **asked)

    assert (folder / "OPDIGTET.json").is_file()
    for file in sorted((folder / "kontakter").iterdir()):
        assert file.read_bytes() == (again / "kontakter" / file.name).read_bytes()


@pytest.mark.parametrize(
    "text", ["", "rm-randers", "rm-randers:2024", "nul:2024-01-01:0.5", "rm-randers:2024-01-01:1.5"]
)
def test_an_effect_that_is_not_written_right_is_refused(text):
    with pytest.raises(WrongUse, match="KLYNGE:DATO:ANDEL"):
        synth.Planted.read(text)


def test_an_effect_is_read():
    assert synth.Planted.read("rm-randers:2023-07-01:0.5") == PLANTED
