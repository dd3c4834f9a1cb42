"""The engines that can count a job."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa

from klynge.engine.ranges.job import Job
from klynge.engine.ranges.running import Means, count_ranges
from klynge.engine.store.pieces import Store

Counting = Callable[[Store, Job, Means, Callable[[str], None]], Mapping[str, pa.Table]]

DUCKDB, SPARK = "duckdb", "spark"


def counting(engine: str) -> Counting:
    """What counts by an engine. Raises `WrongUse` with what to install when it is not there."""
    if engine == DUCKDB:
        return count_ranges
    from klynge.engine.backends.spark import check_installed
    from klynge.engine.ranges.whole import count_whole

    check_installed()
    return count_whole
