"""Which years a build counts: those with a snapshot of the population and the events they need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.supplied import yearly_tables
from klynge.engine.spine import coverage
from klynge.engine.spine.engine import Engine
from klynge.faults import BadInput, Fault
from klynge.texts import _

Covered = Mapping[str, frozenset[int] | None]


def years_covered(
    database: Engine, indicators: Iterable[Indicator], extract_end: datetime
) -> Covered:
    """For each indicator the years it can be counted in by its events; None when any year with a
    snapshot will do. Reads the views of its registers in `database`."""
    whole: dict[str, frozenset[int] | None] = {}
    found: dict[str, frozenset[int] | None] = {}
    for indicator in indicators:
        yearly = yearly_tables(indicator)
        for table in yearly - whole.keys():
            whole[table] = coverage.whole_years(database, table, extract_end)
        limits = [years for table in yearly if (years := whole[table]) is not None]
        found[indicator.code] = frozenset.intersection(*limits) if limits else None
    return found


def years_to_count(
    database: Engine, wanted: Sequence[int] | None, covered: Covered, *, heading: str
) -> tuple[int, ...]:
    """Those wanted; when None, every one with a snapshot that some indicator can be counted in.

    Raises `BadInput` under `heading` when a year wanted has no snapshot, or there is no such year.
    """
    snapshots = coverage.snapshot_years(database)
    if wanted is not None:
        missing = [year for year in wanted if year not in snapshots]
        if missing:
            raise BadInput(heading, [_no_snapshot(missing, snapshots)])
        return tuple(sorted(set(wanted)))
    limits = [whole for whole in covered.values() if whole is not None]
    years = tuple(
        year for year in snapshots if not limits or any(year in whole for whole in limits)
    )
    if not years:
        raise BadInput(heading, [_no_whole_year(snapshots)])
    return years


def span(years: Sequence[int]) -> str:
    """Years in words: "2021-2025" when they follow each other."""
    if list(years) == list(range(years[0], years[-1] + 1)) and len(years) > 1:
        return f"{years[0]}-{years[-1]}"
    return ", ".join(str(year) for year in years)


def _no_snapshot(missing: Sequence[int], snapshots: Sequence[int]) -> Fault:
    return Fault(
        "bef",
        _("Der er intet øjebliksbillede af befolkningen til {years}.").format(
            years=", ".join(str(year) for year in missing)
        ),
        _("referencetid 31.12. i året før hvert år; udtrækket giver {years}").format(
            years=", ".join(str(year) for year in snapshots) or _("ingen år")
        ),
        _("Vælg andre år med --years, eller få de manglende øjebliksbilleder med i udtrækket."),
    )


def _no_whole_year(snapshots: Sequence[int]) -> Fault:
    return Fault(
        "bef, kontakter, sssy",
        _("Intet år har både et øjebliksbillede af befolkningen og hele årets hændelser."),
        _("referencetid 31.12. i året før, og hændelser fra januar til december; øjebliksbilleder"
          " er der til {years}").format(years=", ".join(map(str, snapshots)) or _("ingen år")),
        _("Vælg år med --years for at bygge det, der kan bygges."),
    )  # fmt: skip
