"""What is said of a figure beside another, and what to be careful about."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.web.figures import cautions, cells, comparing, numbers
from klynge.web.figures.cells import Cell, Scale
from klynge.web.figures.comparing import Side
from klynge.web.figures.definition import Definition
from klynge.web.figures.models import Indicator

SHARE = Scale("proportion", 1, False)


def a_cell(**overrides) -> Cell:
    """60 of 300 at a klynge in 2024: 20 per cent, between 16 and 25."""
    return Cell(
        **{
            "place_kind": "klynge",
            "place": "rm-randers",
            "period": "2024",
            "sex": "all",
            "age": "all",
            "measure": "crude",
            "status": "shown",
            "scale": SHARE,
            "numerator": 60,
            "denominator": 300,
            "value": 20.0,
            "lower": 16.0,
            "upper": 25.0,
            **overrides,
        }
    )


@pytest.mark.parametrize(
    ("lower", "upper", "side"),
    [
        (10, 15.9, Side.ABOVE),
        (25.1, 30, Side.BELOW),
        (10, 16, Side.SAME),
        (25, 30, Side.SAME),
        (19, 21, Side.SAME),
        (None, None, Side.UNKNOWN),
    ],
)
def test_a_difference_is_said_only_when_the_intervals_do_not_overlap(lower, upper, side):
    assert comparing.side(a_cell(), a_cell(lower=lower, upper=upper)) is side


def test_the_words_claim_no_more_than_the_intervals():
    above = comparing.with_land(a_cell(), a_cell(lower=10.0, upper=11.0))
    same = comparing.with_region(a_cell(), a_cell())

    assert above.words == "Over landet; intervallerne overlapper ikke"
    assert same.words == "Kan ikke skelnes fra regionen"


@pytest.mark.parametrize(
    ("counts", "small"),
    [((19, 300), True), ((20, 300), False), ((290, 300), True), ((280, 300), False)],
)
def test_few_cases_or_few_without_are_small_numbers(counts, small):
    cell = a_cell(numerator=counts[0], denominator=counts[1])

    assert [one.label for one in cautions.of([cell])] == (["Små tal"] if small else [])


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ({"value": 9.0, "lower": 8.0, "upper": 10.0}, "mere end fordoblet siden 2023 (9,0)"),
        ({"value": 45.0, "lower": 40.0, "upper": 50.0}, "mere end halveret siden 2023 (45,0)"),
        ({"value": 11.0, "lower": 9.0, "upper": 13.0}, ""),
        ({"value": 9.0, "lower": 3.0, "upper": 17.0}, ""),
    ],
)
def test_a_great_jump_is_suspected_of_being_an_error_in_the_data(before, said):
    found = cautions.of([a_cell(period="2023", **before), a_cell()])

    if said:
        assert found[0].suspect
        assert said in found[0].words
    else:
        assert found == []


def test_a_hidden_year_does_not_stop_the_look_back():
    old = a_cell(period="2022", value=5.0, lower=4.0, upper=6.0)
    hidden = a_cell(period="2023", status="hidden", value=None, lower=None, upper=None)

    assert "siden 2022" in cautions.of([old, hidden, a_cell()])[0].words


def test_a_figure_far_from_the_countrys_is_suspected():
    # As in a national report: 0.1 % in one cluster where others have over 60 %.
    own = a_cell(numerator=20, denominator=20000, value=0.1, lower=0.07, upper=0.15)
    land = a_cell(place_kind="land", place="DK", value=62.1, lower=58.8, upper=65.3)

    (found,) = cautions.of([own], land)

    assert (found.label, found.suspect) == ("Datafejl mistænkes", True)
    assert "under en 5.-del af landets (62,1)" in found.words


def test_a_plain_count_is_not_judged():
    scale = Scale("count", 0, True)

    assert cautions.of([a_cell(scale=scale, numerator=3, denominator=None)]) == []


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (a_cell(), "20,0"),
        (a_cell(numerator=0, value=0.0), "0,0"),
        (a_cell(status="hidden"), "skjult"),
        (a_cell(status="not_counted"), "ikke opgjort"),
        (a_cell(value=None, denominator=0), "ingen i nævneren"),
        (cells.missing(SHARE, place_kind="land", place="DK", period="2024", sex="all", age="all",
                       measure="crude"), "–"),
    ],
)  # fmt: skip
def test_hidden_zero_and_not_counted_are_said_differently(cell, said):
    assert cell.text == said


@pytest.mark.parametrize(
    ("number", "places", "written"),
    [
        (1234.56, 1, "1.234,6"),
        (0.0, 1, "0,0"),
        (0.04, 1, "0,04"),
        (0.004, 0, "0,004"),
        (4123.4, 0, "4.123"),
        (None, 1, ""),
    ],
)
def test_a_number_that_is_not_zero_is_never_written_as_zero(number, places, written):
    assert numbers.value(number, places) == written


@pytest.mark.parametrize(
    ("kind", "per", "places"),
    [("count", 1, 0), ("proportion", 100, 1), ("rate", 1000, 1), ("rate", 100_000, 0),
     ("rate", 365_250, 1)],
)  # fmt: skip
def test_a_rate_by_person_years_has_the_decimals_of_one_by_citizens(kind, per, places):
    assert numbers.decimals(kind, per) == places


def test_a_rate_by_person_years_says_so_and_not_a_number_of_days():
    rate = Indicator(entry={"kind": "rate", "per": 365_250})

    assert Definition(rate, date(2026, 1, 1)).kind == "rate pr. 1.000 personår"
