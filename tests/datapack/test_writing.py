"""Writing a pack: what is refused, and that the bytes are what they should be."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from frictionless import Package
from hypothesis import given, settings
from hypothesis import strategies as st

from klynge import datapack
from klynge.faults import BadInput
from tests.datapack import builders
from tests.datapack.builders import a_pack, a_row, a_table, an_indicator


def refused(tmp_path: Path, **arguments: object) -> str:
    """The message of a refusal; nothing may have been written."""
    with pytest.raises(BadInput) as error:
        a_pack(tmp_path / "pack", **arguments)
    assert list(tmp_path.iterdir()) == []
    return str(error.value)


def test_what_is_written_is_read_back(tmp_path):
    pack = datapack.read(a_pack(tmp_path / "pack"))

    key = [(column, "ascending") for column in datapack.PRIMARY_KEY]
    assert pack.figures.equals(builders.figures().sort_by(key).combine_chunks())
    assert list(pack.indicators) == builders.indicators()
    assert pack.quality == builders.quality()
    assert pack.geography == builders.geography()
    assert pack.created == builders.CREATED
    assert pack.years == builders.YEARS
    assert pack.note == "Opdigtede personer."
    assert pack.registers["bef"] == {"extracted": "2025-02-01"}


WHOLE = st.integers(min_value=0, max_value=2**53)
CELLS = st.fixed_dictionaries(
    {
        "indicator": st.sampled_from(["folketal", "dagophold", "laege"]),
        "place": st.sampled_from(sorted(builders.PLACES)),
        "period": st.sampled_from(["2023", "2024", "2024-K1", "2024-12"]),
        "sex": st.sampled_from(datapack.SEXES),
        "age": st.sampled_from(["all", "0-17", "80+"]),
        "education": st.sampled_from(datapack.EDUCATIONS),
        "measure": st.sampled_from(["count", "standardised", "median", "sum"]),
        "status": st.sampled_from(datapack.STATUSES),
        "top": WHOLE,
        "bottom": st.none() | WHOLE,
        "ends": st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3),
        "interval": st.booleans(),
    }
)


def as_row(cell):
    kind, place = cell["place"]
    lower, value, upper = sorted(cell["ends"])
    ends = {"lower": lower, "upper": upper} if cell["interval"] else {"lower": None, "upper": None}
    words = {name: cell[name] for name in datapack.PRIMARY_KEY if name in cell}
    numbers = {"numerator": cell["top"], "denominator": cell["bottom"], "value": value, **ends}
    shown = cell["status"] == "shown"
    return a_row(
        **{**words, "place_kind": kind, "place": place, "status": cell["status"]},
        **(numbers if shown else {}),
    )


@settings(max_examples=40)
@given(st.lists(CELLS, max_size=8, unique_by=lambda cell: str(as_row(cell))[:200]))
def test_any_lawful_figures_come_back_as_they_were(tmp_path, cells):
    rows = {tuple(row[c] for c in datapack.PRIMARY_KEY): row for row in map(as_row, cells)}
    figures = a_table(*rows.values())

    pack = datapack.read(a_pack(tmp_path / "pack", figures=figures))

    by_key = {tuple(row[c] for c in datapack.PRIMARY_KEY): row for row in pack.figures.to_pylist()}
    assert by_key == rows


def test_csv_and_parquet_hold_the_same_rows_in_the_same_order(tmp_path):
    folder = a_pack(tmp_path / "pack")

    convert = pa.csv.ConvertOptions(column_types=datapack.FIGURE_SCHEMA, strings_can_be_null=True)
    text = pa.csv.read_csv(folder / "figures.csv", convert_options=convert)
    assert text.cast(datapack.FIGURE_SCHEMA).equals(
        pa.parquet.read_table(folder / "figures.parquet").combine_chunks()
    )


def test_equal_input_gives_equal_bytes_whatever_the_order_of_rows(tmp_path):
    figures = builders.figures()
    shuffled = figures.take(np.random.default_rng(1).permutation(figures.num_rows))
    one = a_pack(tmp_path / "one", figures=figures)
    two = a_pack(tmp_path / "two", figures=shuffled)

    assert {f.name: f.read_bytes() for f in one.iterdir()} == {
        f.name: f.read_bytes() for f in two.iterdir()
    }


def test_the_descriptor_has_size_and_checksum_of_every_other_file(tmp_path):
    folder = a_pack(tmp_path / "pack")

    resources = json.loads((folder / "datapackage.json").read_text())["resources"]
    assert {r["path"]: (r["bytes"], r["hash"]) for r in resources} == {
        f.name: (f.stat().st_size, "sha256:" + hashlib.sha256(f.read_bytes()).hexdigest())
        for f in folder.iterdir()
        if f.name != "datapackage.json"
    }


def test_frictionless_finds_the_descriptor_and_the_csv_valid(tmp_path):
    folder = a_pack(tmp_path / "pack")

    package = Package(str(folder / "datapackage.json"))
    # The Parquet plugin of frictionless needs fastparquet, which nothing else here does.
    package.remove_resource("figures")
    report = package.validate()
    assert report.valid, report.flatten(["title", "message"])


def test_frictionless_would_have_found_a_row_that_breaks_the_schema(tmp_path):
    folder = a_pack(tmp_path / "pack")
    text = folder / "figures.csv"
    text.write_text(text.read_text().replace(",female,", ",woman,", 1))

    package = Package(str(folder / "datapackage.json"))
    package.remove_resource("figures")
    assert "constraint-error" in {error for (error,) in package.validate().flatten(["type"])}


def test_a_pack_without_rows_is_a_pack(tmp_path):
    folder = a_pack(tmp_path / "pack", figures=a_table())

    assert datapack.read(folder).figures.num_rows == 0


def test_zero_hidden_and_not_counted_stay_three_things(tmp_path):
    zero = a_row(numerator=0, value=0.0, lower=0.0, upper=3.7)
    hidden = a_row(sex="female", status="hidden")
    absent = a_row(sex="male", status="not_counted")

    rows = datapack.read(
        a_pack(tmp_path / "pack", figures=a_table(zero, hidden, absent))
    ).figures.to_pylist()
    assert [(row["status"], row["numerator"], row["value"]) for row in rows] == [
        ("shown", 0, 0.0),
        ("hidden", None, None),
        ("not_counted", None, None),
    ]


def test_a_share_of_nobody_has_no_value(tmp_path):
    nobody = a_row(numerator=0, denominator=0, value=None, lower=None, upper=None)

    figures = datapack.read(a_pack(tmp_path / "pack", figures=a_table(nobody))).figures
    assert figures["value"].to_pylist() == [None]


@pytest.mark.parametrize("column", datapack.NUMBER_COLUMNS)
@pytest.mark.parametrize("status", ["hidden", "not_counted"])
def test_refuses_a_number_in_a_cell_that_may_have_none(tmp_path, status, column):
    row = a_row(status=status, **{column: 3})

    assert "række 1" in refused(tmp_path, figures=a_table(row))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (a_row(sex="kvinde"), "'sex'"),
        (a_row(place_kind="by"), "'place_kind'"),
        (a_row(education="phd"), "'education'"),
        (a_row(measure="mean"), "'measure'"),
        (a_row(status="secret"), "'status'"),
        (a_row(age="18-"), "'age'"),
        (a_row(age="64-18"), "'age'"),
        (a_row(period="2024-K5"), "'period'"),
        (a_row(period="2024-13"), "'period'"),
        (a_row(period="2024\n"), "'period'"),
        (a_row(indicator="Dag Ophold"), "'indicator'"),
        (a_row(place="D,K"), "'place'"),
        (a_row(period="2019"), "periode uden for"),
        (a_row(indicator="ukendt"), "uden definition"),
        (a_row(place="SE"), "geografi"),
        (a_row(place_kind="region", place="DK"), "geografi"),
        (a_row(numerator=None), "numerator"),
        (a_row(value=None, lower=None, upper=None), "mangler værdien"),
        (a_row(measure="median", denominator=None, value=None, lower=None, upper=None), "mangler"),
        (a_row(upper=None), "mangler den ene ende"),
        (a_row(lower=None), "mangler den ene ende"),
        (a_row(denominator=0, numerator=0, value=None), "den værdi, det hører til"),
        (a_row(lower=20.1), "rummer ikke"),
        (a_row(upper=19.9), "rummer ikke"),
        (a_row(numerator=-1), "negativ"),
        (a_row(denominator=-1), "negativ"),
        (a_row(value=float("nan")), "grænse er ikke et tal"),
        (a_row(upper=float("inf")), "grænse er ikke et tal"),
        (a_row(numerator=101, value=101.0, upper=200.0), "større end nævneren"),
        (a_row(value=21.0), "stemmer ikke"),
    ],
)
def test_refuses_figures_that_break_a_rule(tmp_path, row, says):
    assert says in refused(tmp_path, figures=a_table(row))


def test_a_value_rounded_to_three_digits_still_agrees_with_its_counts(tmp_path):
    row = a_row(numerator=1005, denominator=100_000, value=1.0, lower=0.9, upper=1.1)

    assert a_pack(tmp_path / "pack", figures=a_table(row))


def test_refuses_two_rows_about_one_cell(tmp_path):
    twice = a_table(a_row(), a_row(sex="male"), a_row(status="hidden"))

    assert "flere gange. Antal rækker: 1; den første er række 3." in refused(
        tmp_path, figures=twice
    )


def test_tells_every_fault_at_once_with_how_many_rows(tmp_path):
    figures = a_table(
        a_row(), a_row(sex="x"), a_row(sex="y"), a_row(sex="male", status="hidden", value=1.0)
    )
    message = refused(
        tmp_path,
        figures=figures,
        indicators=[an_indicator(owner="")],
        created=datetime(2025, 1, 1),
        quality={"x": float("nan")},
    )

    assert "'sex' har ukendte værdier. Antal rækker: 2; den første er række 2." in message
    assert "skjult celle bærer et tal. Antal rækker: 1; den første er række 4." in message
    assert "owner" in message
    assert "tidszone" in message
    assert "quality.json" in message


def test_a_message_holds_no_value_of_a_row(tmp_path):
    message = refused(tmp_path, figures=a_table(a_row(place="0101701234", numerator=-98765)))

    assert "0101701234" not in message
    assert "98765" not in message


@pytest.mark.parametrize(
    "figures",
    [
        builders.figures().drop_columns(["lower"]),
        builders.figures().append_column("cpr", pa.nulls(1272, pa.string())),
        builders.figures().select(list(reversed(builders.figures().column_names))),
        builders.figures().cast(
            pa.schema(
                [
                    f.with_type(pa.float64()) if f.name == "numerator" else f
                    for f in datapack.FIGURE_SCHEMA
                ]
            )
        ),
    ],
    ids=["missing", "extra", "order", "type"],
)
def test_refuses_other_columns_than_the_schema(tmp_path, figures):
    assert "Kolonnerne" in refused(tmp_path, figures=figures)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("code", "Not a code"),
        ("theme", "health"),
        ("domain", "somatic"),
        ("kind", "mean"),
        ("per", 10),
        ("per", True),
        ("timing", "month"),
        ("better", "up"),
        ("certainty", "high"),
        ("title", "Titel"),
        ("title", {"da": "Titel"}),
        ("unit", {"da": "", "en": ""}),
        ("denominator", None),
        ("ages", "all"),
        ("sources", None),
        ("owner", " "),
        ("review_by", "1/11 2027"),
        ("review_by", None),
    ],
)
def test_refuses_a_definition_with_a_wrong_field(tmp_path, key, value):
    message = refused(tmp_path, figures=a_table(), indicators=[{**an_indicator(), key: value}])
    assert f"forkert indhold i {key}" in message


@pytest.mark.parametrize("key", sorted(an_indicator()))
def test_refuses_a_definition_without_a_field(tmp_path, key):
    entry = {name: value for name, value in an_indicator().items() if name != key}

    assert f"mangler {key}" in refused(tmp_path, figures=a_table(), indicators=[entry])


def test_refuses_two_definitions_of_one_indicator(tmp_path):
    assert "2 gange" in refused(
        tmp_path, figures=a_table(), indicators=[an_indicator(), an_indicator()]
    )


@pytest.mark.parametrize(
    ("argument", "value", "says"),
    [
        ("indicators", ["dagophold"], "rette form"),
        ("geography", {}, "'places'"),
        ("geography", {"places": ["DK"]}, "'places'"),
        ("geography", {"places": [{"kind": "land", "id": "DK"}, {"kind": "by"}]}, "'places'"),
        ("years", (), "mindst ét år"),
        ("years", ("2024",), "mindst ét år"),
        ("quality", [], "quality.json"),
        ("registers", {"bef": object()}, "JSON"),
    ],
)
def test_refuses_documents_of_another_shape(tmp_path, argument, value, says):
    assert says in refused(tmp_path, figures=a_table(), **{argument: value})
