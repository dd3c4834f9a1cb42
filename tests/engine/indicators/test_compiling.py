"""Queries: the same tree for two engines, in the checked subset, one for each group."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlglot

from klynge.engine.counts import questions, tables
from klynge.engine.indicators.catalogue import every
from klynge.engine.indicators.compiling import (
    Population,
    group_sql,
    months_sql,
    not_followed_sql,
)
from klynge.engine.indicators.groups import Group, groups_of
from klynge.engine.spine.subset import parse, slips

END = datetime(2026, 1, 1)
POPULATION = Population(every())
GROUPS = [
    *groups_of(every()),
    *groups_of(each for each in every() if each.follow_up_days),
    *groups_of(each for each in every() if each.by_month),
]


def queries(group: Group, dialect: str = "duckdb") -> list[str]:
    found = [POPULATION.sql(dialect), POPULATION.people_sql(dialect)]
    found += [group_sql(group, POPULATION, END, dialect), months_sql(group, END, dialect)]
    if all(indicator.follow_up_days for indicator in group.indicators):
        found.append(not_followed_sql(group, END, dialect))
    return found


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_query_keeps_to_the_subset(group: Group) -> None:
    assert [slips(parse(sql)) for sql in queries(group)] == [[] for _ in queries(group)]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_query_is_told_for_spark_as_well(group: Group) -> None:
    for sql in queries(group, "spark"):
        assert sqlglot.parse_one(sql, dialect="spark").sql(dialect="spark", pretty=True) == sql


def test_the_tables_an_indicator_reads_are_those_its_queries_name() -> None:
    for indicator in every():
        asked = [*tables([indicator]).values(), *questions([indicator], END).values()]
        named = {table.name for sql in asked for table in parse(sql).find_all(sqlglot.exp.Table)}
        assert named - {"periods", "months", "population"} == indicator.tables, indicator.code


def test_an_event_table_is_read_once_for_all_who_date_it_alike() -> None:
    asked = questions(every(), END)
    claims = [sql for name, sql in asked.items() if name.startswith("gp_weeks")]

    assert len(claims) == 1
    assert claims[0].count("gp_weeks AS e") == 1
    assert len(asked) < len(every()) / 2
