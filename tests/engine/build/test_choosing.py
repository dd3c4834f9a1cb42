"""Which indicators are counted: definitions of one's own, and registers that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from klynge.cli import main
from klynge.engine.choosing import chosen, warnings
from klynge.engine.indicators import ALL
from klynge.faults import BadInput, DefinitionError
from tests.engine.people import Person, write_registers

OWN = """
from datetime import date
from klynge.engine.indicators.language import *

W = {"da": "ord", "en": "words"}
indicator = Indicator(
    code="mine", theme="frail", domain="somatik", title=W, numerator=W, denominator=W, unit=W,
    people=residents.age >= 65, events=stays.acute & ~stays.admission, dated_by=stays.started_at,
    window=IN_THE_PERIOD, ages=("all", "65-79", "80+"), counts="events", kind="rate", per=1000,
    better="lower", certainty="K", certainty_note=W, sources=("me",), owner="me",
    review_by=date(2027, 1, 1), leaves_out=W, weak_points=W,
)
"""


def definitions(folder: Path, text: str = OWN) -> Path:
    own = folder / "own"
    own.mkdir()
    (own / "mine.py").write_text(text, encoding="utf-8")
    return own


def test_without_codes_what_the_registers_give_is_counted(tmp_path: Path) -> None:
    write_registers(tmp_path, [Person()], without=("aehjsp", "sssy"))

    choice = chosen(tmp_path, None)

    assert choice.left_out["sygepleje_mod"] == ("aehjsp",)
    assert choice.left_out["kontakt_foer_praksis"] == ("sssy",)
    assert set(choice.left_out["aeldre_tvaers_praksis"]) == {"aehjsp", "sssy"}
    assert {each.code for each in choice.indicators} == {x.code for x in ALL} - set(choice.left_out)


def test_what_is_left_out_is_told_by_register(tmp_path: Path) -> None:
    write_registers(tmp_path, [Person()], without=("aefv",))

    line, *others = warnings(chosen(tmp_path, None))

    assert [each["en"].split()[0] for each in others] == ["senge", "sygehuse", "vnds"]
    assert line["da"].startswith("aefv er ikke i udtrækket")
    assert "hjemmehjaelp_mod, hjemmehjaelp_timer" in line["en"]


def test_what_is_asked_for_is_never_left_out(tmp_path: Path) -> None:
    write_registers(tmp_path, [Person()], without=("aefv",))

    choice = chosen(tmp_path, ["hjemmehjaelp_mod"])

    assert [each.code for each in choice.indicators] == ["hjemmehjaelp_mod"]
    assert choice.left_out == {}


def test_an_empty_folder_leaves_everything_to_the_check(tmp_path: Path) -> None:
    assert len(chosen(tmp_path, None).indicators) == len(ALL)


def test_a_definition_of_ones_own_stands_beside_the_others(tmp_path: Path) -> None:
    registers = write_registers(tmp_path, [Person()], with_nobody=["vnds"])
    own = definitions(tmp_path)

    assert [each.code for each in chosen(registers, ["mine"], own).indicators] == ["mine"]
    assert len(chosen(registers, None, own).indicators) == len(ALL) + 1


def test_a_definition_of_ones_own_may_not_take_anothers_code(tmp_path: Path) -> None:
    own = definitions(tmp_path, OWN.replace('"mine"', '"plejehjem"'))

    with pytest.raises(DefinitionError, match="den samme kode"):
        chosen(tmp_path, None, own)


def test_a_folder_without_definitions_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="ingen definitioner"):
        chosen(tmp_path, None, tmp_path)


def test_a_wrong_definition_is_told_in_words_with_its_own_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registers = write_registers(tmp_path, [Person()])
    own = definitions(tmp_path, OWN.replace("stays.acute", "stays.acutte"))
    command = ["datapack", "build", "--registers", str(registers), "--out", str(tmp_path / "p")]

    assert main([*command, "--definitions", str(own)]) == 11

    told = capsys.readouterr().err
    assert "mine.py, linje 8" in told
    assert "Mener du 'acute'?" in told
    assert not (tmp_path / "p").exists()
