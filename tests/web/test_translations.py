"""Every Danish text of the web has its English, and the two say the same."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from tools import translations

CATALOGUES = translations.catalogues()
ids = {"ids": lambda file: file.parents[3].name}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[^>]+>")


def _entries(file: Path) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in polib.pofile(str(file))} if file.exists() else {}


def _said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("file", CATALOGUES, **ids)
def test_every_text_is_in_the_catalogue(file):
    missing = {one for one, _many in CATALOGUES[file]} - set(_entries(file))

    assert not missing, "run: python tools/translations.py renew"


@pytest.mark.parametrize("file", CATALOGUES, **ids)
def test_no_text_is_in_the_catalogue_that_is_gone(file):
    gone = set(_entries(file)) - {one for one, _many in CATALOGUES[file]}

    assert not gone, "run: python tools/translations.py renew"


@pytest.mark.parametrize("file", CATALOGUES, **ids)
def test_every_text_is_translated(file):
    assert [e.msgid for e in _entries(file).values() if e.fuzzy or not all(_said(e))] == []


@pytest.mark.parametrize("file", CATALOGUES, **ids)
def test_the_english_has_the_same_placeholders_and_tags(file):
    for entry in _entries(file).values():
        wanted = set(PLACEHOLDER.findall(entry.msgid))
        for said in _said(entry):
            assert set(PLACEHOLDER.findall(said)) <= wanted | set(
                PLACEHOLDER.findall(entry.msgid_plural)
            ), entry.msgid
            assert said == _said(entry)[0] or wanted <= set(PLACEHOLDER.findall(said)), entry.msgid


def test_texts_are_found_in_templates_and_in_python():
    every = {one for messages in CATALOGUES.values() for one, _many in messages}

    assert "Spring kortet over" in every  # a template's translate
    assert "%(n)s kommune" in every  # a template's blocktranslate with a plural
    assert "Sundhedsklynger" in every  # Python's gettext_lazy
    assert "Stedet findes ikke" in every  # a template's _()
