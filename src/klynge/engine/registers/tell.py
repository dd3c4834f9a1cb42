"""From counts to faults: which counts are faults, where the first row stands, and the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from klynge.engine.backends.duckdb import Database
from klynge.engine.registers import rows, words
from klynge.engine.registers.describe import Column, Table
from klynge.engine.registers.files import Register
from klynge.engine.registers.rows import Probe
from klynge.engine.registers.spot import Spot
from klynge.faults import Fault

LEAST_FOR_CLOCK = 100
"""Fewer times of day than this tell nothing about whether they are seconds or hhmm."""

PLAIN: Mapping[str, Callable[[Table, Column, int, Spot], Fault]] = {
    "empty": words.empty,
    "unreadable": words.not_convertible,
    "code": words.unknown_code,
    "lost_zero": words.lost_zeros,
}


def told_of_rows(db: Database, register: Register, found: Mapping[Probe, int]) -> list[Fault]:
    """The faults behind the probes that were counted above zero."""
    found = {**found, **_lost_zeros(db, register, found)}
    forms = _date_forms(found)
    needed = [
        probe
        for probe in found
        if probe.kind in (*PLAIN, "rule") or probe in forms or _is_clock(probe, found)
    ]
    if not needed:
        return []
    spots = dict(zip(needed, rows.first_spots(db, register, needed), strict=True))
    faults = [_fault(register.table, probe, found, spots) for probe in needed]
    return [fault for fault in faults if fault is not None]


def _fault(
    table: Table, probe: Probe, found: Mapping[Probe, int], spots: Mapping[Probe, Spot]
) -> Fault | None:
    if probe.rule:
        return words.broken_rule(table, probe.rule, found[probe], spots[probe])
    if probe.column is None:
        return None
    if probe.kind == "clock":
        return words.clock_as_number(table, probe.column, spots[probe])
    if probe.kind in PLAIN:
        return PLAIN[probe.kind](table, probe.column, found[probe], spots[probe])
    same = [form for form in spots if form.kind == "form" and form.column == probe.column]
    if probe is not same[0]:
        return None
    return words.mixed_dates(
        table,
        probe.column,
        {form.form: found[form] for form in same},
        {form.form: spots[form] for form in same},
    )


def _date_forms(found: Mapping[Probe, int]) -> set[Probe]:
    """The forms of dates of every column that has more than one."""
    by_column = defaultdict(set)
    for probe in found:
        if probe.kind == "form":
            by_column[probe.column].add(probe)
    return {form for forms in by_column.values() if len(forms) > 1 for form in forms}


def _is_clock(probe: Probe, found: Mapping[Probe, int]) -> bool:
    """Whether a time of day is a number that is never over 2359: hhmm, read as seconds."""
    if probe.kind != "clock" or found[probe] < LEAST_FOR_CLOCK:
        return False
    return not any(it.kind == "clock_high" and it.column == probe.column for it in found)


def _lost_zeros(db: Database, register: Register, found: Mapping[Probe, int]) -> dict[Probe, int]:
    """CPR numbers that lost their zero: nine and ten digits side by side, all with a day and month.

    The forms are looked at only when the lengths are suspicious: most extracts never are.
    """
    lost: dict[Probe, int] = {}
    for nine in [probe for probe in found if probe.kind == "nine"]:
        column = nine.column
        kinds = {probe.kind: n for probe, n in found.items() if probe.column == column}
        if column is None or "ten" not in kinds or "other_length" in kinds:
            continue
        probes = rows.zero_probes(column)
        _total, (short, whole) = rows.count(db, register, probes)
        if (short, whole) == (kinds["nine"], kinds["ten"]):
            lost[probes[0]] = short
    return lost
