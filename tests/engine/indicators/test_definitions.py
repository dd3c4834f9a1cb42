"""Whole definitions: everything wrong with one is told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klynge.engine.indicators.catalogue import THEMES, choose, every, load
from klynge.engine.indicators.language import (
    IN_THE_PERIOD,
    ON_THE_FIRST_DAY,
    Indicator,
    dispensings,
    gp_weeks,
    residents,
    stays,
)
from klynge.engine.indicators.national import ASKED
from klynge.engine.indicators.ratios import RATIOS
from klynge.engine.indicators.wards import WARDS
from klynge.faults import BadInput, DefinitionError

WORDS = {"da": "ord", "en": "words"}
RIGHT: dict[str, Any] = {
    "code": "example_65",
    "theme": "frail",
    "domain": "somatik",
    "title": WORDS,
    "numerator": WORDS,
    "denominator": WORDS,
    "unit": WORDS,
    "people": residents.age >= 65,
    "events": stays.acute,
    "dated_by": stays.started_at,
    "window": IN_THE_PERIOD,
    "ages": ("all", "65-79", "80+"),
    "counts": "events",
    "kind": "rate",
    "per": 1000,
    "better": "lower",
    "certainty": "K",
    "certainty_note": WORDS,
    "sources": ("somewhere",),
    "owner": "somebody",
    "review_by": date(2027, 1, 1),
    "leaves_out": WORDS,
    "weak_points": WORDS,
}


_MINE = """
from datetime import date
from klynge.engine.indicators.language import *

W = {"da": "ord", "en": "words"}
indicator = Indicator(
    code="mine", theme="chronic", domain="somatik", title=W, numerator=W, denominator=W, unit=W,
    people=residents.all, events=stays.any_diagnosis_in(codelist("mine")),
    dated_by=stays.started_at, window=IN_THE_PERIOD, ages=("all", "0-64", "65+"), counts="events",
    kind="rate", per=1000, better="lower", certainty="K", certainty_note=W, sources=("me",),
    owner="me", review_by=date(2027, 1, 1), leaves_out=W, weak_points=W,
)
"""


def refused(**changed: Any) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        Indicator(**{**RIGHT, **changed})
    return caught.value


def test_a_right_definition_is_accepted() -> None:
    assert Indicator(**RIGHT).atoms[0] == (65, 69)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"owner": " "}, "Der er ingen ejer"),
        ({"review_by": None}, "Der er ingen dato for"),
        ({"theme": "frial"}, "Mener du 'frail'?"),
        ({"per": 10}, "per er '10'"),
        ({"certainty": "X"}, "certainty er 'X'"),
        ({"title": {"da": "kun dansk"}}, "Teksten mangler på dansk eller engelsk i: title"),
        ({"denominator": None}, "denominator"),
        ({"sources": ()}, "Der er ingen kilde"),
        ({"ages": ("all", "65-79", "85+")}, "Aldersgrupperne har huller"),
        ({"ages": ("all", "65 til 79")}, "ikke skrevet som en aldersgruppe"),
        ({"ages": ("67-79", "80+")}, "ikke enige om, hvor gamle"),
        ({"people": stays.acute}, "people= er ikke en betingelse om residents"),
        ({"events": residents.age > 3}, "events= er ikke en betingelse om en tabel"),
        ({"dated_by": None}, "dated_by= mangler"),
        ({"dated_by": gp_weeks.week_begins_on}, "dated_by= er fra gp_weeks"),
        ({"dated_by": stays.domain}, "hverken en dato"),
        ({"kind": "proportion"}, "Hændelser ud af personer er ikke en andel"),
        ({"kind": "count"}, "kind= og out_of= passer ikke sammen"),
        ({"out_of": "events"}, "outcome= og out_of= passer ikke sammen"),
        ({"standardised_at": ("kommuner",)}, "Mener du 'kommune'?"),
        ({"code": "Example 65"}, "kan ikke bruges"),
        ({"at_least": 0}, "at_least er '0'"),
        ({"followed_for": -1}, "followed_for er '-1'"),
        ({"at_least": 2}, "siger, hvornår en person tæller med"),
        ({"different": dispensings.substance}, "ikke en kolonne i den tabel"),
        ({"adds": stays.acute}, "ikke en kolonne i den tabel"),
        ({"adds": stays.started_at, "standardised_at": ()}, "adds= er ikke et helt tal"),
        ({"adds": stays.contacts}, "En sum har ingen standardiseret værdi"),
        (
            {"adds": stays.contacts, "standardised_at": (), "counts": "people"},
            "En sum er ikke skrevet som en sådan",
        ),
        (
            {"events": gp_weeks.all, "dated_by": gp_weeks.year, "window": ON_THE_FIRST_DAY},
            "Et år har ingen første dag",
        ),
    ],
)
def test_a_wrong_definition_is_told_in_words(changed: dict[str, Any], told: str) -> None:
    assert told in str(refused(**changed))


def test_everything_wrong_is_told_at_once() -> None:
    error = refused(owner="", review_by=None, per=7, sources=())

    assert len(error.faults) == 4
    assert all("example_65" in fault.where for fault in error.faults)


def test_each_of_the_sixty_that_are_asked_for_is_given_or_says_why_not() -> None:
    known = {told.code for told in (*every(), *RATIOS, *WARDS)}

    assert len(ASKED) == len({asked.id for asked in ASKED}) == 60
    for asked in ASKED:
        assert set(asked.codes) <= known, asked.id
        assert asked.codes or (asked.why_da and asked.why_en), asked.id


def test_each_definition_tells_what_it_counts_and_where_it_is_weak() -> None:
    folder = Path(__file__).parents[3] / "src/klynge/engine/indicators"
    for path in (path for theme in THEMES for path in folder.glob(f"{theme}/*.py")):
        if path.stem == "__init__":
            continue
        text = path.read_text(encoding="utf-8")
        for word in ("Counts:", "Out of:", "Leaves out:", "Weak points:"):
            assert word in text, f"{path.name} does not say {word}"


def test_a_definition_outside_the_package_is_loaded_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(
        "code,match,label,source\nDJ44,prefix,KOL,mig\n", encoding="utf-8"
    )
    (tmp_path / "mine.py").write_text(_MINE, encoding="utf-8")

    (found,) = load([tmp_path])

    assert (found.code, found.codelists[0].prefixes) == ("mine", ("DJ44",))


def test_the_faults_of_every_file_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from klynge import nothing_here\n", encoding="utf-8")
    (tmp_path / "b.py").write_text("x = stayz.acute\n", encoding="utf-8")
    (tmp_path / "c.py").write_text("def (:\n", encoding="utf-8")
    (tmp_path / "d.py").write_text("x = 1\n", encoding="utf-8")

    with pytest.raises(DefinitionError) as caught:
        load([tmp_path])

    assert len(caught.value.faults) == 4
    assert "b.py, linje 1" in str(caught.value)
    assert "Mener du 'stays'?" in str(caught.value)


def _written(tmp_path: Path, *definitions: str) -> None:
    (tmp_path / "mine.csv").write_text("code,match,label,source\nDJ44,prefix,a,b\n")
    for number, text in enumerate(definitions):
        (tmp_path / f"d{number}.py").write_text(text, encoding="utf-8")


def test_two_definitions_may_not_show_the_same_number(tmp_path: Path) -> None:
    """Hidden in one and shown in the other would be no protection."""
    _written(tmp_path, _MINE, _MINE.replace('"mine", theme', '"other", theme'))

    with pytest.raises(DefinitionError, match="viser det samme tal"):
        load([tmp_path])


def test_two_may_count_the_same_of_people_who_are_not_the_same(tmp_path: Path) -> None:
    def aged(text: str, people: str, ages: str) -> str:
        text = text.replace("people=residents.all", f"people=residents.age {people}")
        return text.replace('ages=("all", "0-64", "65+")', f"ages={ages}")

    young = aged(_MINE, "< 65", '("all", "0-44", "45-64")')
    old = aged(_MINE.replace('"mine", theme', '"other", theme'), ">= 65", '("all", "65-79", "80+")')
    _written(tmp_path, young, old)
    assert len(load([tmp_path])) == 2

    _written(tmp_path, young, old.replace(">= 65", ">= 64").replace('"65-79"', '"64-79"'))
    with pytest.raises(DefinitionError, match="viser det samme tal"):
        load([tmp_path])


_SEEN = _MINE.replace('counts="events",\n    kind="rate"', 'kind="proportion"')
_OF_SEEN = (
    _MINE.replace('"mine", theme', '"guest", theme')
    .replace(
        "people=residents.all",
        'people=residents.have(stays.any_diagnosis_in(codelist("mine")), stays.started_at,'
        " IN_THE_PERIOD)",
    )
    .replace('stays.any_diagnosis_in(codelist("mine")),\n', "stays.acute,\n")
)


def test_those_whom_one_counts_are_divided_by_at_the_same_ages(tmp_path: Path) -> None:
    _written(tmp_path, _SEEN, _OF_SEEN)
    assert [found.code for found in load([tmp_path])] == ["mine", "guest"]

    _written(tmp_path, _SEEN, _OF_SEEN.replace('"0-64", "65+"', '"0-44", "45+"'))
    with pytest.raises(DefinitionError, match="ved andre aldre eller steder"):
        load([tmp_path])


def test_one_disease_has_one_rule(tmp_path: Path) -> None:
    (tmp_path / "kol.csv").write_text(
        "code,match,label,source,register,role,not_women_under\nDJ44,prefix,a,b,diagnoses,for,\n"
    )
    rule = 'events=onsets.of(chronic_disease("KOL", codelist("kol"), from_age=AGE))'
    text = _MINE.replace('events=stays.any_diagnosis_in(codelist("mine"))', rule)
    text = text.replace("stays.started_at", "onsets.began_on").replace('counts="events",', "")
    text = text.replace('"rate"', '"proportion"')
    _written(
        tmp_path,
        text.replace("AGE", "30"),
        text.replace("AGE", "40").replace('"mine", theme', '"other", theme')
        .replace("IN_THE_PERIOD", "BY_THE_FIRST_DAY"),
    )  # fmt: skip

    with pytest.raises(DefinitionError, match="hver sin regel"):
        load([tmp_path])


def test_a_wrong_rule_for_a_disease_is_told_with_a_guess(tmp_path: Path) -> None:
    from klynge.engine.indicators.codelists import Codelist
    from klynge.engine.indicators.language import chronic_disease

    with pytest.raises(DefinitionError, match="Mener du 'from_age'"):
        chronic_disease("KOL", Codelist("kol", ()), form_age=30)


def test_two_definitions_may_not_have_one_code(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.py").write_text(_MINE.replace("LIST", "None"), encoding="utf-8")
    (tmp_path / "mine.csv").write_text("code,match,label,source\nDJ44,prefix,a,b\n")

    with pytest.raises(DefinitionError, match="den samme kode"):
        load([tmp_path])


def test_an_unknown_indicator_is_told_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="Mener du 'forebyg_65'") as caught:
        choose(["forebyg65", "plejehjem", "xyz"], every())

    assert len(caught.value.faults) == 2


def test_chosen_indicators_come_in_the_catalogues_order() -> None:
    chosen = choose(["psyk_indl", "pop_folketal"], every())

    assert [indicator.code for indicator in chosen] == ["pop_folketal", "psyk_indl"]
