"""The engine and queries written by hand for the benchmark give the same numbers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from klynge.engine.registers import synth

PEERS = Path(__file__).parents[2] / "benchmarks" / "peers"


def answer(peer: str, registers: Path, folder: Path, *more: str) -> dict[str, list[list[object]]]:
    out = folder / f"{peer}.json"
    words = [sys.executable, str(PEERS / f"{peer}.py"), str(registers), str(out), *more]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(out.read_text())


def test_the_engine_and_sql_written_by_hand_agree(tmp_path: Path) -> None:
    registers = synth.write(tmp_path / "registers", persons=3000, years=range(2021, 2026), seed=4)

    ours = answer("ours", registers, tmp_path, str(tmp_path / "work"))
    theirs = answer("duckdb_sql", registers, tmp_path)
    assert ours == theirs
    assert all(sum(int(str(row[2])) for row in rows) > 0 for rows in ours.values())
