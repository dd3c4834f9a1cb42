"""The handbook says what the rules say, of every body, and leaves none of them out."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from klynge import structure
from klynge.faults import DefinitionError
from klynge.structure import handbook

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/explanation/haandbog.md"
# Bodies that were gone before the klynger came, and are no matter of a new member's.
BEFORE = {"sundhedskoordinationsudvalg", "praksisplanudvalg"}


@pytest.mark.parametrize("body", [b.id for b in structure.body_kinds() if b.id not in BEFORE])
def test_every_rule_of_every_body_is_in_the_handbook(body):
    told = {rule.id for section in handbook.sections() for g in section.groups for rule in g.rules}

    assert {rule.id for rule in structure.rules(body)} <= told


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_rule_stands_with_its_paragraph(language):
    page = handbook.markdown(language)

    for section in handbook.sections():
        for group in section.groups:
            for rule in group.rules:
                assert f"{rule.text.said_in(language)} *({rule.paragraph}" in page


def test_the_numbers_are_counted_and_not_written():
    page = handbook.markdown()

    assert "Fra 1. juli 2022 er der 22 klynger i 5 regioner" in page
    assert "Fra 1. januar 2027 er der 4 regioner og 17 sundhedsråd." in page


def test_every_klynge_is_told_where_it_goes():
    page = handbook.markdown()

    for place in structure.places("klynge"):
        follows = ", ".join(each.name for each in structure.successors("klynge", place.id))
        assert f"| {place.name} | {follows} |" in page


def test_where_the_law_is_silent_is_told():
    quiet = [rule for rule in structure.rules() if rule.silent]

    assert quiet
    for rule in quiet:
        assert f"**Loven tier:** {rule.text}" in handbook.markdown()


def test_what_is_not_sure_is_marked():
    unsure = [r for r in structure.rules("sundhedsraad") if handbook.doubt(r)]

    assert unsure
    for rule in unsure:
        assert f"({rule.paragraph}, usikkert)" in handbook.markdown()


def test_the_page_in_the_docs_is_the_one_the_rules_make():
    assert PAGE.read_text(encoding="utf-8") == handbook.markdown()


def test_a_topic_without_a_place_is_found_out(tmp_path):
    shutil.copytree(str(files("klynge.structure") / "data"), tmp_path / "data")
    file = tmp_path / "data/handbook_groups.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["rows"] = [row for row in content["rows"] if row["id"] != "chair"]
    file.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(DefinitionError, match="chair"):
        handbook.load(tmp_path / "data")


def test_a_body_that_never_was_is_found_out(tmp_path):
    shutil.copytree(str(files("klynge.structure") / "data"), tmp_path / "data")
    file = tmp_path / "data/handbook.json"
    text = file.read_text(encoding="utf-8").replace('"body": "ssu"', '"body": "kejserraad"')
    file.write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionError, match="kejserraad"):
        handbook.load(tmp_path / "data")
