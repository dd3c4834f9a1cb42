"""docs/reference/methods.md tells of everything public, and its examples are true."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from klynge import methods

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "methods.md"


def test_the_examples_of_the_page_give_what_it_says():
    result = doctest.testfile(str(PAGE), module_relative=False)
    assert result.attempted > 5
    assert result.failed == 0


@pytest.mark.parametrize("name", [name for name in methods.__all__ if name.islower()])
def test_every_function_is_on_the_page(name):
    assert f"`{name}(" in PAGE.read_text() or f"`{name}(…)`" in PAGE.read_text()


@pytest.mark.parametrize("name", methods.__all__)
def test_everything_public_says_what_it_is(name):
    assert getattr(methods, name).__doc__
