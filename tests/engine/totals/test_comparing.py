"""Published numbers against finished rows: only what is shown is compared, and no more said."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from klynge.datapack import FIGURE_SCHEMA
from klynge.engine.indicators import ALL
from klynge.engine.totals.comparing import Compared, compare
from klynge.engine.totals.reading import Total
from klynge.engine.totals.reasons import Known, reasons
from klynge.engine.totals.telling import MOST_WARNINGS, as_json, with_totals
from tests.datapack.builders import a_row

TOLD = {each.code: each for each in ALL}


def a_total(what: str = "prim_andel", published: float = 100, **more: Any) -> Total:
    cell = {
        "number": "numerator", "place_kind": "kommune", "place": "730", "period": "2024",
        "sex": "all", "age": "all", "education": "all", "tolerance": 5.0, "source": "Kilden",
        "as_of": date(2025, 3, 1),
    }  # fmt: skip
    return Total(what=what, published=published, **(cell | more))  # type: ignore[arg-type]


def rows(*given: dict[str, Any]) -> pa.Table:
    cell = {"indicator": "prim_andel", "place_kind": "kommune", "place": "730"}
    return pa.Table.from_pylist([a_row(**(cell | row)) for row in given], schema=FIGURE_SCHEMA)


HIDDEN = dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"))


def one(total: Total, *given: dict[str, Any]) -> Compared:
    (compared,) = compare([total], rows(*given), {})
    return compared


@pytest.mark.parametrize(
    ("published", "answer", "difference"),
    [(100, "agrees", 0), (105, "agrees", -4.76), (95, "differs", 5.26), (200, "differs", -50)],
)
def test_ours_is_held_against_the_published_number(
    published: float, answer: str, difference: float
) -> None:
    compared = one(a_total(published=published), {"numerator": 100, "denominator": 500})

    assert (compared.answer, compared.ours) == (answer, 100)
    assert compared.difference == pytest.approx(difference, abs=0.01)


def test_a_difference_of_just_the_tolerance_agrees() -> None:
    assert (
        one(a_total(published=0.3, tolerance=10, number="value"), {"value": 0.33}).answer
        == "agrees"
    )


def test_nothing_published_agrees_with_nothing_only() -> None:
    assert one(a_total(published=0), {"numerator": 0}).answer == "agrees"
    assert one(a_total(published=0), {"numerator": 9}).answer == "differs"


def test_the_number_asked_for_is_compared() -> None:
    crude = {"numerator": 20, "denominator": 100, "value": 20.0}
    standardised = {"measure": "standardised", "value": 22.0}

    found = {
        number: one(a_total(number=number), crude, standardised).ours
        for number in ("numerator", "denominator", "value", "standardised")
    }

    assert found == {"numerator": 20, "denominator": 100, "value": 20.0, "standardised": 22.0}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"status": "hidden", **HIDDEN}, "hidden"),
        ({"status": "not_counted", **HIDDEN}, "not_counted"),
        ({"value": None, "denominator": 0, "numerator": 0}, "not_counted"),
        ({"period": "2023"}, "not_in_pack"),
        ({"sex": "female"}, "not_in_pack"),
    ],
)
def test_what_is_not_shown_is_not_compared(row: dict[str, Any], why: str) -> None:
    compared = one(a_total(number="value"), row)

    assert (compared.answer, compared.why, compared.ours) == ("not_compared", why, None)


def test_the_number_given_for_a_hidden_cell_is_not_told_either() -> None:
    """Somebody may give a number that is not published at all: then it must not leave."""
    compared = one(a_total(published=7654), {"status": "hidden", **HIDDEN})
    (line,) = as_json([compared], Known(TOLD, {}))

    assert "7654" not in json.dumps(line)
    assert line["why"]["da"] == "vores tal er skjult"


def test_rows_of_a_register_are_rounded_and_small_numbers_not_told() -> None:
    total = a_total("lmdb", 50_000, number="rows", place_kind="land", place="DK")
    found = {n: compare([total], rows(), {("lmdb", 2024): n})[0] for n in (52_501, 52_503, 999)}

    assert [found[n].ours for n in found] == [52_500, 52_505, None]
    assert [found[n].answer for n in found] == ["agrees", "differs", "not_compared"]
    assert compare([total], rows(), {})[0].why == "not_in_pack"


def likely(compared: Compared, quality: dict[str, Any] | None = None, **known: Any) -> str:
    told = reasons(compared, [compared], Known(TOLD, quality or {}, **known))
    assert all(words["en"] for words in told)
    return " ".join(words["da"] for words in told)


def differing(what: str = "prim_andel", *, ours: float, published: float, **more: Any) -> Compared:
    total = a_total(what, published, **more)
    return Compared(total, "differs", "", ours, 100 * (ours - published) / published)


def test_a_factor_of_ten_is_a_matter_of_units() -> None:
    assert "omkring 10 gange" in likely(differing(ours=8.1, published=81, number="value"))
    assert "gange" not in likely(differing(ours=8.1, published=70, number="value"))


def test_a_gap_that_the_report_names_for_the_register_place_and_year_is_told() -> None:
    gap = {
        "register": "sssy", "kommune": "730", "from": "2024-03", "to": "2024-05", "kind": "gap",
        "da": "sssy i Randers mangler.", "en": "sssy in Randers is missing.",
    }  # fmt: skip
    quality = {"completeness": [gap]}

    assert "mangler" in likely(differing(ours=50, published=100), quality)
    assert "mangler" not in likely(differing(ours=150, published=100), quality)
    assert "mangler" not in likely(differing(ours=50, published=100, place="727"), quality)
    assert "mangler" not in likely(differing(ours=50, published=100, period="2023"), quality)
    assert "mangler" not in likely(differing("pop_folketal", ours=50, published=100), quality)


def test_a_register_that_has_grown_since_is_told() -> None:
    quality = {"extract_end": "2025-12-31"}
    later = date(2026, 5, 1)

    assert "fra efter" in likely(
        differing("forebyg_65", ours=90, published=100, as_of=later), quality
    )
    assert "ældre" in likely(differing("forebyg_65", ours=110, published=100), quality)
    assert "udtrækket (" not in likely(differing("pop_folketal", ours=110, published=100), quality)


def test_local_definitions_short_histories_and_made_up_registers_are_told() -> None:
    told = likely(differing("ruks_praev_kol", ours=90, published=100), invented=True)

    assert "opdigtede" in told
    assert "historik" in told
    assert "lokal" in told


def test_whether_other_places_differ_too_is_told() -> None:
    places = [differing(ours=90, published=100, place=place) for place in ("730", "727", "710")]
    fine = [
        Compared(a_total(place=place), "agrees", "", 100, 0.0) for place in ("727", "710", "740")
    ]
    known = Known(TOLD, {})

    assert "Alle 3 steder" in str(reasons(places[0], places, known))
    assert "kun dette" in str(reasons(places[0], [places[0], *fine], known))
    assert "steder" not in str(reasons(places[0], places[:2], known))


def test_what_agrees_needs_no_reason() -> None:
    assert not likely(Compared(a_total(), "agrees", "", 100, 0.0), invented=True)


def test_differences_are_warnings_the_first_of_them_in_full() -> None:
    many = [differing(ours=81_000, published=100_000) for _each in range(MOST_WARNINGS + 3)]
    lines = as_json(many, Known(TOLD, {}))
    quality = with_totals({"warnings": [{"da": "før", "en": "before"}], "tables": {}}, lines)

    assert len(quality["totals"]) == MOST_WARNINGS + 3
    first, second, *_others, last = quality["warnings"]
    assert first["da"] == "før"
    assert "Randers 2024: 81.000 mod 100.000 offentliggjort (-19,0 pct.)" in second["da"]
    assert "81,000 against 100,000 published (-19.0 per cent)" in second["en"]
    assert last["da"].startswith("3 andre tal")


def test_without_published_numbers_the_report_is_as_before() -> None:
    assert with_totals({"warnings": []}, []) == {"warnings": []}
