"""The five indicators by the engine: prepared and counted, or counted from what is prepared."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import task

from klynge.engine import build
from klynge.engine.choosing import Chosen
from klynge.engine.counts import counted, questions
from klynge.engine.indicators.catalogue import choose, every
from klynge.engine.ranges.running import Means, count_ranges
from klynge.engine.spine.models import Parameters, columns_of
from klynge.engine.store.pieces import Store
from klynge.engine.store.prepare import deliveries, prepare
from klynge.engine.store.work import Work
from klynge.structure import Geography


def main(work: Path) -> None:
    plan = build._Plan.of(task.registers(), Chosen(choose(task.FIVE, every()), {}))
    found: dict[str, list[tuple[int, str, int, int]]] = {code: [] for code in task.FIVE}
    means, parameters = Means("2GB", 2), Parameters(datetime.fromisoformat(task.EXTRACT_END))
    with Work(work).held() as held:
        store = Store.open(held)
        prepare(
            store,
            deliveries(store, plan.registers, plan.tables),
            {table: columns_of(table) for table in plan.tables},
            memory=means.each(1),
            threads=means.cores,
            tell=print,
        )
        # The peers write no quality report and count no months, so none are asked for.
        whole, _quality = build._job(plan, parameters, Geography.of_pack(), task.YEARS)
        years = [replace(indicator, by_month=False) for indicator in plan.indicators]
        job = replace(whole, questions=questions(years, parameters.extract_end))
        answers = count_ranges(store, job, means, print)
    for table in counted(plan.indicators, answers, years=task.YEARS, areas=task.KOMMUNER):
        above, below = table.numerator.sum(axis=(1, 2)), table.denominator.sum(axis=(1, 2))
        found[table.indicator.code] += [
            (int(table.period), area, int(above[at]), int(below[at]))
            for at, area in enumerate(table.areas)
            if below[at]
        ]
    task.answer(found)


if __name__ == "__main__":
    task.check_the_definitions()
    main(Path(sys.argv[3]))
