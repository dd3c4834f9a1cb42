"""Which steps a worker takes for some questions, and as what."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest

from klynge.engine.ranges.orders import COPY, TABLE, VIEW, Orders, Step

STEPS = [
    Step("rows", VIEW, "SELECT 1 AS n FROM reg_some", ("reg_some",)),
    Step("kept", TABLE, "SELECT n FROM rows", ("rows",)),
    Step("copied", COPY, "SELECT n FROM rows", ("rows",)),
    Step("seen", VIEW, "SELECT n FROM copied", ("copied",)),
]
READS = {
    "once": ("copied",),
    "twice": ("copied", "copied"),
    "through a view": ("seen", "seen"),
    "another": ("kept",),
}
ORDERS = Orders({}, STEPS, dict.fromkeys(READS, "SELECT 1"), READS)


def _made(*questions: str) -> dict[str, str]:
    return {step.name: step.kind for step in ORDERS.needed(questions)}


def test_only_what_the_questions_stand_on_is_made() -> None:
    assert _made("another") == {"rows": VIEW, "kept": TABLE}


def test_a_copy_read_at_one_place_is_a_view() -> None:
    assert _made("once")["copied"] == VIEW


@pytest.mark.parametrize("questions", [("twice",), ("through a view",), ("once", "through a view")])
def test_a_copy_read_at_several_places_is_a_table(questions: tuple[str, ...]) -> None:
    assert _made(*questions)["copied"] == TABLE


def test_orders_come_through_json_as_they_were() -> None:
    orders = Orders({"codes": pa.table({"code": ["DJ44"]})}, STEPS, {"once": "SELECT 1"}, READS)

    told = Orders.of(json.loads(json.dumps(orders.told())))

    assert told.needed(["once"]) == orders.needed(["once"])
    assert (told.small, told.questions) == (orders.small, orders.questions)
