"""`klynge registers check` says what it found; `klynge registers synth` minds its arguments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from klynge.cli import main
from klynge.engine.registers import synth
from tests.engine.registers.extracts import GOOD, extract


def test_check_tells_what_it_found_of_each_register(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["registers", "check", str(extract(tmp_path))]) == 0

    printed = capsys.readouterr().out.splitlines()
    printed = [line for line in printed if not line.startswith("personnumre")]
    assert printed[:5] == [
        "bef: 2 rækker, 5 kolonner, i orden",
        "dod: 1 række, 2 kolonner, i orden",
        "vnds: 1 række, 3 kolonner, i orden",
        "udda: 1 række, 3 kolonner, i orden",
        "kontakter: 2 rækker, 12 kolonner, i orden",
    ]
    assert len(printed) == len(GOOD)


def test_check_can_be_asked_for_some_registers_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extract(tmp_path)

    assert main(["registers", "check", str(tmp_path), "--table", "DOD", "--table", "bef"]) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == ["bef", "dod"]


def test_check_of_an_unknown_register_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["registers", "check", str(tmp_path), "--table", "lpr"]) == 2
    assert "kontakter" in capsys.readouterr().err


def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, dict[str, object]]]:
    calls: list[tuple[Path, dict[str, object]]] = []

    def write(folder: Path, *, progress: Callable[[str, float], None], **wanted: object) -> None:
        progress("bef", 0.5)
        calls.append((folder, wanted))

    monkeypatch.setattr(synth, "write", write, raising=False)
    return calls


def words(out: Path, **changed: str) -> list[str]:
    given = {"persons": "100", "years": "2021-2025", "seed": "7", "out": str(out), **changed}
    return ["registers", "synth", *(f"--{name}={value}" for name, value in given.items())]


def test_synth_asks_for_what_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = asked(monkeypatch)

    assert main(words(tmp_path / "new")) == 0
    wanted = {
        "persons": 100,
        "years": range(2021, 2026),
        "seed": 7,
        "planted": None,
        "gateway": False,
        "ruks": False,
        "quarterly": False,
        "migrations": False,
    }
    assert calls == [(tmp_path / "new", wanted)]


def test_synth_takes_a_single_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = asked(monkeypatch)

    assert main(words(tmp_path, years="2024")) == 0
    assert calls[0][1]["years"] == range(2024, 2025)


@pytest.mark.parametrize(
    "changed",
    [
        {"years": "2025-2021"},
        {"years": "21-25"},
        {"years": "2021-"},
        {"years": "abc"},
        {"years": "1900-2025"},
        {"persons": "0"},
        {"seed": "-1"},
    ],
    ids=str,
)
def test_synth_refuses_what_makes_no_sense(
    changed: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = asked(monkeypatch)

    assert main(words(tmp_path, **changed)) == 2
    assert calls == []


def test_synth_tells_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(monkeypatch)

    main(words(tmp_path))

    assert capsys.readouterr().err == " 50% bef\n"


def test_synth_never_writes_into_a_folder_with_something_else_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bef.parquet").write_text("mine")

    assert main(words(tmp_path)) == 2
    assert f"{tmp_path.name} findes og indeholder andet" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["bef.parquet"]
