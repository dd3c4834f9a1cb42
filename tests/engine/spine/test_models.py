"""The SQL models: order, what they read, and the subset they keep to."""

from __future__ import annotations

from datetime import datetime

import pytest
import sqlglot

from klynge.engine.spine import subset
from klynge.engine.spine.models import Model, Parameters, models, needed_for, registers_of
from klynge.engine.spine.tables import TABLES

PARAMETERS = Parameters(datetime(2026, 1, 1))
EVERY = pytest.mark.parametrize("model", models(), ids=lambda model: model.name)


@EVERY
def test_a_model_keeps_to_the_subset_both_engines_read_alike(model: Model) -> None:
    assert subset.slips(model.query) == []


@EVERY
def test_a_model_can_be_told_to_spark(model: Model) -> None:
    sql = model.sql(PARAMETERS, "spark")

    assert sqlglot.parse_one(sql, dialect="spark") is not None
    assert ":" not in sql.replace(" 00:00:00", "")


@EVERY
def test_a_model_reads_only_what_is_made_before_it(model: Model) -> None:
    order = [found.name for found in models()]
    before = set(order[: order.index(model.name)]) | {
        "kommuner", "chronic_codes", "chronic_rules", "score_codes",
    }  # fmt: skip

    assert {name for name in model.reads if not name.startswith("reg_")} <= before


@EVERY
def test_a_models_windows_look_at_one_person_at_a_time(model: Model) -> None:
    for window in model.query.find_all(sqlglot.exp.Window):
        keys = {column.name for column in window.args.get("partition_by") or []}
        assert "pid" in keys or model.name == "persons"


def test_every_table_of_the_language_has_a_model() -> None:
    assert set(TABLES) <= {model.name for model in models()}


def test_the_population_alone_needs_only_the_population() -> None:
    assert registers_of(needed_for(["residents"])) == ("bef", "dod")


def test_stays_need_no_general_practice() -> None:
    assert registers_of(needed_for(["stays", "residents"])) == ("bef", "dod", "kontakter")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT CAST(a / 2 AS INTEGER) FROM t",
        "SELECT CAST(1.5 AS INTEGER) FROM t",
        "SELECT date_diff('day', a, b) FROM t",
        "SELECT EXTRACT(dow FROM a) FROM t",
        "SELECT EXTRACT(isodow FROM a) FROM t",
        "SELECT EXTRACT(DOY FROM a) FROM t",
        "SELECT hash(a) FROM t",
        "SELECT * FROM t ASOF JOIN u ON t.a = u.a AND t.b >= u.b",
        "SELECT quantile_cont(a, 0.5) FROM t",
        "SELECT median(a) FROM t",
        "SELECT ROW_NUMBER() OVER (PARTITION BY a) FROM t",
        "SELECT LAG(a) OVER (PARTITION BY b) FROM t",
        "SELECT CAST(a AS DOUBLE) FROM t",
        "SELECT random() FROM t",
        "SELECT * FROM t WHERE a < current_date",
    ],
)
def test_what_would_mean_something_else_on_the_other_engine_is_named(sql: str) -> None:
    assert subset.slips(subset.parse(sql)) != []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT CAST(EXTRACT(YEAR FROM a) AS INTEGER) FROM t",
        "SELECT DAYOFYEAR(a) FROM t",
        "SELECT a + INTERVAL 4 HOUR FROM t",
        "SELECT LAG(a) OVER (PARTITION BY b ORDER BY a) FROM t",
        "SELECT MAX(a) OVER (PARTITION BY b ORDER BY a ROWS BETWEEN UNBOUNDED PRECEDING"
        " AND 1 PRECEDING) FROM t",
    ],
)
def test_what_means_the_same_is_let_through(sql: str) -> None:
    assert subset.slips(subset.parse(sql)) == []
