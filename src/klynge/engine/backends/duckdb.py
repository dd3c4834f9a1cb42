"""The embedded engine: one connection to DuckDB, and the one place where its errors are caught.

DuckDB quotes the value it choked on, and in a register that value may be a CPR number. So an error
leaves this file as `DatabaseStopped` with the kind of error and what was being done, and nothing
else: its words, the statement and the chained traceback are dropped.

    with Database(memory="4GB", threads=2, folders=[registers]) as db:
        open_registers(db, registers, ["bef"])
        db.execute("CREATE TABLE residents AS SELECT ... FROM reg_bef", doing="residents")
        table = db.arrow("SELECT kom, count(*) AS persons FROM residents GROUP BY kom")
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from klynge.faults import EngineStopped, WrongUse
from klynge.texts import _

MEMORY = "4GB"
THREADS = 2
OUT_OF_MEMORY = "OutOfMemoryException"

Parameters = Sequence[object] | Mapping[str, object] | None
Result = TypeVar("Result")


class DatabaseStopped(EngineStopped):
    """DuckDB stopped. `kind` is the class of its error, `doing` what it was asked to do."""

    def __init__(self, doing: str, kind: str, memory: str = MEMORY) -> None:
        self.doing = doing
        self.kind = kind
        text = _("Databasen stoppede under: {doing} ({kind}).").format(doing=doing, kind=kind)
        super().__init__(" ".join(filter(None, (text, _hint(kind, memory)))))


class Database:
    """A DuckDB connection in memory, spilling to a private folder that is removed at the end.

    memory: how much DuckDB may hold before it spills to disk, such as "4GB" or "500MB".
    threads: how many cores it uses.
    temp: where the spill folder is made (rows of registers lie there while it works); the
        system's own when None.
    folders: when given, the only folders DuckDB may read, and nothing else of the machine or the
        network. Give it whenever the folders are known beforehand.
    ordered: keep the order of rows of a file. Costs memory; needed only to tell line numbers.

    Raises `WrongUse` for a memory or thread number that is none, `DatabaseStopped` for the rest.
    """

    def __init__(
        self,
        memory: str = MEMORY,
        threads: int = THREADS,
        temp: Path | None = None,
        *,
        folders: Iterable[Path] | None = None,
        ordered: bool = False,
    ) -> None:
        _check_size(memory, threads)
        self.memory = memory
        self._spill = tempfile.TemporaryDirectory(prefix="klynge-", dir=temp)
        try:
            self._connection = self._do(duckdb.connect, doing=_("åbning"))
            self._set_up(threads, ordered, folders)
        except BaseException:
            self._spill.cleanup()
            raise

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def private(self) -> Path:
        """A folder of its own that it may read, and that is removed with it."""
        return Path(self._spill.name)

    def close(self) -> None:
        """Close the connection and remove the spill folder."""
        self._connection.close()
        self._spill.cleanup()

    def execute(self, sql: str, parameters: Parameters = None, *, doing: str = "") -> None:
        """Run a statement whose answer is not wanted: CREATE, INSERT, DROP, COPY."""
        self.fetchall(sql, parameters, doing=doing)

    def fetchall(
        self, sql: str, parameters: Parameters = None, *, doing: str = ""
    ) -> list[tuple[Any, ...]]:
        """Every row of a query. (`fetchone` would leave DuckDB 2.0's connection busy.)"""
        return self._do(
            lambda: self._connection.execute(sql, parameters or None).fetchall(),
            doing=doing or _first_words(sql),
        )

    def arrow(self, sql: str, parameters: Parameters = None, *, doing: str = "") -> pa.Table:
        """The answer of a query as an Arrow table."""
        return self._do(
            lambda: self._connection.sql(sql, params=parameters or None).to_arrow_table(),
            doing=doing or _first_words(sql),
        )

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table readable as `name`: for codelists and other small tables."""
        self._do(lambda: self._connection.register(name, table), doing=name)

    def _set_up(self, threads: int, ordered: bool, folders: Iterable[Path] | None) -> None:
        settings: dict[str, object] = {
            "memory_limit": self.memory,
            "threads": threads,
            "temp_directory": self._spill.name,
            "preserve_insertion_order": ordered,
            # A name in SQL must never fall back to a Python variable or to the network.
            "python_enable_replacements": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            # Drawn on standard output, where an answer in JSON is to stand alone.
            "enable_progress_bar": False,
        }
        for name, value in settings.items():
            self._set(name, literal(value))
        if folders is None:
            return
        allowed = ", ".join(
            literal(str(Path(folder).resolve())) for folder in (*folders, self.private)
        )
        self._set("allowed_directories", f"[{allowed}]")
        self._set("enable_external_access", "false")
        self._set("lock_configuration", "true")

    def _set(self, name: str, value: str) -> None:
        self.execute(f"SET {name} = {value}", doing=_("indstilling"))

    def _do(self, work: Callable[[], Result], *, doing: str) -> Result:
        try:
            return work()
        except (duckdb.Error, pa.ArrowException, RuntimeError, UnicodeError, MemoryError) as error:
            kind = type(error).__name__
        # Raised outside the except block, so that not even __context__ holds DuckDB's words.
        raise DatabaseStopped(doing, kind, getattr(self, "memory", MEMORY)) from None


def literal(value: object) -> str:
    """A Python value as an SQL literal: text, number, truth or None."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + str(value).replace("'", "''") + "'"


def name(identifier: str) -> str:
    """An identifier quoted for SQL."""
    return '"' + identifier.replace('"', '""') + '"'


def _check_size(memory: str, threads: int) -> None:
    if not re.fullmatch(r"[1-9]\d*(\.\d+)?\s*(MB|GB|TB|MiB|GiB|TiB)", memory, re.IGNORECASE):
        raise WrongUse(
            _("--memory skal være et tal og en enhed, fx 4GB eller 500MB, ikke '{memory}'.").format(
                memory=memory
            )
        )
    if threads < 1:
        raise WrongUse(_("Antallet af tråde skal være mindst 1."))


def _first_words(sql: str) -> str:
    """The kind of statement, when the caller does not say what it is doing."""
    words = re.findall(r"[A-Za-z_]+", sql)[:1]
    return " ".join(words).upper() or "SQL"


def _hint(kind: str, memory: str) -> str:
    if kind in (OUT_OF_MEMORY, "MemoryError"):
        return _(
            "Hukommelsen slap op ({memory}): giv mere med --memory, eller tag færre år ad gangen."
        ).format(memory=memory)
    if kind == "IOException":
        return _("Se efter, om disken er fuld, og om filerne stadig er der.")
    return ""
