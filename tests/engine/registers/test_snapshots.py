"""Snapshots of the population come yearly, quarterly or both; what is missing is named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from klynge.engine.registers.check import examine
from klynge.engine.registers.quarters import missing_quarters
from tests.engine.registers.extracts import parquet

YEAR_ENDS = ["2022-12-31", "2023-12-31", "2024-12-31"]
QUARTERS_OF_2023 = ["2023-03-31", "2023-06-30", "2023-09-30"]


def told(folder: Path, days: Sequence[str]) -> tuple[str, str]:
    """The notes and the faults of a population of one person, with snapshots of these days."""
    many = len(days)
    parquet(
        folder,
        "bef",
        pnr=["6101000001"] * many,
        koen=[1] * many,
        foed_dag=[date(1950, 1, 1)] * many,
        kom=["730"] * many,
        referencetid=[date.fromisoformat(day) for day in days],
    )
    [report] = examine(folder, ["bef"])
    return "\n".join(report.notes), "\n".join(map(str, report.faults))


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (YEAR_ENDS, "yearly"),
        ([*YEAR_ENDS, *QUARTERS_OF_2023], "one year of quarters among years"),
        (["2024-01-01", "2025-01-01"], "yearly by the first day"),
        (["2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01", "2025-01-01"], "first days"),
        (["2023-06-30", "2023-09-30", "2023-12-31"], "begun in the middle of a year"),
        (["2023-12-31", "2024-03-31"], "ended in the middle of a year"),
        (["2023-12-31"], "one alone"),
    ],
)
def test_yearly_and_quarterly_snapshots_are_in_order(
    days: Sequence[str], why: str, tmp_path: Path
) -> None:
    assert told(tmp_path, days) == ("", ""), why


@pytest.mark.parametrize("missing", QUARTERS_OF_2023)
def test_a_missing_quarter_is_named(missing: str, tmp_path: Path) -> None:
    days = [day for day in [*YEAR_ENDS, *QUARTERS_OF_2023] if day != missing]

    notes, faults = told(tmp_path, days)

    first_day = {"2023-03-31": "01.04.2023", "2023-06-30": "01.07.2023", "2023-09-30": "01.10.2023"}
    assert f"befolkningen {first_day[missing]} mangler" in notes
    assert faults == ""


def test_a_missing_turn_of_the_year_among_quarters_is_named(tmp_path: Path) -> None:
    days = [*QUARTERS_OF_2023, "2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"]

    assert "befolkningen 01.01.2024 mangler" in told(tmp_path, days)[0]


def test_a_day_that_is_no_quarters_is_named(tmp_path: Path) -> None:
    notes, faults = told(tmp_path, [*YEAR_ENDS, "2024-02-15"])

    assert "øjebliksbilledet 15.02.2024 (1 række" in notes
    assert faults == ""


def test_the_same_population_by_both_dates_is_a_fault(tmp_path: Path) -> None:
    faults = told(tmp_path, ["2022-12-31", "2023-12-31", "2024-01-01", "2024-03-31"])[1]

    assert "befolkningen 01.01.2024 er leveret to gange" in faults
    assert "01.04.2024" not in faults


def test_no_quarter_is_missing_where_there_is_none() -> None:
    assert missing_quarters([]) == []
