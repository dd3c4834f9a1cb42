"""Chronic diseases as the register RUKS tells them, by hand; and what is then said of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from klynge.engine import build as building
from klynge.engine.choosing import chosen, warnings
from klynge.engine.figures import definition_entry
from klynge.engine.indicators import ALL
from klynge.engine.indicators.supplied import as_supplied, basis_of, told_by_register
from klynge.engine.quality.report import report
from klynge.engine.ruks import diseases_in
from klynge.engine.spine import models
from klynge.engine.spine.ruks import NAMES
from klynge.faults import BadInput
from tests.engine.build.test_build import door  # noqa: F401
from tests.engine.counting import counted, indicator, spine_of
from tests.engine.people import EXTRACT_END, YEARS, Person, write_registers

EVERY = frozenset(NAMES)


def by_register(code: str, *people: Person, diseases: frozenset[str] = EVERY, **more: Any) -> Any:
    (told,) = as_supplied([indicator(code)], diseases)
    return counted(told, *people, **more)["730"]


@pytest.mark.parametrize(
    ("person", "has", "why"),
    [
        (Person().in_ruks("KOL", "2024-01-01"), 1, "began on the day"),
        (Person().in_ruks("KOL", "2024-01-02"), 0, "began the day after"),
        (Person().in_ruks("KOL", "1996-05-01"), 1, "long ago"),
        (Person().in_ruks(" kol", "2020-01-01"), 1, "a name is a name however it is written"),
        (Person().in_ruks("KOL", "2020-01-01", "2024-01-01"), 0, "out on the day"),
        (Person().in_ruks("KOL", "2020-01-01", "2024-01-02"), 1, "out the day after"),
        (Person().in_ruks("KOL", "2020-01-01", "2020-01-01"), 0, "out at once"),
        (Person().in_ruks("astma", "2020-01-01"), 0, "another disease"),
        (Person().in_ruks("KOL", None), 0, "no day"),
        (Person().with_diagnosis("DJ44", "2020-01-01"), 0, "the register does not know of it"),
        (Person().in_ruks("KOL", "2020-01-01").in_ruks("KOL", "2020-01-01"), 1, "twice the same"),
        (
            Person().in_ruks("KOL", "2010-01-01", "2015-01-01").in_ruks("KOL", "2020-01-01"),
            1,
            "out and in again",
        ),
        (
            Person().in_ruks("KOL", "2020-01-01").in_ruks(
                "KOL", "2020-01-01", "2023-05-01", updated="2026-02-01"
            ),
            0,
            "the newer update says out",
        ),
        (
            Person().in_ruks("KOL", "2020-01-01", updated="").in_ruks("KOL", "2025-01-01"),
            0,
            "an update without a day is older than one with",
        ),
    ],
)  # fmt: skip
def test_prevalence_by_the_register(person: Person, has: int, why: str) -> None:
    other = Person().in_ruks("astma", "2020-01-01")

    assert by_register("ruks_praev_kol", person, other) == (has, 2), why


def test_incidence_by_the_register_counts_the_first_debut() -> None:
    new = Person().in_ruks("Type 2 - Diabetes", "2024-06-01")
    again = Person().in_ruks("Type 2 - Diabetes", "2015-01-01", "2018-01-01")
    again = again.in_ruks("Type 2 - Diabetes", "2024-06-01")

    assert by_register("ruks_inc_t2d", new, again, Person()) == (1, 3)


def test_several_diseases_are_counted_once_each() -> None:
    two = Person().in_ruks("KOL", "2020-01-01").in_ruks("demens", "2021-01-01")
    one = Person().in_ruks("KOL", "2020-01-01").in_ruks("KOL", "2021-01-01")

    assert by_register("ruks_multi", two, one) == (1, 2)


def test_what_the_register_does_not_have_is_told_by_the_local_rule() -> None:
    heart = Person().with_diagnosis("DI500", "2023-01-01")
    lungs = Person().in_ruks("KOL", "2020-01-01")
    only_here = Person().with_diagnosis("DJ44", "2023-01-01")
    people = (heart, lungs, only_here)
    some = EVERY - {"hjertesvigt"}

    assert by_register("ruks_kronisk", *people, diseases=some) == (2, 3)
    assert by_register("ruks_praev_hjertesvigt", *people, diseases=some) == (1, 3)
    assert by_register("ruks_praev_hjertesvigt", *people) == (0, 3)


def test_the_definition_says_what_it_rests_on() -> None:
    local = indicator("ruks_praev_kol")
    (told,) = as_supplied([local], {"KOL"})
    entry = definition_entry(told)

    assert (local.certainty, entry["certainty"]) == ("K", "S")
    assert entry["title"]["da"] == "Forekomst af KOL (RUKS)"
    assert "lokal" not in str(entry["numerator"]) + str(entry["certainty_note"])
    assert entry["codelists"] == []
    assert definition_entry(local)["codelists"] != []


def test_a_definition_that_uses_the_disease_on_the_way_keeps_its_words_and_says_so() -> None:
    local = indicator("ruks_multi")
    (told,) = as_supplied([local], EVERY - {"hjertesvigt"})

    assert told.title == local.title
    assert told.certainty == local.certainty
    assert "hjertesvigt er stadig efter den lokale" in told.certainty_note["da"]
    assert "KOL" in told.certainty_note["en"]


def test_every_disease_indicator_reads_otherwise_when_the_register_tells_it() -> None:
    codes = {each.code for each in ALL if each.when_supplied}

    assert len(codes) == 18
    for each in as_supplied([each for each in ALL if each.code in codes], EVERY):
        assert each.certainty == "S"
        assert "RUKS" in each.title["da"]
        assert "RUKS" in each.title["en"]
        assert each.basis == "register"


def test_indicators_without_diseases_are_as_they_were() -> None:
    without = [each for each in ALL if not each.diseases]

    assert as_supplied(without, EVERY) == tuple(without)
    assert basis_of(ALL) == "local"


def test_every_row_of_the_register_has_one_fate() -> None:
    kinds = [
        Person().in_ruks("KOL", "2020-01-01"),
        Person().in_ruks("depression", "2020-01-01"),
        Person(homes={}).in_ruks("KOL", "2020-01-01"),
        Person().in_ruks("KOL", "2020-01-01", "2020-01-01"),
        Person().in_ruks("KOL", "2020-01-01").in_ruks("KOL", "2020-01-01", updated="2025-01-01"),
    ]
    told = as_supplied([indicator("ruks_praev_kol")], EVERY)
    tables = ("onsets", "residents")
    with spine_of(
        *[kind for kind in kinds for _each in range(10)],
        tables=tables, basis="register", from_register=told_by_register(told),
    ) as database:  # fmt: skip
        found = report(
            database, told, years=YEARS, models=models.needed_for(tables, "register"),
            parameters=models.Parameters(EXTRACT_END), left_out={},
        )["tables"]["kronikere"]  # fmt: skip

    assert (found["rows"], found["used"]) == (60, 20)
    assert {line["reason"]: line["rows"] for line in found["fell_out"]} == {
        "no_residence": 10, "other_disease": 10, "updated_since": 10, "left_at_once": 10,
    }  # fmt: skip


@pytest.fixture
def registers(tmp_path: Path) -> Path:
    """The population and the register of diseases, and nothing of hospitals or medicine."""
    people = [
        Person().in_ruks(name, f"{year}-{month:02}-03")
        for name in ("KOL", "skizofreni", "Type 1 - Diabetes")
        for year in (2023, 2024, 2025)
        for month in range(1, 13)
    ]
    people.append(Person(died="2024-05-01"))
    folder = tmp_path / "registers"
    folder.mkdir()
    hidden = ("kontakter", "diagnoser", "lmdb", "sssy", "lab_dm_forsker")
    return write_registers(folder, people, without=hidden)


def test_the_diseases_of_a_delivery_are_those_it_has_rows_of(registers: Path) -> None:
    assert diseases_in(registers) == {"KOL", "skizofreni", "T1D"}
    assert diseases_in(registers / "nowhere") == frozenset()


def test_the_register_alone_gives_its_diseases_and_is_told(registers: Path) -> None:
    choice = chosen(registers, None)
    codes = {each.code for each in choice.indicators if each.diseases}
    told = [warning["da"] for warning in warnings(choice, registers)]

    assert codes == {
        f"ruks_{kind}_{name}" for kind in ("praev", "inc") for name in ("kol", "t1d")
    } | {"ruks_skizo", "ruks_inc_skizo"}
    assert "KOL, T1D, skizofreni er efter registeret RUKS (kronikere)." in told


def test_a_build_counts_by_the_register_and_its_own_years(
    registers: Path,
    tmp_path: Path,
    door: dict[str, Any],  # noqa: F811
) -> None:
    building.build(
        registers, tmp_path / "pack", indicators=["ruks_praev_kol", "ruks_inc_kol"],
        created=datetime(2026, 3, 1, tzinfo=UTC),
    )  # fmt: skip
    counts = {(t.indicator.code, t.period): int(t.numerator.sum()) for t in door["tables"]}

    assert counts["ruks_inc_kol", "2024"] == 12
    assert counts["ruks_praev_kol", "2024"] == 12
    assert counts["ruks_praev_kol", "2025"] == 24
    assert door["quality"]["tables"]["kronikere"]["used"] == 35


def test_a_register_that_cannot_be_read_is_told_and_not_passed_over(
    registers: Path,
    tmp_path: Path,
    door: dict[str, Any],  # noqa: F811
) -> None:
    pq.write_table(pa.table({"cpr": ["6101000001"]}), registers / "kronikere.parquet")
    write_registers(registers, [Person().with_stay("2024-01-05")], without=("kronikere",))

    with pytest.raises(BadInput, match="kronikere"):
        building.build(registers, tmp_path / "pack", indicators=["ruks_praev_kol"])
