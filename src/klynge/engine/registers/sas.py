"""SAS files (SAS7BDAT and XPORT) as Parquet copies, made a chunk at a time.

DuckDB does not read them, so each file is copied once, with the columns the catalogue asks for and
no others. SAS knows numbers and text alone: what is a date, a moment or a time of day is told by
the column's format, and is counted in days or seconds from 1960, or from midnight. A copy holds
persons, so it lies where the caller says: in a private folder, or in the work folder of a build.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from klynge.engine.registers.encoding import Unreadable

if TYPE_CHECKING:
    from klynge.engine.registers.files import Family, Found, Part, Register

SUFFIXES = (".sas7bdat", ".xpt")

CHUNK = 500_000
"""Rows held at a time. Smaller chunks make ReadStat pass over the same pages more often."""

_FORMAT = 1
_DAYS_BEFORE_1970 = 3653
_SECONDS_BEFORE_1970 = 315_619_200
_SECONDS_A_DAY = 86_400
_FARTHEST_DAY = 2_932_896  # 31 December 9999, as days since 1970.

_DATES = re.compile(
    r"DATE|DAY|(DDMMYY|MMDDYY|YYMMDD)[BCDNPS]?|[BE]8601DA|IS8601DA|JULIAN|MONYY|YYMM|YYMON"
    r"|WORDDAT[EX]|WEEKDAT[EX]|NLDATE|(EUR|DAN)DFD[DEN]"
)
_MOMENTS = re.compile(
    r"DATETIME|DTDATE|DTMONYY|DTYEAR|[BE]8601D[TN]|IS8601DT|DATEAMPM|MDYAMPM|NLDATM|(EUR|DAN)DFDT"
)
_TIMES = re.compile(r"TIME|TOD|HHMM|[BE]8601TM|IS8601TM|TIMEAMPM|NLTIME")


def columns(file: Path) -> list[tuple[str, Family, str]]:
    """Every column of a file: its name, what it holds, and its type as it may be told."""
    _frame, told = _read(file, metadataonly=True)
    kinds, formats = told.readstat_variable_types, told.original_variable_types
    return [
        (name, family, f"SAS {formats.get(name) or kinds[name]}")
        for name in told.column_names
        for family in [_family(kinds[name], formats.get(name))]
    ]


class Copies:
    """Parquet copies of SAS files in a folder; those made before are used again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[Path] = set()

    def of(self, register: Register) -> Register:
        """The register with a copy of each SAS file; those that cannot be read are told so."""
        parts: list[Part] = []
        unreadable = list(register.unreadable)
        for part in register.parts:
            if part.layout.format != "sas":
                parts.append(part)
                continue
            wanted = [found for c in register.table.columns if (found := part.layout.find(c))]
            made: dict[Path, Path] = {}
            for file in part.files:
                try:
                    made[file] = self._copy(file, wanted)
                except Unreadable as reason:
                    unreadable.append((file, reason))
            if made:
                parts.append(replace(part, files=tuple(made), copies=tuple(made.values())))
        return replace(register, parts=tuple(parts), unreadable=tuple(unreadable))

    def prune(self) -> None:
        """Remove the copies that were not asked for: those of files that are gone or changed."""
        if self._folder.is_dir():
            for file in self._folder.iterdir():
                if file not in self._used:
                    file.unlink()

    def _copy(self, file: Path, wanted: Sequence[Found]) -> Path:
        at = file.stat()
        known = [str(_FORMAT), str(file), str(at.st_size), str(at.st_mtime_ns)]
        known += [f"{found.name}={found.family}" for found in wanted]
        copy = self._folder / (hashlib.sha256("\0".join(known).encode()).hexdigest() + ".parquet")
        self._used.add(copy)
        if not copy.is_file():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = copy.with_suffix(".unfinished")
            _write(file, wanted, unfinished)
            unfinished.replace(copy)
        return copy


def _write(file: Path, wanted: Sequence[Found], copy: Path) -> None:
    families = {found.name: found.family for found in wanted}
    schema = pa.schema([(name, _TYPES[family]) for name, family in families.items()])
    _frame, told = _read(file, metadataonly=True)
    rows = 0
    with pq.ParquetWriter(copy, schema, compression="zstd") as writer:
        while wanted:
            chunk, _told = _read(file, usecols=list(families), row_offset=rows, row_limit=CHUNK)
            read = len(next(iter(chunk.values()), ()))
            if read:
                made = [_array(chunk[name], family) for name, family in families.items()]
                writer.write_table(pa.table(made, schema=schema))
            rows += read
            if read < CHUNK:
                break
    if wanted and told.number_rows not in (None, rows):
        raise Unreadable("sas")


def _array(values: Sequence[Any], family: Family) -> pa.Array:
    if family == "text":
        return pa.array([value or None for value in values], pa.string())
    numbers = np.array([np.nan if v is None else v for v in values], np.float64)
    if family == "float":
        return pa.array(numbers, from_pandas=True)
    return _COUNTED[family](numbers)


def _days(numbers: npt.NDArray[np.float64]) -> pa.Array:
    days = np.floor(numbers) - _DAYS_BEFORE_1970
    return _whole(days, np.abs(days) <= _FARTHEST_DAY, np.int32).cast(pa.date32())


def _moments(numbers: npt.NDArray[np.float64]) -> pa.Array:
    seconds = np.floor(numbers) - _SECONDS_BEFORE_1970
    fine = np.abs(seconds) <= float(_FARTHEST_DAY) * _SECONDS_A_DAY
    return _whole(seconds, fine, np.int64).cast(pa.timestamp("s"))


def _times(numbers: npt.NDArray[np.float64]) -> pa.Array:
    seconds = np.floor(numbers)
    return _whole(seconds, (seconds >= 0) & (seconds < _SECONDS_A_DAY), np.int32).cast(
        pa.time32("s")
    )


def _whole(numbers: npt.NDArray[np.float64], fine: npt.NDArray[np.bool_], kind: type) -> pa.Array:
    """Whole numbers, with nothing where there is none or it is out of all bounds."""
    return pa.array(np.where(fine, numbers, 0).astype(kind), mask=~fine)


_COUNTED: dict[str, Callable[[npt.NDArray[np.float64]], pa.Array]] = {
    "date": _days,
    "timestamp": _moments,
    "time": _times,
}
_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "float": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("s"),
    "time": pa.time32("s"),
}


def _family(kind: str, form: str | None) -> Family:
    if kind == "string":
        return "text"
    name = re.sub(r"\d*(\.\d*)?$", "", (form or "").upper())
    told: tuple[tuple[Family, re.Pattern[str]], ...] = (
        ("date", _DATES),
        ("timestamp", _MOMENTS),
        ("time", _TIMES),
    )
    return next((family for family, names in told if names.fullmatch(name)), "float")


def _read(file: Path, **options: Any) -> tuple[Any, Any]:
    # Imported here: it is heavy, and few deliveries have such files.
    import pyreadstat

    reader = pyreadstat.read_xport if file.suffix.lower() == ".xpt" else pyreadstat.read_sas7bdat
    try:
        with file.open("rb"):
            pass
        return reader(str(file), output_format="dict", disable_datetime_conversion=True, **options)
    except PermissionError:
        raise Unreadable("access") from None
    except MemoryError:
        raise
    except Exception:
        # ReadStat tells of damage in many ways, and its words may quote what it read.
        raise Unreadable("sas") from None
