"""docs/reference/datapack.md tells of every file, column, word and field there is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klynge import datapack
from klynge.datapack import schema
from tests.datapack.builders import a_pack

TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "datapack.md").read_text()
WORDS = [word for words in schema.VOCABULARIES.values() for word in words]
INDICATOR_WORDS = [
    word for words in schema.INDICATOR_VOCABULARIES.values() for word in words if word is str(word)
]


@pytest.mark.parametrize("name", schema.FILES)
def test_every_file_is_on_the_page(name):
    assert f"| `{name}` |" in TEXT


@pytest.mark.parametrize("name", [*schema.COLUMNS, *schema.INDICATOR_KEYS])
def test_every_column_and_field_is_on_the_page(name):
    assert f"| `{name}` |" in TEXT


@pytest.mark.parametrize("word", sorted({*WORDS, *INDICATOR_WORDS}))
def test_every_word_is_on_the_page(word):
    assert f"`{word}`" in TEXT


def test_every_field_of_the_descriptors_own_part_is_on_the_page(tmp_path):
    descriptor = json.loads((a_pack(tmp_path / "pack") / "datapackage.json").read_text())
    missing = [field for field in descriptor["klynge"] if f"| `{field}` |" not in TEXT]
    assert not missing


def test_every_column_has_a_description_for_the_descriptor():
    assert set(schema.DESCRIPTIONS) == set(schema.COLUMNS)


@pytest.mark.parametrize("name", datapack.__all__)
def test_every_public_name_is_there(name):
    assert getattr(datapack, name) is not None
