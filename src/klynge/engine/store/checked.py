"""Which registers were found in order, so that files that stand as they did are not checked again.

Only a register without faults is remembered: one that is wrong must be told of every time.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

import klynge
from klynge.engine import registers
from klynge.engine.registers.check import Report
from klynge.engine.registers.files import Register
from klynge.engine.store.pieces import Store
from klynge.engine.store.prepare import digests
from klynge.engine.store.work import digest_of, digest_of_text, read_json, write_json
from klynge.texts import language

FILE = "checked.json"


class Checked:
    """What was found of registers in earlier builds with the same work folder.

    A report is known by all it rests on: the content of the files and their names, the rules of
    the check, and the language its notes are in.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._file = store.work.folder / FILE
        self._reports: dict[str, dict[str, Any]] = read_json(self._file) or {}

    def report_of(self, register: Register) -> Report | None:
        """What was found of the same files before; None when they are not known."""
        told = self._reports.get(register.table.name)
        if told is None or told["key"] != self._key(register):
            return None
        lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
        plain = {name: told[name] for name in ("table", "files", "rows", "columns")}
        return Report(**plain, **lists)

    def keep(self, register: Register, report: Report) -> None:
        """Remember what was found."""
        self._reports[register.table.name] = {"key": self._key(register), **asdict(report)}
        write_json(self._file, self._reports)

    def _key(self, register: Register) -> str:
        told = [_rules(), language()]
        for file, content in digests(self._store, register).items():
            told += [register.shown(file), content]
        return digest_of_text(*told)


@cache
def _rules() -> str:
    """The digest of the rules of the check, and of what reads the files."""
    home = Path(registers.__file__).parent
    files = sorted(file for file in home.rglob("*") if file.suffix in (".py", ".csv"))
    return digest_of_text(klynge.__version__, duckdb.__version__, *map(digest_of, files))
