"""The rounded edition: what it tells of the exact counts, and how a pack says that it is one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klynge import datapack, methods
from klynge.datapack import FIGURE_SCHEMA, FLOW_SCHEMA
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.rounding import FEWEST_STEPS, rounded_figures, rounded_flows
from klynge.engine.previous import check_two, not_given, read_previous
from klynge.engine.release import release
from klynge.faults import BadInput, WrongUse
from tests.datapack.builders import a_pack, a_row, a_table, an_indicator
from tests.engine.disclosure import slow
from tests.engine.disclosure.test_any_land import a_world, some_tables
from tests.engine.disclosure.test_release import GEOGRAPHY, PLEJEHJEM, some_counts, some_totals
from tests.engine.disclosure.worlds import figures_of

HALF = rules.ROUND_TO // 2
ENTRIES = [
    {"code": code, "kind": kind, "per": 100}
    for code, kind in (
        ("share", "proportion"),
        ("second", "proportion"),
        ("old", "proportion"),
        ("rate", "rate"),
        ("count", "count"),
    )
]
NUMBERS = datapack.NUMBER_COLUMNS


def a_figure(**told: Any) -> dict[str, Any]:
    """The one row of a table, rounded."""
    entry = an_indicator("dagophold", kind=told.pop("kind", "proportion"))
    (row,) = rounded_figures(a_table(a_row(**told)), [entry]).to_pylist()
    return row


def test_counts_are_the_nearest_multiple_and_the_share_is_theirs() -> None:
    row = a_figure(numerator=13, denominator=102, value=12.745)

    assert (row["numerator"], row["denominator"], row["value"]) == (15, 100, 15.0)


def test_the_interval_is_that_of_the_rounded_counts() -> None:
    row = a_figure(numerator=13, denominator=102, value=12.745, lower=7.6, upper=20.6)

    found = methods.proportion(15, 100, per=100)
    assert (row["lower"], row["upper"]) == (found.lower, found.upper)


def test_no_interval_is_made_where_there_was_none() -> None:
    row = a_figure(numerator=13, denominator=102, value=12.745, lower=None, upper=None)

    assert row["lower"] is row["upper"] is None


def test_a_count_is_its_own_value() -> None:
    row = a_figure(
        measure="count", kind="count", numerator=8, denominator=None, value=8.0, lower=None,
        upper=None,
    )  # fmt: skip

    assert (row["numerator"], row["value"]) == (10, 10.0)


@pytest.mark.parametrize(("exact", "told"), [(0, 0), (5, 5), (7, 5), (8, 10), (102, 100)])
def test_no_count_that_is_shown_becomes_0(exact: int, told: int) -> None:
    assert a_figure(numerator=exact, denominator=200, value=exact / 2)["numerator"] == told


@pytest.mark.parametrize("status", ["hidden", "not_counted"])
def test_what_carries_no_number_stays_as_it_is(status: str) -> None:
    empty = dict.fromkeys(NUMBERS)

    assert a_figure(status=status, **empty) == a_row(status=status, **empty)


def test_a_standardised_value_is_held_to_the_rounded_counts_and_told_in_steps() -> None:
    """21 of 1,000 are 2.1 per cent and 20 of 1,000 are 2; standardised 3.15 becomes 3. Five of
    twenty are a quarter of it, 0.75, so the steps are 1."""
    row = a_figure(
        measure="standardised", numerator=21, denominator=1000, value=3.15, lower=1.9, upper=4.9
    )

    assert [row[name] for name in NUMBERS] == [20, 1000, 3.0, 2.0, 5.0]


def test_a_standardised_value_of_few_is_not_counted() -> None:
    row = a_figure(
        measure="standardised", numerator=12, denominator=1000, value=3.15, lower=1.9, upper=4.9
    )

    assert row["status"] == "not_counted"
    assert all(row[name] is None for name in NUMBERS)


def test_a_value_that_is_no_quotient_of_counts_is_not_told() -> None:
    row = a_figure(measure="median", numerator=25, denominator=100, value=3.4)

    assert row["status"] == "not_counted"
    assert row["value"] is None


def test_a_rate_by_person_time_is_not_told() -> None:
    """1,002 citizens are some 365,000 days: rounded to 5 they still tell that there are 1,002."""
    entry = an_indicator("dagophold", kind="rate") | {"per": 365_250}
    (row,) = rounded_figures(
        a_table(a_row(numerator=13, denominator=365_730, value=12.98, lower=6.9, upper=22.2)),
        [entry],
    ).to_pylist()

    assert row["status"] == "not_counted"
    assert all(row[name] is None for name in NUMBERS)


def test_the_table_of_transitions_is_rounded_too() -> None:
    cell = dict.fromkeys(FLOW_SCHEMA.names[:6], "x")
    shown = cell | {"status": "shown", "numerator": 13, "denominator": 102, "value": 12.745}
    hidden = cell | {"status": "hidden", "numerator": None, "denominator": None, "value": None}

    told = rounded_flows(pa.Table.from_pylist([shown, hidden], schema=FLOW_SCHEMA)).to_pylist()

    assert told == [shown | {"numerator": 15, "denominator": 100, "value": 15.0}, hidden]


# What an outsider gets out of it.


@settings(max_examples=3)
@given(st.integers(0, 2**32 - 1))
def test_nothing_hidden_can_be_worked_out_of_it(seed: int) -> None:
    nothing_can_be_worked_out(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_nothing_hidden_can_be_worked_out_of_many(seed: int) -> None:
    nothing_can_be_worked_out(seed)


def nothing_can_be_worked_out(seed: int) -> None:
    chance = np.random.default_rng(seed)
    land = a_world(chance)
    protected = land.protect(*some_tables(chance, land))

    told = rounded_figures(figures_of(*protected), ENTRIES)

    assert slow.recovered(told, protected, land.geography, slack=HALF) == set()


@pytest.mark.parametrize("seed", range(2))
def test_rounding_in_place_of_hiding_would_tell_small_numbers(seed: int) -> None:
    """1-2 told as 0 and 3-7 as 5: the sums beside them tell which of them it is."""
    chance = np.random.default_rng(seed)
    land = a_world(chance)
    protected = land.protect(*some_tables(chance, land))
    bare = [
        replace(known, hidden=np.zeros_like(known.hidden), hidden_standardised=None)
        for known in protected
    ]
    secret = [replace(known, hidden=known.primary) for known in protected]

    told = rounded_figures(figures_of(*bare), ENTRIES)

    assert slow.recovered(told, secret, land.geography, slack=HALF)


def told_by_counts(figures: pa.Table) -> list[set[tuple[Any, ...]]]:
    """For each indicator, measure and pair of counts: what else its rows say."""
    found: dict[tuple[Any, ...], set[tuple[Any, ...]]] = defaultdict(set)
    for row in figures.to_pylist():
        if row["status"] == "shown" and row["measure"] != "standardised":
            key = row["indicator"], row["measure"], row["numerator"], row["denominator"]
            found[key].add(tuple(row[name] for name in NUMBERS[2:]))
    return list(found.values())


@pytest.mark.parametrize("seed", range(4))
def test_rows_of_equal_rounded_counts_are_equal(seed: int) -> None:
    """So that nothing beside the counts tells more of them. With the exact values it would."""
    chance = np.random.default_rng(seed)
    land = a_world(chance)
    exact = figures_of(*land.protect(*some_tables(chance, land)))
    told = rounded_figures(exact, ENTRIES)
    undone = told
    for name in NUMBERS[2:]:
        at = FIGURE_SCHEMA.get_field_index(name)
        undone = undone.set_column(at, FIGURE_SCHEMA.field(at), exact[name])

    assert all(len(others) == 1 for others in told_by_counts(told))
    assert any(len(others) > 1 for others in told_by_counts(undone))


def possible_counts(value: float, shown: int, people: np.ndarray, weights: np.ndarray) -> set[int]:
    """The exact counts (of two strata) that agree with a rounded count and standardised value."""
    found = set()
    for total in range(shown - HALF, shown + HALF + 1):
        first = np.arange(total + 1)
        rates = weights[0] * first / people[0] + weights[1] * (total - first) / people[1]
        rows = [standardised_row(total, rate, people.sum()) for rate in 100 * rates]
        again = rounded_figures(a_table(*rows), [an_indicator()])["value"].to_pylist()
        if value in again:
            found.add(total)
    return found


def standardised_row(events: int, value: float, people: int) -> dict[str, Any]:
    return a_row(
        measure="standardised", numerator=events, denominator=int(people),
        value=float(f"{value:.3g}"), lower=None, upper=None,
    )  # fmt: skip


@pytest.mark.parametrize("total", range(13, 33))
def test_a_standardised_value_leaves_every_exact_count_open(
    total: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two strata, and an outsider who knows both populations. In steps the value leaves all five
    exact counts possible; with three digits it would leave fewer, for the share of one stratum in
    the whole is a fraction of small numbers."""
    people, weights = np.array([400, 600]), np.array([0.3, 0.7])
    row = standardised_row(
        total, 100 * (0.3 * (total // 3) / 400 + 0.7 * (total - total // 3) / 600), 1000
    )

    told = rounded_figures(a_table(row), [an_indicator()]).to_pylist()[0]
    in_steps = possible_counts(told["value"], told["numerator"], people, weights)
    monkeypatch.setattr(
        "klynge.engine.disclosure.rounding._in_steps",
        lambda numbers, _least: np.array([float(f"{number:.3g}") for number in numbers]),
    )
    told = rounded_figures(a_table(row), [an_indicator()]).to_pylist()[0]
    in_digits = possible_counts(told["value"], told["numerator"], people, weights)

    assert in_steps == set(range(told["numerator"] - HALF, told["numerator"] + HALF + 1))
    assert len(in_digits) < len(in_steps)


def test_not_counted_tells_no_more_than_the_rounded_count() -> None:
    """A standardised value rests on ten events or more; a rounded one on fifteen in steps of five,
    and what is rounded to fifteen is thirteen or more."""
    assert FEWEST_STEPS * rules.ROUND_TO - HALF >= 10


# How it leaves.


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> tuple[datapack.Pack, datapack.Pack]:
    """The exact pack and the rounded one, of one release."""
    folder = tmp_path_factory.mktemp("out")
    release(
        some_counts(),
        GEOGRAPHY,
        indicators=[PLEJEHJEM],
        quality={"tables": {}},
        registers={},
        years=[2024],
        out=folder / "exact",
        created=datetime(2026, 3, 1, 12, tzinfo=UTC),
        totals=some_totals(),
        rounded=folder / "rounded",
    )
    return datapack.read(folder / "exact"), datapack.read(folder / "rounded")


def test_both_leave_and_the_same_is_hidden(packs: tuple[datapack.Pack, datapack.Pack]) -> None:
    exact, rounded = packs
    cell = (*datapack.PRIMARY_KEY, "status")
    crude = [pack.figures.to_pylist() for pack in packs]
    keys = [
        [tuple(r[n] for n in cell) for r in rows if r["measure"] != "standardised"]
        for rows in crude
    ]

    assert keys[0] == keys[1]
    assert exact.rounded_to is None
    assert (rounded.rounded_to, rounded.rounded_from) == (5, exact.edition)
    assert rounded.quality["disclosure"]["counts_rounded_to"] == 5


def test_published_numbers_are_held_against_the_rounded_ones(
    packs: tuple[datapack.Pack, datapack.Pack],
) -> None:
    exact, rounded = (pack.quality["totals"] for pack in packs)
    compared = [line for line in rounded if line["answer"] != "not_compared"]

    assert any(line["ours"] % 5 for line in exact if "ours" in line)
    assert not any(line["ours"] % 5 for line in compared)
    assert {line["answer"] for line in compared} == {"agrees"}


def test_a_pack_that_says_it_is_rounded_and_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="afrundet"):
        a_pack(tmp_path / "pack", rounding={"to": 5, "edition": "sha256:0"})


def test_a_value_of_the_exact_counts_is_refused_in_a_rounded_pack(tmp_path: Path) -> None:
    row = a_row(numerator=2000, denominator=10000, value=20.02, lower=None, upper=None)
    arguments = {"figures": a_table(row), "indicators": [an_indicator("dagophold")]}
    a_pack(tmp_path / "exact", **arguments)

    with pytest.raises(BadInput, match="value = per"):
        a_pack(tmp_path / "pack", **arguments, rounding={"to": 5, "edition": "sha256:0"})


def test_sums_of_rounded_numbers_need_not_add_up(
    packs: tuple[datapack.Pack, datapack.Pack],
) -> None:
    """Which is why the pages say so."""
    rows = packs[1].figures.to_pylist()
    by_sex: dict[tuple[Any, ...], dict[str, Any]] = defaultdict(dict)
    for row in rows:
        if row["measure"] == "crude":
            by_sex[row["place"], row["place_kind"], row["age"]][row["sex"]] = row["numerator"]
    whole = [sexes for sexes in by_sex.values() if None not in sexes.values()]

    assert any(sexes["all"] != sexes["female"] + sexes["male"] for sexes in whole)


def test_a_rounded_pack_is_no_earlier_edition_but_the_exact_one_is(
    packs: tuple[datapack.Pack, datapack.Pack], tmp_path: Path
) -> None:
    exact, rounded = packs

    assert read_previous([exact.folder], tmp_path / "new")[0].id == exact.id
    with pytest.raises(BadInput, match="afrundet udgave") as refused:
        read_previous([rounded.folder], tmp_path / "new")
    assert exact.edition.removeprefix("sha256:")[:12] in str(refused.value)


def test_the_exact_pack_stands_for_the_rounded_one_beside_it(
    packs: tuple[datapack.Pack, datapack.Pack],
) -> None:
    exact, rounded = packs
    out = exact.folder.parent / "new"

    assert len(not_given(out, [2024], [])) == 2
    assert not_given(out, [2024], [exact]) == []
    assert rounded.folder.parent == exact.folder.parent


def test_the_rounded_pack_takes_no_other_packs_place(tmp_path: Path) -> None:
    check_two(tmp_path / "a", tmp_path / "b", [tmp_path / "c"])
    for taken in ("a", "c"):
        with pytest.raises(WrongUse):
            check_two(tmp_path / "a", tmp_path / taken, [tmp_path / "c"])


def test_rounding_keeps_the_order_of_counts() -> None:
    """So no share is above 1."""
    told = rules.rounded(np.arange(200))

    assert all(first <= second for first, second in pairwise(told))
    assert np.max(np.abs(told - np.arange(200))) == HALF
