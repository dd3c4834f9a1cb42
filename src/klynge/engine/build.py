"""From registers to a data pack: check, prepare, count by person ranges, protect, release.

The pack is not written before everything is checked and counted, and is moved in place whole. What
is prepared and counted on the way lies in a work folder: a build that was stopped goes on from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klynge import datapack
from klynge.engine import education, ruks
from klynge.engine.backends.duckdb import MEMORY, THREADS, Database
from klynge.engine.beds import counting as bed_counting
from klynge.engine.beds.counting import count_wards
from klynge.engine.beds.reports import WardCounts
from klynge.engine.choosing import Chosen, chosen
from klynge.engine.choosing import warnings as missing_words
from klynge.engine.counts import (
    LeafCounts,
    counted,
    counted_by_education,
    counted_months,
    months,
    periods,
    questions,
    tables,
)
from klynge.engine.education import EducationCounts
from klynge.engine.flows import counting as flow_counting
from klynge.engine.flows import states
from klynge.engine.flows.counting import FlowCounts
from klynge.engine.indicators import supplied
from klynge.engine.indicators.described import Wards
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.months import MonthCounts
from klynge.engine.previous import check_two, not_given, read_previous
from klynge.engine.quality import report as quality
from klynge.engine.quality.rounding import rounded
from klynge.engine.ranges.engines import DUCKDB, Counting, counting
from klynge.engine.ranges.job import Job, model_step, table_step
from klynge.engine.ranges.running import Means
from klynge.engine.registers import catalogue, renumbering
from klynge.engine.registers.check import Report, examine
from klynge.engine.registers.files import find_register
from klynge.engine.spine import coverage, running
from klynge.engine.spine.models import Model, Parameters, columns_of, needed_for, registers_of
from klynge.engine.store.checked import Checked
from klynge.engine.store.opening import open_store
from klynge.engine.store.pieces import Store
from klynge.engine.store.prepare import deliveries, prepare, repeated
from klynge.engine.store.work import Work
from klynge.engine.totals.asking import totals_for
from klynge.engine.years import span, years_covered, years_to_count
from klynge.faults import BadInput, DisclosureRefused, values_are_not_shown
from klynge.structure import Geography
from klynge.texts import _, language, ngettext

if TYPE_CHECKING:
    from klynge.engine.release import Report as Released
    from klynge.engine.spine.chronic import ChronicRule

Progress = Callable[[str], None]

INVENTED = "OPDIGTET.json"
"""The file that marks registers as made up; see `klynge.engine.registers.synth`."""

INVENTED_NOTE = "Opdigtede personer. / Invented people."


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be built, and what of the spine and the registers it needs."""

    registers: Path
    indicators: tuple[Indicator, ...]
    models: tuple[Model, ...]
    flows: bool = False
    wards: tuple[Wards, ...] = ()
    by_education: bool = False

    @classmethod
    def of(
        cls, registers: Path, choice: Chosen, *, flows: bool = False, by_education: bool = False
    ) -> _Plan:
        tables = {table for indicator in choice.indicators for table in indicator.tables}
        tables |= set(states.TABLES) if flows else set()
        told = by_education or education.is_delivered(registers)
        tables |= {education.TABLE} if told else set()
        needed = needed_for(tables, supplied.basis_of(choice.indicators))
        return cls(registers, choice.indicators, needed, flows, choice.wards, by_education)

    @property
    def tables(self) -> tuple[str, ...]:
        return registers_of(self.models)

    @property
    def delivered(self) -> tuple[str, ...]:
        """The registers to be read: those of the models, and the changes of number when told."""
        changes = find_register(self.registers.resolve(), catalogue.table(renumbering.TABLE))
        return (*self.tables, *([renumbering.TABLE] if changes.roots else []))

    @property
    def examined(self) -> tuple[str, ...]:
        """Also those that are read by themselves, for they hold no persons."""
        unused = ruks.unused(self.registers, self.indicators)
        return (*self.delivered, *unused, *(bed_counting.TABLES if self.wards else ()))

    @property
    def chronic(self) -> tuple[ChronicRule, ...]:
        rules = [rule for indicator in self.indicators for rule in indicator.chronic]
        return tuple(dict.fromkeys(rules))


@dataclass(frozen=True, slots=True)
class _Counted:
    years: tuple[int, ...]
    tables: list[LeafCounts]
    months: list[MonthCounts]
    education: list[EducationCounts]
    flows: list[FlowCounts]
    beds: WardCounts | None
    quality: dict[str, Any]
    delivered: dict[tuple[str, int], int]
    extract_end: datetime


def build(
    registers: Path,
    out: Path,
    *,
    years: Sequence[int] | None = None,
    memory: str = MEMORY,
    threads: int | None = None,
    indicators: Sequence[str] | None = None,
    created: datetime | None = None,
    progress: Progress | None = None,
    work: Path | None = None,
    definitions: Path | None = None,
    flows: bool = False,
    by_education: bool = False,
    totals: Path | None = None,
    engine: str = DUCKDB,
    previous: Sequence[Path] = (),
    rounded: Path | None = None,
) -> Released:
    """Build the data pack `out` from the registers in a folder, and say what left.

    years: those to count; all whole years with a population snapshot when None.
    memory: how much the build may hold while it reads and counts, all its processes together, such
    as "4GB". threads: cores; all when None.
    indicators: codes; all that the registers can give when None. created: the pack's time stamp;
    now when None.
    flows: also where citizens go from month to month; see `klynge.engine.flows`.
    by_education: also shares and rates by level of education, which asks for the register of it.
    totals: a file of published numbers to hold ours against; see `klynge.engine.totals.reading`.
    engine: duckdb or spark: what counts. The figures are the same.
    progress: called with a line that says what is happening.
    work: the work folder, kept for the next delivery. When None one is made beside the pack, and
    removed when the build ends; after a build that was stopped the next one finds it there.
    previous: packs that were given away before, which with the new one must tell nothing.
    rounded: where to write the same pack with every count rounded, too; nowhere when None.

    Raises `DefinitionError` with every fault of a definition of one's own; `BadInput` with every
    fault of the registers or the totals, an unknown indicator, years without a snapshot, an earlier
    pack that is not in order, or a place the pack cannot be written to; `DisclosureRefused` when
    the figures cannot be protected. Nothing is written then.
    """
    tell = progress or (lambda _line: None)
    datapack.check_out(Path(out))
    if rounded is not None:
        datapack.check_out(Path(rounded))
        check_two(Path(out), Path(rounded), previous)
    count = counting(engine)
    earlier = read_previous(previous, Path(out))
    choice = chosen(Path(registers), indicators, definitions)
    published = totals_for(choice, totals) if totals else ()
    left_out = missing_words(choice, Path(registers))
    for line in left_out:
        tell(line[language()])
    plan = _Plan.of(Path(registers), choice, flows=flows, by_education=by_education)
    means = Means(memory, threads or os.cpu_count() or THREADS)
    folder = Work(work or Path(out).resolve().parent / f".{Path(out).name}-work")
    with folder.held(), _removed_at_an_end(folder, kept=work is not None):
        store = Store.open(folder)
        reports = _check(plan, memory, store, tell)
        geography = Geography.of_pack()
        counted = _count(store, plan, geography, years, means, tell, count)
        for beside in not_given(Path(out), counted.years, earlier):
            tell(beside)
        of_beds = bed_counting.warnings(counted.beds)
        warnings = [*left_out, *of_beds, *counted.quality["warnings"]]
        # Imported here: the door out is heavy, and what can be refused has been by now.
        from klynge.engine.release import release

        tell(_("Beskytter tallene ..."))
        return release(
            counted.tables,
            geography,
            months=counted.months,
            education=counted.education,
            flows=counted.flows,
            ratios=choice.ratios,
            wards=choice.wards,
            beds=counted.beds,
            indicators=plan.indicators,
            quality={**counted.quality, "warnings": warnings},
            registers=_described(plan, reports, counted),
            totals=published,
            delivered=counted.delivered,
            years=counted.years,
            out=Path(out),
            created=created or datetime.now(UTC),
            progress=tell,
            jobs=means.cores,
            note=INVENTED_NOTE if is_invented(plan.registers) else "",
            engine=engine,
            earlier=earlier,
            rounded=rounded,
        )


@contextmanager
def _removed_at_an_end(work: Work, *, kept: bool) -> Iterator[None]:
    """Remove the work when there is an answer, yes or no; leave it when the build was stopped, by
    a full disk too."""
    try:
        yield
    except datapack.CannotWrite:
        raise
    except (BadInput, DisclosureRefused):
        if not kept:
            work.remove()
        raise
    if not kept:
        work.remove()


def _check(plan: _Plan, memory: str, store: Store, tell: Progress) -> list[Report]:
    tell(_("Tjekker registrene: {tables} ...").format(tables=", ".join(plan.tables)))
    reports = examine(
        plan.registers,
        plan.examined,
        memory=memory,
        copies=store.work.copies,
        known=Checked(store),
    )
    faults = [fault for found in reports for fault in found.faults]
    if faults:
        raise BadInput(_not_built(), faults, note=values_are_not_shown())
    return reports


def _count(
    store: Store,
    plan: _Plan,
    geography: Geography,
    wanted: Sequence[int] | None,
    means: Means,
    tell: Progress,
    count: Counting,
) -> _Counted:
    tell(_("Forbereder registrene ..."))
    delivered = deliveries(store, plan.registers, plan.delivered)
    if faults := repeated(delivered):
        raise BadInput(_not_built(), faults)
    prepare(
        store,
        delivered,
        {table: columns_of(table) for table in plan.tables},
        memory=means.each(1),
        threads=means.cores,
        tell=tell,
    )
    with Database(means.each(1), means.cores, folders=[store.folder]) as database:
        open_store(database, store, plan.tables)
        parameters = Parameters(_extract_end(database, plan))
        covered = years_covered(database, plan.indicators, parameters.extract_end)
        years = years_to_count(database, wanted, covered, heading=_not_built())
        whole = flow_counting.whole_years(database, parameters.extract_end) if plan.flows else ()
    beds = _beds(plan, years, means) if plan.wards else None
    tell(
        ngettext(
            "Tæller {n} indikator for {years} ...",
            "Tæller {n} indikatorer for {years} ...",
            len(covered),
        ).format(n=len(covered), years=span(years))
    )
    job, asked = _job(plan, parameters, geography, years)
    answers = count(store, job, means, tell)
    left_out = {
        code: [year for year in years if whole is not None and year not in whole]
        for code, whole in covered.items()
    }
    of_quality = {name: [tuple(r.values()) for r in answers[name].to_pylist()] for name in asked}
    report = quality.told(
        of_quality,
        plan.indicators,
        years=years,
        parameters=parameters,
        left_out=left_out,
    )
    tables = counted(plan.indicators, answers, years=years, areas=geography.kommuner)
    kept = [t for t in tables if int(t.period) not in left_out[t.indicator.code]]
    by_month = counted_months(plan.indicators, answers, years=years, areas=geography.kommuner)
    by_month = [m for m in by_month if m.year not in left_out[m.indicator.code]]
    by_education = []
    if plan.by_education:
        by_education = counted_by_education(
            plan.indicators, answers, years=years, areas=geography.kommuner
        )
    kept_by_education = [e for e in by_education if int(e.period) not in left_out[e.indicator.code]]
    flows = flow_counting.counted(answers, years=years, areas=geography.kommuner, whole=whole)
    came_in = quality.delivered(of_quality)
    end = parameters.extract_end
    return _Counted(years, kept, by_month, kept_by_education, flows, beds, report, came_in, end)


def _beds(plan: _Plan, years: Sequence[int], means: Means) -> WardCounts:
    with Database(means.each(1), means.cores, folders=[plan.registers.resolve()]) as database:
        return count_wards(database, plan.registers, years)


def _job(
    plan: _Plan, parameters: Parameters, geography: Geography, years: Sequence[int]
) -> tuple[Job, list[str]]:
    """What is counted in every range, and which of it is asked for the quality report."""
    about_quality = quality.questions(
        plan.indicators, years=years, models=plan.models, parameters=parameters
    )
    return Job(
        small=running.small_tables(
            geography.kommuner, plan.chronic, supplied.told_by_register(plan.indicators)
        )
        | {"periods": periods(years), "months": months(years)}
        | (flow_counting.small_tables(years) if plan.flows else {}),
        steps=[
            *(model_step(model, parameters) for model in plan.models),
            *(
                table_step(name, sql)
                for name, sql in tables(plan.indicators, by_education=plan.by_education).items()
            ),
        ],
        questions=questions(plan.indicators, parameters.extract_end, by_education=plan.by_education)
        | about_quality
        | (flow_counting.questions() if plan.flows else {}),
    ), list(about_quality)


def _extract_end(database: Database, plan: _Plan) -> datetime:
    if "kontakter" in plan.tables:
        return coverage.extract_end(database)
    return coverage.NO_CONTACTS


def _described(plan: _Plan, reports: Sequence[Report], counted: _Counted) -> dict[str, Any]:
    """What the pack tells of each extract."""
    found: dict[str, Any] = {
        report.table: {"files": report.files, "rows": rounded(report.rows)}
        for report in reports
        if report.table
    }
    if "kontakter" in found:
        found["kontakter"]["until"] = counted.quality["extract_end"]
    return found


def is_invented(registers: Path) -> bool:
    """Whether the registers are marked as made up."""
    return (registers / INVENTED).is_file()


def _not_built() -> str:
    return _("Datapakken blev ikke bygget.")
