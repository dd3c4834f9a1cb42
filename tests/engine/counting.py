"""What the engine makes of invented people, loaded through the production reader.

>>> often = Person(born="1950-06-01").with_stay("2024-02-01").with_stay("2024-09-01")
>>> counted("forebyg_65", often, Person(born="1950-06-01"))
{'730': (2, 2)}
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from klynge.engine.backends.duckdb import Database
from klynge.engine.counts import LeafCounts, count
from klynge.engine.indicators import ALL
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.registers.reader import open_registers
from klynge.engine.spine import models, running
from klynge.structure import Geography
from tests.engine.people import EXTRACT_END, YEARS, Person, write_registers


@contextmanager
def spine_of(
    *people: Person,
    tables: Sequence[str],
    extract_end: datetime = EXTRACT_END,
    parameters: Callable[[datetime], models.Parameters] = models.Parameters,
    chronic: Sequence[Any] = (),
    years: Sequence[int] = YEARS,
    basis: models.Basis = "local",
    from_register: Collection[str] = (),
) -> Iterator[Database]:
    """A database with the spine tables of `people`."""
    with tempfile.TemporaryDirectory() as name, Database(threads=1) as database:
        folder = write_registers(Path(name), people, years=years, with_nobody=["udda", "vnds"])
        needed = models.needed_for(tables, basis)
        open_registers(database, folder, models.registers_of(needed))
        running.make(
            database,
            needed,
            parameters(extract_end),
            kommuner=Geography.of_pack().kommuner,
            chronic=chronic,
            from_register=from_register,
        )
        yield database


def indicator(code: str) -> Indicator:
    return next(found for found in ALL if found.code == code)


def leaves(
    which: str | Indicator,
    *people: Person,
    years: Sequence[int] = YEARS,
    extract_end: datetime = EXTRACT_END,
) -> list[LeafCounts]:
    """The leaf counts of one indicator, a table a year."""
    definition = indicator(which) if isinstance(which, str) else which
    with spine_of(
        *people,
        tables=sorted(definition.tables),
        extract_end=extract_end,
        chronic=definition.chronic,
        years=years,
        basis=definition.basis,
        from_register=definition.from_ruks,
    ) as database:
        return count(
            database,
            [definition],
            years=years,
            areas=Geography.of_pack().kommuner,
            extract_end=extract_end,
        )


def counted(
    which: str | Indicator, *people: Person, year: int = 2024, persons: bool = False, **more: Any
) -> dict[str, tuple[int, int | None]]:
    """(numerator, denominator) of each kommune where somebody can be counted.

    persons: the distinct persons behind each instead.
    """
    table = next(t for t in leaves(which, *people, **more) if t.period == str(year))
    above = table.numerator_persons if persons else table.numerator
    below = table.denominator_persons if persons else table.denominator
    some = above if below is None else above + below
    return {
        table.areas[at]: (
            int(above[at].sum()),
            None if below is None else int(below[at].sum()),
        )
        for at in np.flatnonzero(some.sum(axis=(1, 2)))
    }
