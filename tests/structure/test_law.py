"""The rules of law as data: dated, with paragraph and source, and none of them in code."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from klynge import structure
from klynge.faults import DefinitionError
from klynge.structure import rules
from klynge.structure.law import law, load
from tests.structure.test_facts import CHANGES, DATA

PLACEHOLDERS = {"found", "min", "max", "subject", "who", "year"}


def test_the_packaged_rules_load_without_a_fault() -> None:
    assert load(DATA) == law()


def test_every_rule_has_a_paragraph() -> None:
    assert all(rule.paragraph for rule in rules())


def test_every_rule_is_said_in_both_languages() -> None:
    assert all(rule.text and rule.text.en for rule in rules())


def test_every_rule_lies_within_the_life_of_its_bodies() -> None:
    kinds = {body.id: body for body in structure.body_kinds()}
    for rule in rules():
        for body in (kinds[id] for id in rule.bodies):
            assert rule.valid_from >= body.valid_from, rule.id
            assert body.valid_to is None or (rule.valid_to or date.max) <= body.valid_to, rule.id


def test_every_text_fills_only_what_the_check_knows() -> None:
    said = [text for rule in law().rules for text in rule.said.values()]
    names = {n for text in said for t in (text, text.en) for _, n, _, _ in Formatter().parse(t)}

    assert names - {None} <= PLACEHOLDERS


@pytest.mark.parametrize(
    ("id", "bodies"),
    [
        ("klynge-politisk", {"seats", "chair", "term", "meetings", "tasks"}),
        ("klynge-faglig", {"seats", "chair", "term", "meetings", "tasks"}),
        ("ssu", {"seats", "chair", "term", "meetings", "tasks"}),
        ("patientinddragelsesudvalg", {"seats", "meetings"}),
        ("forberedende-sundhedsraad", {"seats", "tasks"}),
        ("sundhedsraad", {"seats", "chair", "term", "meetings", "tasks", "deputies"}),
        ("patient-og-paaroerendeudvalg", {"existence"}),
    ],
)
def test_a_body_has_rules_on(id: str, bodies: set[str]) -> None:
    assert bodies <= {rule.topic for rule in rules(id)}


def test_where_the_law_is_silent_it_is_said() -> None:
    silent = {rule.topic for rule in rules("klynge-politisk", date(2023, 5, 1)) if rule.silent}

    assert silent == {"deputies", "voting"}


@pytest.mark.parametrize("on", CHANGES)
def test_only_rules_of_the_day_are_given(on: date) -> None:
    assert all(
        rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)
        for rule in rules(on=on)
    )


def test_no_rule_of_the_klynger_holds_in_2026() -> None:
    assert rules("klynge-politisk", date(2026, 1, 1)) == ()


def test_a_rule_that_was_not_read_says_so() -> None:
    assert structure.rule("R03-stk-4").certainty == "unknown"


def test_a_rule_there_is_not_is_refused() -> None:
    with pytest.raises(KeyError, match="K99"):
        structure.rule("K99")


@pytest.mark.parametrize(
    ("kind", "written", "id"),
    [
        ("party", "Almen praksis", "plo"),
        ("office", "Regionsrådsformand", "regionsraadsformand"),
        ("office", "mayor", "borgmester"),
        ("role", "  Medformand ", "formand"),
        ("role", "NÆSTFORMAND", "naestformand"),
        ("organisation", "Ældre Sagen", "aeldre-sagen"),
        ("column", "udpeget af", "appointer"),
    ],
)
def test_a_word_may_be_spelled_in_several_ways(kind: str, written: str, id: str) -> None:
    found = structure.word(kind, written)

    assert found is not None
    assert found.id == id


def test_a_word_there_is_not_is_none() -> None:
    assert structure.word("party", "kongehuset") is None


def test_no_spelling_means_two_words_of_a_kind() -> None:
    meant: dict[tuple[str, str], set[str]] = {}
    for word in law().words:
        for spelling in {word.id, str(word.name), word.name.en, *word.spellings}:
            meant.setdefault((word.kind, spelling.casefold()), set()).add(word.id)

    assert {spelling: ids for spelling, ids in meant.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"bodies": ["senate"]}, "ukendt organ senate"),
        ({"test": {"guess": 1}}, "test skal være én af"),
        ({"test": {"count": {"party": ["region"]}, "max": 2}}, "teksten too_many mangler"),
        ({"test": {"count": {"colour": ["red"]}, "min": 2}}, "ukendt filter colour"),
        ({"test": {"count": {"party": ["crown"]}, "min": 2}}, "ukendt ord crown i party"),
        ({"sources": ["nowhere"]}, "ukendt kilde"),
        ({"certainty": "low", "certainty_note": None}, "skal have certainty_note"),
        ({"id": "K04-plo"}, "id findes to gange"),
    ],
)
def test_a_slip_in_the_rules_is_named(tmp_path: Path, values: dict[str, object], said: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    path = folder / "rules.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    next(row for row in content["rows"] if row["id"] == "K04-region").update(values)
    path.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(DefinitionError) as stopped:
        load(folder)
    assert said in str(stopped.value)


def test_no_paragraph_of_law_stands_in_the_code_that_checks() -> None:
    for path in DATA.parent.glob("*.py"):
        assert "§" not in path.read_text(encoding="utf-8"), path.name
