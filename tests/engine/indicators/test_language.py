"""Expressions: their type rules, and that a wrong one is told in words."""

from __future__ import annotations

from datetime import date

import pytest

from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    PERIOD,
    care_home,
    codelist,
    gp_weeks,
    onsets,
    residents,
    stays,
)
from klynge.engine.indicators.rendering import condition
from klynge.engine.indicators.tree import Condition
from klynge.faults import DefinitionError


def sql(expression: Condition) -> str:
    return condition(expression, "x").sql(dialect="duckdb")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (residents.age >= 65, "x.age >= 65"),
        (residents.sex == "female", "x.sex = 'female'"),
        (stays.acute, "x.acute"),
        (stays.acute.is_true(), "x.acute"),
        (stays.acute.is_false(), "NOT x.acute"),
        (stays.acute & ~stays.died & stays.admission, "x.acute AND NOT x.died AND x.admission"),
        (stays.acute | stays.died, "x.acute OR x.died"),
        ((residents.age >= 18) & (residents.age < 65), "x.age >= 18 AND x.age < 65"),
        (stays.diagnosis.is_missing(), "x.diagnosis IS NULL"),
        (gp_weeks.specialty.is_one_of("80", "81"), "x.specialty IN ('80', '81')"),
        (care_home.moved_in_on < date(2024, 1, 31), "x.moved_in_on < CAST('2024-01-31' AS DATE)"),
        (care_home.moved_in_on < PERIOD.first_day, "x.moved_in_on < p.first_day"),
        (residents.all, "TRUE"),
    ],
)
def test_an_expression_becomes_sql(expression: Condition, expected: str) -> None:
    assert sql(expression) == expected


def test_what_is_missing_is_equal_to_nothing_so_its_opposite_holds() -> None:
    assert sql(~(stays.diagnosis == "DJ44")) == "NOT COALESCE(x.diagnosis = 'DJ44', FALSE)"


def test_a_quote_in_a_text_stays_in_the_text() -> None:
    assert sql(residents.sex == "o'neill") == "x.sex = 'o''neill'"


def _refused(make: object) -> str:
    with pytest.raises(DefinitionError) as caught:
        make()  # type: ignore[operator]
    return str(caught.value)


@pytest.mark.parametrize(
    ("make", "guess"),
    [
        (lambda: residents.age == 65 & stays.acute, "Mangler der parenteser?"),
        (lambda: (residents.age >= 18) & residents.age < 65, "Mangler der parenteser?"),
        (lambda: stays.acute and stays.died, "Skriv & for 'and'"),
        (lambda: not stays.acute, "~ for 'not'"),
        (lambda: 18 <= residents.age < 65, "(a < b) & (b < c)"),
        (lambda: residents.age == "65", "er et helt tal og kan ikke sammenlignes med tekst"),
        (lambda: residents.kommune == 101, "er tekst og kan ikke sammenlignes med et helt tal"),
        (lambda: residents.age > 64.5, "Tal er hele tal"),
        (lambda: stays.diagnosis > "DJ44", "Tekst kan ikke være større eller mindre"),
        (lambda: stays.started_at > date(2024, 1, 1), "et tidspunkt"),
        (lambda: stays.diagnoses, "Mener du 'diagnosis'?"),
        (lambda: residents.pid, "har ingen kolonne"),
        (lambda: PERIOD.fist_day, "Mener du 'first_day'?"),
        (lambda: stays.acute & (residents.age > 3), "om to tabeller"),
        (lambda: stays.diagnosis.is_in("DJ44"), 'codelist("navn")'),
        (lambda: stays.diagnosis.is_one_of("DJ44", 3), "is_one_of"),
        (lambda: gp_weeks.span, "en tabel med start og slutning"),
        (lambda: stays.followed_within(days=0, by=stays.acute), "et helt tal over 0"),
        (lambda: stays.followed_within(days=30, by=residents.age > 3), "hvornår noget begyndte"),
        (lambda: stays.preceded_within(days=7, by="gp"), "hvornår noget begyndte"),
        (lambda: stays.during(gp_weeks.all), "start og slutning"),
        (lambda: stays.with_contact(stays.acute), "betingelse om contacts"),
        (lambda: residents.have(stays.acute, gp_weeks.year, IN_THE_PERIOD), "residents.have"),
        (lambda: residents.have(stays.acute, stays.started_at, "året"), "residents.have"),
        (lambda: onsets.of("KOL"), "onsets.of(KOL)"),
        (lambda: ~residents.age, "Sæt parentes om betingelsen"),
        (lambda: codelist("forebyggelig"), "Kodelisten 'forebyggelig' findes ikke"),
    ],
)
def test_a_wrong_expression_is_told_with_a_guess_at_the_slip(make: object, guess: str) -> None:
    assert guess in _refused(make)


def test_the_message_points_at_the_authors_own_line() -> None:
    assert "test_language.py, linje" in _refused(lambda: stays.diagnoses)


def test_a_wrong_definition_has_its_own_exit_code() -> None:
    with pytest.raises(DefinitionError) as caught:
        _ = stays.diagnoses

    assert caught.value.exit_code == 11
