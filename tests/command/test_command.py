"""The command as a whole: exit codes, language, and the last line of defence."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from klynge.cli import main

VALUE = "0101611234"


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_arguments: object, **_options: object) -> None:
        try:
            int(VALUE + "x")
        except ValueError as first:
            raise LookupError(f"row {VALUE}") from first

    monkeypatch.setattr("klynge.engine.build.build", break_down)


@pytest.mark.usefixtures("breaking")
def test_an_unexpected_error_tells_its_place_and_no_value(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words = ["datapack", "build", "--registers", str(tmp_path), "--out", str(tmp_path / "p")]

    assert main(words) == 20
    told = capsys.readouterr()
    assert "LookupError" in told.err
    assert "test_command.py" in told.err
    assert VALUE not in told.err + told.out


@pytest.mark.usefixtures("breaking")
def test_a_developer_can_ask_for_the_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KLYNGE_TRACEBACK", "1")
    words = ["datapack", "build", "--registers", str(tmp_path), "--out", str(tmp_path / "p")]

    with pytest.raises(LookupError):
        main(words)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_what_the_system_refuses_is_told_as_that_and_without_the_errors_words(
    number: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(number, f"row {VALUE}")

    monkeypatch.setattr("klynge.engine.build.build", refuse)
    words = ["datapack", "build", "--registers", str(tmp_path), "--out", str(tmp_path / "p")]

    assert main(words) == 20
    told = capsys.readouterr().err
    assert os.strerror(number) in told
    assert "Se efter, om disken er fuld" in told
    assert VALUE not in told


@pytest.mark.parametrize("port", ["0", "65536", "99999", "web"])
def test_a_port_that_is_none_is_wrong_use(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--port", port]) == 2
    assert "1 til 65535" in capsys.readouterr().err


def test_registers_cannot_be_made_where_a_file_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    words = ["--persons", "10", "--years", "2023", "--seed", "1", "--out", str(file / "x")]

    assert main(["registers", "synth", *words]) == 2
    assert "kan ikke skrives" in capsys.readouterr().err
