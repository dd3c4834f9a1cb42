"""One SQL aggregate per register that counts everything that may be wrong with its rows.

A row checker that goes row by row costs some fifty times as much. Counting comes first; where the
first faulty row stands is asked for only when something was counted.
"""

# ruff: noqa: S608  (names come from the catalogue, paths and file names are quoted)
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from klynge.engine.backends.duckdb import Database, literal, name
from klynge.engine.registers import convert
from klynge.engine.registers.describe import Column, Rule, Table
from klynge.engine.registers.files import Part, Register
from klynge.engine.registers.kommuner import OUTSIDE, merged
from klynge.engine.registers.reader import scan
from klynge.engine.registers.spot import Spot, Tally
from klynge.texts import _

LOST_ZERO = "[1-9](0[1-9]|1[0-2])[0-9]{6}"
CONTACT_KEYS = ("dw_ek_kontakt", "recnum")
WHOLE_CPR = "[1-9][0-9](0[1-9]|1[0-2])[0-9]{6}"


@dataclass(frozen=True, slots=True)
class Probe:
    """A condition that is counted. kind: empty, unreadable, code, rule, form, clock, clock_high,
    nine, ten, other_length, lost_zero, whole_cpr or leading_zero."""

    kind: str
    condition: str
    column: Column | None = None
    rule: Rule | None = None
    form: str = ""


def probes(register: Register) -> list[Probe]:
    """Everything that is counted for a register, given the columns it has."""
    table = register.table
    made: list[Probe] = []
    for column in table.columns:
        if any(part.layout.find(column) for part in register.parts):
            made += _column_probes(column)
    made += [Probe("rule", f"coalesce({rule.broken}, false)", rule=rule) for rule in table.rules]
    return made


def count(db: Database, register: Register, wanted: Sequence[Probe]) -> tuple[int, list[int]]:
    """The number of rows and of rows where each probe's condition holds.

    What is asked of one column is asked of its different values, each weighed by its rows: a code
    stands on a million rows and is looked at once.
    """
    doing = _("optælling af {table}").format(table=register.table.name)
    apart: dict[tuple[Column, ...], list[Probe]] = {}
    for probe in wanted:
        apart.setdefault(_values_of(register.table, probe), []).append(probe)
    found: dict[Probe, int] = {}
    for columns, probes in apart.items():
        source, weight = _typed(register), "count(*)"
        if columns:
            source, weight = _different(register, columns), "sum(klynge_n)"
        counts = ", ".join(f"{weight} FILTER ({probe.condition})" for probe in probes)
        answer = db.fetchall(f"SELECT {counts} FROM {source}", doing=doing)[0]
        found |= {probe: int(n or 0) for probe, n in zip(probes, answer, strict=True)}
    total = db.fetchall(f"SELECT count(*) FROM {_typed(register)}", doing=doing)[0][0]
    return int(total), [found[probe] for probe in wanted]


_FEW_VALUES = ("pnr", "code", "kommune", "date", "time", "moment", "integer")
"""Types of columns whose different values are far fewer than their rows."""


def _values_of(table: Table, probe: Probe) -> tuple[Column, ...]:
    """The columns whose different values tell of a probe; none when its rows must be looked at."""
    if probe.column is not None:
        return (probe.column,) if probe.column.type in _FEW_VALUES else ()
    named = {column.name: column for column in table.columns}
    asked = [named.get(column) for column in probe.rule.columns] if probe.rule else []
    if any(column is None or column.type != "code" for column in asked):
        return ()
    return tuple(column for column in asked if column is not None)


def _different(register: Register, columns: Sequence[Column]) -> str:
    """The different values of some columns in canonical types, each with its number of rows."""
    selects = []
    for part in register.parts:
        there = [found for column in columns if (found := part.layout.find(column))]
        raw = ", ".join(name(found.name) for found in there)
        told = ", ".join(sql for c in columns for sql in _inner(register.table, c, part))
        selects.append(
            f"SELECT {told}, klynge_n FROM (SELECT {raw + ', ' if raw else ''}count(*) AS klynge_n"
            f" FROM {scan(part)}{' GROUP BY ' + raw if raw else ''})"
        )
    return f"({' UNION ALL '.join(selects)})"


def first_spots(db: Database, register: Register, wanted: Sequence[Probe]) -> list[Spot]:
    """Where the first row stands for each probe that was counted above zero."""
    firsts = ", ".join(f"min({_SPOT}) FILTER ({probe.condition})" for probe in wanted)
    answer = db.fetchall(
        f"SELECT {firsts} FROM {_typed(register, numbered=True)}",
        doing=_("opslag i {table}").format(table=register.table.name),
    )[0]
    return [_spot(register, found) for found in answer]


def duplicated(db: Database, register: Register) -> Tally | None:
    """How many primary keys stand on several rows, on how many rows, and the first repetition."""
    keys = ", ".join(register.table.primary_key)
    given = " AND ".join(f"{key} IS NOT NULL" for key in register.table.primary_key)
    if _are_different(db, register, keys, given):
        return None
    doubles = (
        f"SELECT {keys}, count(*) AS n FROM {_typed(register)} WHERE {given}"
        f" GROUP BY {keys} HAVING count(*) > 1"
    )
    doing = _("nøgler i {table}").format(table=register.table.name)
    found, rows = db.fetchall(f"SELECT count(*), sum(n) FROM ({doubles})", doing=doing)[0]
    if not found:
        return None
    turns = (
        f"SELECT {_SPOT} AS spot, row_number() OVER (PARTITION BY {keys} ORDER BY {_SPOT}) AS turn"
        f" FROM {_typed(register, numbered=True)} SEMI JOIN ({doubles}) USING ({keys})"
    )
    first = db.fetchall(f"SELECT min(spot) FROM ({turns}) WHERE turn = 2", doing=doing)[0][0]
    return Tally(int(found), _spot(register, first), int(rows))


def _are_different(db: Database, register: Register, keys: str, given: str) -> bool:
    """Whether no key stands twice. Keys of several columns are told apart by their digests, which
    is far cheaper: when all of those are different the keys are; when two are alike the keys may
    be. One column is told apart by itself: long numbers kept as text have many digests alike."""
    told = keys if len(register.table.primary_key) == 1 else f"hash({keys})"
    counted = f"SELECT count(*), count(DISTINCT {told}) FROM {_typed(register)} WHERE {given}"
    doing = _("nøgler i {table}").format(table=register.table.name)
    rows, different = db.fetchall(counted, doing=doing)[0]
    return bool(rows == different)


def repeated(db: Database, register: Register) -> list[tuple[Path, Path]]:
    """Files with the rows of another file, whatever their order and format: (file, the other).

    Asked of the persons first; of whole rows only where two files have the same, as often.
    """
    person = register.table.column(register.table.person)
    alike = _same_sums(db, register, [person])
    files = {file for pair in alike for file in pair}
    return _same_sums(db, register.only(files), register.table.columns) if files else []


def _same_sums(
    db: Database, register: Register, columns: Sequence[Column]
) -> list[tuple[Path, Path]]:
    """Files whose rows have the same sum of hashes, and the first that has it."""
    selects = [
        f"SELECT klynge_file, hash({', '.join(_canonical(c, part) for c in columns)}) AS hashed"
        f" FROM {scan(part, numbered=True)}"
        for part in register.parts
    ]
    told = db.fetchall(
        "SELECT klynge_file, count(*), sum(CAST(hashed AS HUGEINT))"
        f" FROM ({' UNION ALL '.join(selects)}) GROUP BY 1 ORDER BY 1",
        doing=_("gentagelser i {table}").format(table=register.table.name),
    )
    first: dict[tuple[int, int], Path] = {}
    pairs = []
    for read, rows, hashes in told:
        file = register.delivered(Path(read))
        same = first.setdefault((rows, hashes), file)
        if same != file:
            pairs.append((file, same))
    return pairs


def _canonical(column: Column, part: Part) -> str:
    found = part.layout.find(column)
    if found is None or not usable(found.family, column):
        return convert.converted("NULL", "null", column)
    return convert.converted(name(found.name), found.family, column)


def ragged_lines(db: Database, register: Register) -> Tally | None:
    """How many lines of CSV files do not have the header's fields, and the first."""
    parts = [part for part in register.parts if part.layout.format == "csv"]
    if not parts:
        return None
    doing = _("linjer i {table}").format(table=register.table.name)
    for part in parts:
        db.execute(f"SELECT count(*) FROM {scan(part, keep_rejects=True)}", doing=doing)
    found, first = db.fetchall(
        "SELECT count(DISTINCT (file_path, line)), min({'f': file_path, 'r': line - 1})"
        " FROM rejects JOIN rejects_scan USING (scan_id, file_id)",
        doing=doing,
    )[0]
    for table in ("rejects", "rejects_scan"):
        # They hold lines of the file, and the next register must not find them.
        db.execute(f"DROP TABLE {table}", doing=doing)
    return Tally(int(found), _spot(register, first)) if found else None


_SPOT = "{'f': klynge_file, 'r': klynge_row}"


def _spot(register: Register, found: Mapping[str, object]) -> Spot:
    file = register.delivered(Path(str(found["f"])))
    return Spot(register.shown(file), int(str(found["r"])), file.suffix.lower() == ".csv")


def _column_probes(column: Column) -> list[Probe]:
    made = [Probe("unreadable", f"{_given(column)} AND {column.name} IS NULL", column)]
    if not column.nullable:
        made.append(Probe("empty", f"NOT {_given(column)}", column))
    if unknown := _unknown(column):
        made.append(Probe("code", f"coalesce({unknown}, false)", column))
    made += [
        Probe("form", f"{_helper(column)} = {literal(form)}", column, form=form)
        for form in convert.forms_of(column)
    ]
    if column.type == "time":
        made.append(Probe("clock", f"{_helper(column)} IS NOT NULL", column))
        made.append(Probe("clock_high", f"{_helper(column)} >= TIME '00:40:00'", column))
    if is_key(column):
        text = _helper(column)
        made.append(Probe("leading_zero", f"starts_with({text}, '0')", column))
    if column.type == "pnr":
        text = _helper(column)
        made.append(Probe("nine", f"length({text}) = 9", column))
        made.append(Probe("ten", f"length({text}) = 10", column))
        made.append(Probe("other_length", f"length({text}) NOT IN (9, 10)", column))
    return made


def zero_probes(column: Column) -> list[Probe]:
    """The two forms that tell CPR numbers without their zero from pseudonyms of nine digits."""
    text = _helper(column)
    return [
        Probe("lost_zero", f"regexp_full_match({text}, '{LOST_ZERO}')", column),
        Probe("whole_cpr", f"regexp_full_match({text}, '{WHOLE_CPR}')", column),
    ]


def is_key(column: Column) -> bool:
    """Whether rows of different registers are linked by the column."""
    return column.type == "pnr" or column.name in CONTACT_KEYS


def _unknown(column: Column) -> str:
    if column.type == "kommune":
        codes = ", ".join(literal(code) for code in _kommuner())
        # Lawful places that are none of the 98; `kommuner.told` tells what they and old codes are.
        outside = f"regexp_full_match({column.name}, '{OUTSIDE}')"
        return f"{column.name} NOT IN ({codes}) AND NOT {outside}"
    if column.codes:
        codes = ", ".join(literal(code) for code in column.codes)
        return f"CAST({column.name} AS VARCHAR) NOT IN ({codes})"
    if column.pattern:
        return f"NOT regexp_full_match({column.name}, {literal(column.pattern)})"
    return ""


def _kommuner() -> Iterable[str]:
    from klynge.structure import places

    return [*(place.id for place in places("kommune")), *merged()]


def _typed(register: Register, *, numbered: bool = False) -> str:
    """All rows of a register in canonical types, with helpers (`_given`, `_helper`) beside them."""
    selects = []
    for part in register.parts:
        columns = [
            sql for column in register.table.columns for sql in _inner(register.table, column, part)
        ]
        for source, row in _sources(part, numbered):
            extra = [f"klynge_file, {row} AS klynge_row"] if numbered else []
            selects.append(f"SELECT {', '.join([*columns, *extra])} FROM {source}")
    derived = "".join(f", {made.sql} AS {made.name}" for made in register.table.derived)
    return f"(SELECT *{derived} FROM ({' UNION ALL '.join(selects)}))"


def _sources(part: Part, numbered: bool) -> list[tuple[str, str]]:
    if not numbered:
        return [(scan(part), "")]
    if part.layout.format != "csv":
        return [(scan(part, numbered=True), "file_row_number + 1")]
    # Rows of a CSV have no number of their own, so each file is counted by itself.
    return [(scan(part, [file], numbered=True), "row_number() OVER ()") for file in part.files]


def _inner(table: Table, column: Column, part: Part) -> list[str]:
    found = part.layout.find(column)
    if found is None or not usable(found.family, column):
        helper = "TIME" if column.type == "time" else "VARCHAR"
        return [
            f"{convert.converted('NULL', 'null', column)} AS {column.name}",
            f"CAST(NULL AS BOOLEAN) AS {_given(column)}",
            f"CAST(NULL AS {helper}) AS {_helper(column)}",
        ]
    x, family = name(found.name), found.family
    value = convert.converted(x, family, column)
    helper = "NULL"
    if convert.forms_of(column):
        helper = convert.day_form(x, family, column)
    elif column.type == "time":
        digits = f"CASE WHEN regexp_full_match(trim({x}), '[0-9]+') THEN {value} END"
        helper = {"text": digits, "time": "CAST(NULL AS TIME)"}.get(family, value)
    elif is_key(column) and family == "text":
        helper = value
    return [
        f"{value} AS {column.name}",
        f"{convert.given(x, family, column)} AS {_given(column)}",
        f"{helper} AS {_helper(column)}",
    ]


def usable(family: str, column: Column) -> bool:
    """Whether a column of this type in a file can become the canonical one."""
    return family == "null" or family in convert.ACCEPTED[column.type]


def _given(column: Column) -> str:
    return f"given_{column.name}"


def _helper(column: Column) -> str:
    return f"helper_{column.name}"
