"""The invented country is near the published one, and its page says how near."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers.reader import open_registers
from klynge.engine.registers.synth.calibration import RATES, Measured, compare, reference_page
from klynge.engine.registers.synth.causes import CODES
from klynge.engine.registers.synth.reference import denmark
from klynge.structure import places, places_of

PAGE = Path(__file__).parents[3] / "docs/reference/synthetic-registers.md"
pytestmark = pytest.mark.xdist_group("synth")


@pytest.fixture(scope="session")
def measured(country: Path) -> Mapping[str, Measured]:
    return {found.rate.key: found for found in compare(country)}


@pytest.mark.parametrize("key", [rate.key for rate in RATES])
def test_a_calibrated_rate_is_near_its_source(measured: Mapping[str, Measured], key: str) -> None:
    found = measured[key]

    assert found.within, f"{found.value:.2f}, {found.rate.source} +- {found.tolerance:.2f} wanted"


def test_no_tolerance_is_so_wide_that_it_says_nothing(measured: Mapping[str, Measured]) -> None:
    """Rates of few events at 40,000 persons are uncertain; none may be off by more than a half."""
    wide = [key for key, found in measured.items() if found.tolerance > 0.55 * found.rate.source]

    assert wide == []


def test_every_rate_has_its_source_and_a_slack_of_at_most_15_per_cent() -> None:
    assert [rate.key for rate in RATES if not rate.link or rate.slack > 0.15] == []
    assert len({rate.key for rate in RATES}) == len(RATES)


def test_the_municipalities_are_the_98_of_the_structure() -> None:
    on = date(2024, 1, 1)
    codes = {
        place.id: next(at.place for at in places_of(place.id, on=on) if at.kind == "region")
        for place in places("kommune", on)
    }

    assert dict(zip(denmark().kom, denmark().region, strict=True)) == codes


def test_municipalities_have_their_real_sizes(country: Path) -> None:
    with Database(folders=[country]) as db:
        open_registers(db, country, ["bef"])
        rows = db.fetchall(
            "SELECT kom, count(*) FROM reg_bef WHERE referencetid = DATE '2020-12-31' GROUP BY 1"
        )
    found = dict(rows)
    wanted = denmark().population / denmark().population.sum() * 40_000

    # 42 cells (sex and age bands) a municipality, each within one person of its share.
    assert max(abs(found[kom] - want) for kom, want in zip(denmark().kom, wanted, strict=True)) < 21


def test_acute_admissions_peak_in_winter(country: Path) -> None:
    with Database(folders=[country]) as db:
        open_registers(db, country, ["kontakter"])
        winter, summer = db.fetchall("""
            SELECT count(*) FILTER (month(dato_start) IN (12, 1, 2)) / 90.25,
                   count(*) FILTER (month(dato_start) IN (6, 7, 8)) / 92.0
            FROM reg_kontakter WHERE prioritet LIKE 'ATA1%' AND year(dato_start) >= 2021
              AND date_diff('hour', start_ts, slut_ts) >= 12
        """)[0]

    assert winter > 1.08 * summer


def test_every_diagnosis_code_is_written_as_sks_writes_it() -> None:
    assert [
        code for code in CODES if not (code[0] == "D" and code[1].isalpha() and code[2:4].isdigit())
    ] == []


def test_curves_of_conditions_never_fall_with_age() -> None:
    from klynge.engine.registers.synth.chronic import conditions

    assert all((np.diff(condition.shape, axis=1) >= 0).all() for condition in conditions())


def test_the_page_names_every_rate_with_its_source() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert [rate.key for rate in RATES if f"| {rate.what} |" not in page] == []
    assert all(rate.link.split()[0] in page for rate in RATES if rate.link.startswith("http"))


@pytest.mark.slow
def test_the_page_is_what_the_registers_give_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference_page()
