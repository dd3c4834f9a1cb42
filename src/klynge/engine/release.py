"""The only door out of the secure zone.

Protect, make the rows, attack the finished rows, and only when nothing falls out write the pack.
No other file of `klynge.engine` calls `klynge.datapack.write`; a test sees to it.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from klynge import datapack
from klynge.datapack import FIGURE_SCHEMA
from klynge.engine.beds.protecting import ward_rows
from klynge.engine.disclosure import rules
from klynge.engine.disclosure.audit import Finding, audit
from klynge.engine.disclosure.beside import Beside
from klynge.engine.disclosure.levels import Years, audit_levels, protect_levels
from klynge.engine.disclosure.months import (
    ProtectedMonths,
    YearTotals,
    protect_months,
)
from klynge.engine.disclosure.months_audit import attack_rows
from klynge.engine.disclosure.protect import Protected, protect
from klynge.engine.disclosure.published import Background
from klynge.engine.disclosure.rounding import rounded_figures, rounded_flows
from klynge.engine.disclosure.solver import SOLVED
from klynge.engine.disclosure.suppress import CannotProtect
from klynge.engine.figures import definition_entry, education_rows, month_rows, rows
from klynge.engine.flows.auditing import attack_flows
from klynge.engine.flows.protecting import protect_flows
from klynge.engine.flows.rows import flow_rows
from klynge.engine.flows.states import definition
from klynge.engine.months import MonthCounts, MonthGrid
from klynge.engine.previous import described as described_editions
from klynge.engine.ratios import ratio_rows
from klynge.engine.totals.comparing import compare
from klynge.engine.totals.reasons import Known
from klynge.engine.totals.telling import as_json, with_totals
from klynge.faults import DisclosureRefused
from klynge.texts import _

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from klynge.datapack import Pack
    from klynge.engine.beds.reports import WardCounts
    from klynge.engine.counts import LeafCounts
    from klynge.engine.education import EducationCounts
    from klynge.engine.flows.counting import FlowCounts
    from klynge.engine.indicators.described import Ratio, Told, Wards
    from klynge.engine.indicators.indicator import Indicator
    from klynge.engine.totals.reading import Total
    from klynge.structure import Geography

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Report:
    """What left, and how much of it is hidden.

    path: the pack. cells: rows that are shown or hidden (not those that were not counted).
    hidden: of these hidden. primary: crude rows whose own numbers the rules keep secret; the other
    hidden rows are there to protect them. plain: crude rows that plain row-and-column suppression
    would have hidden, and it does not protect as well. crude, crude_hidden: the crude rows of the
    years, and how many of them are hidden: what plain is to be held against. cpu_seconds: what it
    took to choose what to hide and to attack the finished rows. totals: how many published numbers
    had each answer. programs: how many linear programs were solved for that.
    """

    path: Path
    cells: int
    hidden: int
    primary: int
    plain: int
    rounds: int
    crude: int
    crude_hidden: int
    cpu_seconds: float
    totals: Mapping[str, int] = field(default_factory=dict)
    programs: int = 0

    @property
    def hidden_share(self) -> float:
        """Hidden rows of all rows, 0-1."""
        return self.hidden / self.cells if self.cells else 0.0

    @property
    def crude_hidden_share(self) -> float:
        """Hidden crude rows of the years, of all of them, 0-1."""
        return self.crude_hidden / self.crude if self.crude else 0.0

    @property
    def plain_share(self) -> float:
        """What plain row-and-column suppression would have hidden of the same rows, 0-1."""
        return self.plain / self.crude if self.crude else 0.0


def release(
    tables: Sequence[LeafCounts],
    geography: Geography,
    *,
    indicators: Sequence[Indicator],
    quality: Mapping[str, Any],
    registers: Mapping[str, Any],
    years: Sequence[int],
    out: Path,
    created: datetime,
    progress: Progress | None = None,
    jobs: int = 2,
    note: str = "",
    signing_key: Ed25519PrivateKey | None = None,
    months: Sequence[MonthCounts] = (),
    education: Sequence[EducationCounts] = (),
    flows: Sequence[FlowCounts] = (),
    ratios: Sequence[Ratio] = (),
    wards: Sequence[Wards] = (),
    beds: WardCounts | None = None,
    totals: Sequence[Total] = (),
    delivered: Mapping[tuple[str, int], int] | None = None,
    engine: str = "duckdb",
    earlier: Sequence[Pack] = (),
    rounded: Path | None = None,
) -> Report:
    """Write what may leave of `tables` as the pack `out`.

    indicators, quality, registers, years, created, note, signing_key, engine: as
    `klynge.datapack.write` takes them. progress: called with a line that says what is happening.
    jobs: how many problems are solved at once; the pack does not depend on it. months: what is told
    below the year. education: what is told by education in years that no earlier pack has; none
    where its register was not delivered.
    flows: where citizens go from month to month, a year each.
    ratios: what is one figure divided by another, made of the finished rows.
    wards, beds: the figures of hospitals' wards, and what the wards reported.
    totals, delivered: published numbers to hold the finished rows against, and how many rows of
    each register and year came in.
    earlier: packs that were given away before; an outsider has them and the new one.
    rounded: where to write the same with every count rounded; see `disclosure.rounding`.

    Raises DisclosureRefused, and writes nothing, when a hidden number can be worked out from the
    finished rows, or when no choice of cells protects them.
    """
    tell = progress or (lambda _line: None)
    began, solved = time.process_time(), SOLVED.count
    told: list[Told] = [*(each for each in indicators if each.shown), *ratios, *wards]
    entries = [definition_entry(each) for each in told]
    beside = Beside.of(
        earlier, [*entries, *(definition_entry(i) for i in indicators if not i.shown)]
    )
    protected = _protected(tables, geography, beside, jobs, tell)
    below = _protected_months(months, protected, geography, beside, jobs, tell)
    figures = pa.concat_tables([figures_of(protected), *map(month_rows, below)])
    tell(_("Prøver, som en angriber ville, at regne de skjulte tal ud ..."))
    background = [Background.of(known) for known in protected]
    findings = audit(
        figures_of(protected), geography, background, jobs=jobs, earlier=beside.editions
    )
    findings += attack_rows(figures, below, jobs=jobs)
    described = geography.descriptor()
    beside.check_education(figures, described["places"])
    by_level, of_levels = _levels(
        beside.not_told_before(education), protected, geography, jobs, tell
    )
    figures = pa.concat_tables([figures, by_level])
    findings += of_levels
    ways, of_flows = _flows(flows, geography, jobs, tell)
    findings += of_flows
    if findings:
        raise DisclosureRefused(_refusal(findings))
    beside.check_flows(ways)
    cpu_seconds, solved = time.process_time() - began, SOLVED.count - solved
    figures = pa.concat_tables([figures, *(ratio_rows(ratio, figures) for ratio in ratios)])
    figures = _without(figures, [each.code for each in indicators if not each.shown])
    if beds is not None:
        figures = pa.concat_tables([figures, ward_rows(beds, wards)])
    of_earlier = beside.warnings(years, described["dates"], by_education=bool(education))
    warnings = [*quality.get("warnings", ()), *of_earlier]
    in_the_pack = [one for one in protected if one.table.indicator.shown]
    known = Known({each.code: each for each in told}, quality, bool(note))

    def written(folder: Path, figures: pa.Table, ways: pa.Table | None, of: str = "") -> Report:
        compared = compare(totals, figures, delivered or {}, rounded=bool(of))
        reconciled = as_json(compared, replace(known, rounded=bool(of)))
        report = _report(folder, figures, in_the_pack, cpu_seconds, reconciled)
        report = replace(report, programs=solved)
        told = with_totals({**quality, "warnings": warnings}, reconciled)
        datapack.write(
            folder,
            figures=figures,
            indicators=entries,
            quality={**told, "disclosure": _told(report, beside, rounded=bool(of))},
            geography=described,
            registers=registers,
            created=created,
            years=years,
            note=note,
            signing_key=signing_key,
            flows=ways,
            flow_definition=None if ways is None else definition(),
            engine=engine,
            earlier=described_editions(earlier),
            rounding={"to": rules.ROUND_TO, "edition": of} if of else None,
        )
        return report

    report = written(Path(out), figures, ways)
    if rounded is not None:
        fewer = None if ways is None else rounded_flows(ways)
        exact = datapack.read(report.path).edition
        written(Path(rounded), rounded_figures(figures, entries), fewer, exact)
    return report


def _without(figures: pa.Table, codes: Sequence[str]) -> pa.Table:
    """The figures but those of some indicators, which others are made of."""
    return figures.filter(pc.invert(pc.is_in(figures["indicator"], pa.array(codes, pa.string()))))


def _protected(
    tables: Sequence[LeafCounts],
    geography: Geography,
    beside: Beside,
    jobs: int,
    tell: Progress,
) -> tuple[Protected, ...]:
    told = beside.told(tables)
    try:
        return protect(tables, geography, jobs=jobs, progress=tell, told=told)
    except CannotProtect as stuck:
        raise DisclosureRefused(_stuck(stuck, beside)) from stuck


def _stuck(stuck: CannotProtect, beside: Beside) -> str:
    if not beside:
        words = _("Datapakken blev ikke skrevet: {name} kan ikke beskyttes.")
        return words.format(name=stuck)
    return _(
        "Datapakken blev ikke skrevet: {name} kan ikke beskyttes ved siden af det, de tidligere"
        " udgaver allerede viser. Lad indikatoren eller året ude af den nye udgave."
    ).format(name=stuck)


def _protected_months(
    months: Sequence[MonthCounts],
    protected: Sequence[Protected],
    geography: Geography,
    beside: Beside,
    jobs: int,
    tell: Progress,
) -> list[ProtectedMonths]:
    """The months and quarters, protected after the years they add up to."""
    years = {(one.table.indicator.code, int(one.table.period)): one for one in protected}

    def one(counts: MonthCounts) -> ProtectedMonths:
        year = years[counts.indicator.code, counts.year]
        grid = MonthGrid(counts.indicator, counts.year, counts.areas, geography)
        totals = YearTotals.of(year)
        told = beside.told_of_months(counts, totals.residents)
        return protect_months(counts, grid, totals, told)

    if months:
        tell(_("Beskytter måneder og kvartaler ..."))
    try:
        with ThreadPoolExecutor(max(1, jobs)) as pool:
            return list(pool.map(one, months))
    except CannotProtect as stuck:
        raise DisclosureRefused(_stuck(stuck, beside)) from stuck


def _levels(
    counts: Sequence[EducationCounts],
    protected: Sequence[Protected],
    geography: Geography,
    jobs: int,
    tell: Progress,
) -> tuple[pa.Table, tuple[Finding, ...]]:
    """The rows by education, and what an attacker gets out of them and the years' rows."""
    if not counts:
        return FIGURE_SCHEMA.empty_table(), ()
    tell(_("Beskytter tallene efter uddannelse ..."))
    years = Years.read(figures_of(protected), geography, protected)
    found = protect_levels(counts, protected, years, geography, jobs=jobs)
    rows = pa.concat_tables([FIGURE_SCHEMA.empty_table(), *map(education_rows, found)])
    return rows, audit_levels(rows, found, years, jobs=jobs)


def _flows(
    flows: Sequence[FlowCounts], geography: Geography, jobs: int, tell: Progress
) -> tuple[pa.Table | None, tuple[Finding, ...]]:
    """The rows of the table of transitions, and what an attacker gets out of them."""
    if not flows:
        return None, ()
    tell(_("Beskytter borgernes veje ..."))
    try:
        rows = [flow_rows(protect_flows(counts, geography, jobs=jobs)) for counts in flows]
    except CannotProtect as stuck:
        words = _("Datapakken blev ikke skrevet: {name} kan ikke beskyttes.")
        raise DisclosureRefused(words.format(name=stuck)) from stuck
    found = [
        finding
        for table, counts in zip(rows, flows, strict=True)
        for finding in attack_flows(table, counts, geography)
    ]
    return pa.concat_tables(rows), tuple(found)


def figures_of(protected: Sequence[Protected]) -> pa.Table:
    """The rows of all tables, what is hidden without numbers."""
    return pa.concat_tables(
        rows(one.table, one.grid, one.hidden, one.standardised, one.hidden_standardised)
        for one in protected
    )


def _refusal(findings: Sequence[Finding]) -> str:
    """Which indicators, and how many cells. No place and no number: it may be read outside."""
    lines = [_("Datapakken blev ikke skrevet: skjulte tal kan regnes ud af det, der skulle vises.")]
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.indicator] = counts.get(finding.indicator, 0) + 1
    lines += [
        _("  {indicator}: {count} celler").format(indicator=indicator, count=count)
        for indicator, count in sorted(counts.items())
    ]
    lines.append(
        _("Det er en fejl i Klynge, ikke i registrene. Meld den som beskrevet i SECURITY.md.")
    )
    return "\n".join(lines)


def _told(report: Report, beside: Beside, *, rounded: bool) -> dict[str, Any]:
    """What the pack says of how much is hidden. No time: the same counts give the same bytes."""
    return {
        **({"earlier": described_editions(beside.packs)} if beside else {}),
        "minimum_persons": rules.MINIMUM_PERSONS,
        **({"counts_rounded_to": rules.ROUND_TO} if rounded else {}),
        "crude_cells": report.crude,
        "hidden_per_cent": round(100 * report.crude_hidden_share, 1),
        "by_rows_and_columns_per_cent": round(100 * report.plain_share, 1),
    }


def _report(
    path: Path,
    figures: pa.Table,
    protected: Sequence[Protected],
    cpu_seconds: float,
    reconciled: Sequence[Mapping[str, Any]],
) -> Report:
    status = figures["status"]
    sums = {
        name: int(sum(np.count_nonzero(getattr(one, name)) for one in protected))
        for name in ("primary", "plain", "hidden")
    }
    return Report(
        path=path,
        cells=pc.sum(pc.not_equal(status, "not_counted")).as_py() or 0,
        hidden=pc.sum(pc.equal(status, "hidden")).as_py() or 0,
        primary=sums["primary"],
        plain=sums["plain"],
        rounds=max((one.rounds for one in protected), default=0),
        crude=sum(len(one.hidden) for one in protected),
        crude_hidden=sums["hidden"],
        cpu_seconds=cpu_seconds,
        totals=dict(Counter(line["answer"] for line in reconciled)),
    )
