"""Nasty registers in a store, and the job with every indicator, flows and the quality report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from klynge.engine import build
from klynge.engine.choosing import chosen
from klynge.engine.ranges.job import Job
from klynge.engine.spine.models import Parameters, columns_of
from klynge.engine.store.pieces import Store
from klynge.engine.store.prepare import deliveries, prepare
from klynge.engine.store.work import Work
from klynge.structure import Geography
from tests.engine.people import write_registers
from tests.engine.reference.test_agreement import nasty_people
from tests.engine.reference.test_education import schooled

END = datetime(2026, 1, 1)
YEARS = (2023, 2024, 2025)


@dataclass(frozen=True)
class World:
    store: Store
    job: Job


@contextmanager
def nasty_world(folder: Path, people: int) -> Iterator[World]:
    """A store in ranges of 60 persons, of registers in two forms and with changes of number."""
    registers = nasty_registers(folder / "registers", people)
    plan = build._Plan.of(registers, chosen(registers, None, None), flows=True, by_education=True)
    # Letters that stand for others in a search for files.
    with Work(folder / "work [0]* {a}").held() as work:
        store = Store.open(work)
        store.width = 60
        prepare(
            store,
            deliveries(store, registers, plan.delivered),
            {table: columns_of(table) for table in plan.tables},
            memory="500MB",
            threads=1,
            tell=lambda _line: None,
        )
        job, _quality = build._job(plan, Parameters(END), Geography.of_pack(), YEARS)
        yield World(store, job)


def nasty_registers(folder: Path, people: int) -> Path:
    """Registers whose lives are made of edges; LPR2 beside LPR3_F, people with two
    numbers, and what they learned: all of it is told by education, too."""
    folder.mkdir()
    write_registers(folder, schooled(list(nasty_people(people)), seed=5), years=YEARS)
    _write(folder, "LPR_ADM", [_contact(number) for number in range(people)])
    _write(folder, "LPR_DIAG", [_diagnosis(number) for number in range(people)])
    pairs = [(number, number + 1) for number in range(0, people - 1, 7)]
    changes = [{"gammelt": _key(old), "nyt": _key(new)} for old, new in pairs]
    _write(folder, "personnumre", changes)
    return folder


def _contact(number: int) -> dict[str, object]:
    """A contact that LPR3_F tells of too for some: it begins in the hour theirs may."""
    day = (date(2023, 12, 31), date(2024, 3, 1), date(2018, 5, 1))[number % 3]
    return {
        "RECNUM": str(number),
        "PNR": _key(number),
        "C_ADIAG": ("DJ189", "DF200", "DE109")[number % 3],
        "C_PATTYPE": "0",
        "C_INDM": "1",
        "D_INDDTO": day,
        "V_INDTIME": (20, 12, 14)[number % 3],
        "D_UDDTO": day,
        "V_UDTIME": 23,
    }


def _diagnosis(number: int) -> dict[str, object]:
    return {"RECNUM": str(number), "C_DIAG": ("DJ44", "DE119")[number % 2], "C_DIAGTYPE": "A"}


def _key(number: int) -> str:
    return f"6101{number:06d}"


def _write(folder: Path, table: str, rows: list[dict[str, object]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows), folder / f"{table}.parquet")
