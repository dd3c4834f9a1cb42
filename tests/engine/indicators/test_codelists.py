"""Codelists: reading, matching, and what may be wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from klynge.engine.indicators.catalogue import every
from klynge.engine.indicators.codelists import Codelist, read
from klynge.faults import DefinitionError

HEAD = "code,match,label,source\n"


def a_list(tmp_path: Path, lines: str) -> Codelist:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + lines, encoding="utf-8")
    return read(path)


def test_a_prefix_matches_all_that_begin_with_it_and_an_exact_code_only_itself(
    tmp_path: Path,
) -> None:
    codes = a_list(tmp_path, "DJ44,prefix,KOL,x\nDK590,exact,Forstoppelse,x\n")

    held = [code for code in ("DJ44", "DJ449A", "DJ4", "DK590", "DK5901") if codes.holds(code)]

    assert held == ["DJ44", "DJ449A", "DK590"]


@pytest.mark.parametrize(
    "line",
    ["dj44,prefix,KOL,x", "DJ44.1,prefix,KOL,x", "DJ44,begins,KOL,x", "DJ44,prefix,,x",
     "DJ44,prefix,KOL,", ",prefix,KOL,x"],
)  # fmt: skip
def test_a_wrong_line_is_told_with_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(DefinitionError, match="linje 3"):
        a_list(tmp_path, f"DA09,prefix,x,x\n{line}\n")


def test_all_wrong_lines_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        a_list(tmp_path, "dj44,prefix,KOL,x\nDA09,prefix,x,x\nDA09,prefix,x,x\nD,x,x,x\n")

    assert len(caught.value.faults) == 3


@pytest.mark.parametrize("text", ["code,match,label\nDJ44,prefix,KOL\n", HEAD, ""])
def test_a_list_without_columns_or_codes_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")

    with pytest.raises(DefinitionError):
        read(tmp_path / "a.csv")


def test_every_codelist_of_the_package_is_used_by_an_indicator() -> None:
    import klynge.engine.indicators as package

    folder = Path(package.__file__).parent
    there = {path.stem for path in folder.glob("*/*.csv")}
    used = {codes.name for indicator in every() for codes in indicator.codelists}
    by_name = {"kol": "KOL", "t1d": "T1D", "t2d": "T2D"}
    diseases = {rule.disease for indicator in every() for rule in indicator.chronic}

    assert {name for name in there - used if by_name.get(name, name) not in diseases} == set()
    assert used <= there
