"""The rules themselves: what is secret, and that nothing can switch them off."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import numpy as np
import pytest

import klynge.engine
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.audit import audit
from klynge.engine.disclosure.protect import protect
from klynge.engine.release import release

ENGINE = Path(klynge.engine.__file__).parent
GUARDED = [*sorted((ENGINE / "disclosure").glob("*.py")), ENGINE / "release.py"]


def secret(persons: int, others: int | None, *, population: bool = False) -> bool:
    rest = None if others is None else np.array([others])
    return bool(rules.numerator_is_secret(np.array([persons]), rest, population=population)[0])


@pytest.mark.parametrize("persons", [1, 2, 3, 4])
def test_one_to_four_persons_are_secret(persons: int) -> None:
    assert secret(persons, None)


@pytest.mark.parametrize("persons", [0, 5, 6])
def test_nobody_and_five_persons_are_shown(persons: int) -> None:
    assert not secret(persons, None)


@pytest.mark.parametrize("others", [1, 2, 3, 4])
def test_one_to_four_others_make_a_share_secret(others: int) -> None:
    assert secret(20, others)


def test_everybody_is_secret() -> None:
    assert secret(20, 0)


def test_nobody_out_of_nobody_is_shown() -> None:
    assert not secret(0, 0)


def test_everybody_may_be_old() -> None:
    assert not secret(20, 0, population=True)


def test_one_to_four_others_make_a_population_share_secret() -> None:
    assert secret(20, 3, population=True)


def test_a_denominator_of_one_to_four_is_secret_and_an_empty_one_is_not() -> None:
    found = rules.denominator_is_secret(np.array([0, 1, 4, 5]))

    assert found.tolist() == [False, True, True, False]


def test_as_many_numbers_remain_as_1_to_4_are() -> None:
    """Unless the people leave fewer; and two of what is hidden for the sake of others."""
    secret, room = np.array([True, True, True, False]), np.array([np.inf, 2.0, 0.0, np.inf])

    assert rules.least_doubt(secret, room).tolist() == [3, 2, 1, 1]
    assert rules.DOUBT_OF_FEW + 1 == rules.MINIMUM_PERSONS - 1


def test_the_threshold_is_that_of_danmarks_statistik() -> None:
    assert rules.MINIMUM_PERSONS == 5


@pytest.mark.parametrize("path", GUARDED, ids=lambda path: path.name)
def test_no_assert_and_no_environment_decides(path: Path) -> None:
    """An assert is gone under -O, and an environment variable is a switch."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not isinstance(node, ast.Assert)
        assert not (isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv"))
        assert not (isinstance(node, ast.Name) and node.id in ("environ", "getenv", "__debug__"))


@pytest.mark.parametrize("function", [release, protect, audit])
def test_no_option_says_how_much_to_protect(function: object) -> None:
    allowed = {
        "tables", "geography", "indicators", "quality", "registers", "years", "out", "created",
        "progress", "jobs", "note", "signing_key", "figures", "background", "months",
        "flows", "ratios", "wards", "beds", "totals", "delivered", "engine", "earlier", "told",
        "rounded", "education",
    }  # fmt: skip

    assert set(inspect.signature(function).parameters) <= allowed


def test_the_rule_file_is_owned() -> None:
    root = ENGINE.parents[2]
    owners = (root / "CODEOWNERS").read_text(encoding="utf-8")

    assert "/src/klynge/engine/disclosure/rules.py" in owners
    assert "CODEOWNERS" in rules.__doc__


def test_only_release_writes_a_pack() -> None:
    writers = set()
    for path in ENGINE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "klynge.datapack"
            ):
                names = {name.name for name in node.names}
                if names & {"write", "writing", "sign"} or "writing" in node.module:
                    writers.add(path.name)
            is_write = isinstance(node, ast.Attribute) and node.attr == "write"
            if is_write and isinstance(node.value, ast.Name) and node.value.id == "datapack":
                writers.add(path.name)

    assert writers == {"release.py"}
