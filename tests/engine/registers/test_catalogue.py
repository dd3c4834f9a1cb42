"""The catalogue agrees with itself, and its page is fresh."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers import reference
from klynge.engine.registers.catalogue import FORMS, SOURCES, TABLES, Column, Table, into, table

PAGE = Path(__file__).parents[3] / "docs/reference/registers.md"

EVERY = {**TABLES, **FORMS}
each_table = pytest.mark.parametrize("described", EVERY.values(), ids=EVERY)
each_column = pytest.mark.parametrize(
    "column",
    [
        pytest.param(column, id=f"{name}.{column.name}")
        for name, described in EVERY.items()
        for column in described.columns
    ],
)


def test_the_reference_page_is_fresh() -> None:
    stale = "run python -m klynge.engine.registers.reference > docs/reference/registers.md"
    assert PAGE.read_text(encoding="utf-8") == reference.page(), stale


def test_every_register_is_described() -> None:
    assert set(TABLES) == {
        "bef", "dod", "kontakter", "diagnoser", "sssy", "lmdb", "lab_dm_forsker", "kronikere",
        "aefv", "aehjsp", "plejehjem",
        "genoptraeningsplaner", "aetr", "aerehab", "aefb", "markoerer", "forebyggelsestilbud",
        "personnumre", "senge", "sygehuse", "udda", "vnds",
    }  # fmt: skip


def test_no_two_registers_share_a_name() -> None:
    names = list(chain.from_iterable((t.name, *t.synonyms) for t in EVERY.values()))
    assert len(names) == len(set(names))


@each_table
def test_no_two_columns_share_a_name(described: Table) -> None:
    names = list(chain.from_iterable(column.names for column in described.columns))
    assert len(names) == len(set(names))


@each_table
def test_every_source_is_known(described: Table) -> None:
    assert described.sources
    assert set(described.sources) <= set(SOURCES)


@each_table
def test_the_primary_key_is_never_empty(described: Table) -> None:
    for key in described.primary_key:
        assert described.column(key).required
        assert not described.column(key).nullable


@each_table
def test_every_register_is_about_persons_or_contacts_or_is_of_beds(described: Table) -> None:
    assert (
        described.name in ("senge", "sygehuse")
        or described.person
        or {"dw_ek_kontakt", "recnum"} & {c.name for c in described.columns}
    )


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_makes_columns_that_its_table_has(form: Table) -> None:
    assert form.becomes
    wanted = into(form)
    names = {column.name for column in wanted.columns} | {made.name for made in wanted.derived}
    assert {name for name, _sql in form.becomes.columns} <= names


@each_column
def test_names_are_lower_case_and_described_twice(column: Column) -> None:
    assert all(name == name.lower() for name in column.names)
    assert column.da
    assert column.en


@each_column
def test_an_optional_column_may_be_empty(column: Column) -> None:
    assert column.required or column.nullable


@each_column
def test_a_pattern_means_the_same_to_duckdb_and_python(column: Column) -> None:
    examples = re.findall(r"\b[A-Z0-9]{3,7}\b", column.expected_en) if column.pattern else []
    with Database() as db:
        for example in examples:
            [(told,)] = db.fetchall("SELECT regexp_full_match(?, ?)", [example, column.pattern])
            assert told == bool(re.fullmatch(column.pattern, example))


@each_column
def test_a_pattern_comes_with_words_for_the_message(column: Column) -> None:
    assert not column.pattern or (column.expected_da and column.expected_en)


def test_a_register_is_found_by_its_other_names() -> None:
    assert table("OPHOLD_PLEJEHJEM") is TABLES["plejehjem"]


def test_an_unknown_register_names_the_nearest() -> None:
    with pytest.raises(KeyError, match="kontakter"):
        table("kontakt")


def test_an_unknown_column_names_the_nearest() -> None:
    with pytest.raises(KeyError, match="doddato"):
        TABLES["dod"].column("doddat")
