"""Queries: the same tree for two engines, in the checked subset."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlglot

from klynge.engine.indicators.catalogue import every
from klynge.engine.indicators.compiling import events_sql, not_followed_sql, people_sql
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.spine.subset import parse, slips

END = datetime(2026, 1, 1)


def queries(indicator: Indicator, dialect: str = "duckdb") -> list[str]:
    found = [people_sql(indicator, dialect)]
    if indicator.events is not None:
        found.append(events_sql(indicator, END, dialect))
    if indicator.follow_up_days:
        found.append(not_followed_sql(indicator, END, dialect))
    return found


@pytest.mark.parametrize("indicator", every(), ids=lambda indicator: indicator.code)
def test_every_query_keeps_to_the_subset(indicator: Indicator) -> None:
    assert [slips(parse(sql)) for sql in queries(indicator)] == [[] for _ in queries(indicator)]


@pytest.mark.parametrize("indicator", every(), ids=lambda indicator: indicator.code)
def test_every_query_is_told_for_spark_as_well(indicator: Indicator) -> None:
    for sql in queries(indicator, "spark"):
        assert sqlglot.parse_one(sql, dialect="spark").sql(dialect="spark", pretty=True) == sql


def test_the_tables_an_indicator_reads_are_those_its_queries_name() -> None:
    for indicator in every():
        named = {
            table.name
            for sql in queries(indicator)
            for table in parse(sql).find_all(sqlglot.exp.Table)
        }
        assert named - {"periods"} == indicator.tables, indicator.code
