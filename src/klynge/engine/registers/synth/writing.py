"""Make invented registers and write them as Parquet, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from klynge.engine.registers.synth import (
    beds,
    care,
    diagnosing,
    education,
    hospital,
    laboratory,
    medicine,
    municipal,
    outpatients,
    primary,
    psychiatry,
)
from klynge.engine.registers.synth.bundling import as_bundles
from klynge.engine.registers.synth.contacts import Contacts, chained
from klynge.engine.registers.synth.days import DAY
from klynge.engine.registers.synth.people import People, Span
from klynge.engine.registers.synth.planting import Planted, thinned
from klynge.engine.registers.synth.population import populate
from klynge.engine.registers.synth.tables import SCHEMAS, Tables
from klynge.faults import WrongUse
from klynge.texts import _

BLOCK = 10_000  # persons made at a time; part of what makes the output what it is
GROUP = 200_000  # persons thought up at a time, so that a whole country takes no more memory
MARKER = "OPDIGTET.json"  # tells that a folder holds invented registers, and which
_BEDS = 2300  # a stream of its own, so that the persons of a seed stay as they are
Progress = Callable[[str, float], None]


def write(
    folder: Path,
    *,
    persons: int,
    years: range,
    seed: int,
    progress: Progress | None = None,
    workers: int = 2,
    planted: Planted | None = None,
    gateway: bool = False,
    ruks: bool = False,
    quarterly: bool = False,
    migrations: bool = False,
) -> Path:
    """Write invented registers to `folder` and return it.

    persons: residents on 31 December of the year before the first.
    years: calendar years in a row, e.g. range(2021, 2026).
    seed: the same seed gives the same bytes, whatever the number of workers.
    progress: called with what is being done and how much of it is, 0 to 1.
    workers: threads at a time.
    planted: an effect on acute stays, put in on purpose; see `planting`.
    gateway: deliver the municipal registers as KL Gateway's bundles; see `bundling`.
    ruks: deliver the register of chronic diseases (kronikere) too.
    quarterly: deliver the population each quarter instead of each year.
    migrations: deliver the register of moves into and out of the country (vnds) too.

    The folder appears when it is whole. An earlier folder of invented registers is replaced;
    any other folder with something in it is refused (WrongUse).
    """
    folder = Path(folder)
    _check(folder, persons, years)
    tell = progress or (lambda _what, _share: None)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            more = {"ruks": ruks, "quarterly": quarterly, "migrations": migrations}
            _make(beside, persons, years, seed, tell, workers, planted, **more)
            if gateway:
                tell(_("Pakker de kommunale registre som KL Gateway"), 0.95)
                as_bundles(beside, years, seed)
            _mark(beside, persons, years, seed)
            _move(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        words = _("Mappen {folder} kan ikke skrives: {why}.")
        why = error.strerror or type(error).__name__
        raise WrongUse(words.format(folder=folder, why=why)) from error
    tell(_("Registrene er skrevet"), 1.0)
    return folder


def make_block(
    people: People,
    span: Span,
    block: int,
    seed: np.random.SeedSequence,
    planted: Planted | None = None,
    *,
    ruks: bool = False,
    quarterly: bool = False,
    migrations: bool = False,
) -> Iterator[tuple[str, pa.Table]]:
    """The tables of one block of people, one after the other."""
    children = seed.spawn(25)
    for_education = children.pop()
    for_effect = children.pop(15)  # only for a planted effect
    for_referrals = children.pop()
    sources = iter(np.random.default_rng(child) for child in children)
    tables = Tables(people, span, block)
    yield "bef", tables.bef(quarterly=quarterly)
    yield "dod", tables.dod()
    if migrations:
        yield "vnds", tables.vnds()
    learned = education.completed(np.random.default_rng(for_education), people, span)
    yield "udda", tables.udda(*learned)
    if ruks:
        yield "kronikere", tables.kronikere()
    stays = hospital.admissions(next(sources), people, span)
    if planted is not None:
        stays = thinned(np.random.default_rng(for_effect), people, stays, span, planted)
    visits = outpatients.visits(next(sources), people, span)
    treated = psychiatry.spells(next(sources), people, span)
    admitted = psychiatry.admissions(next(sources), people, span, treated)
    ward = next(sources)
    contacts = Contacts.together(
        [
            chained(ward, stays),
            chained(ward, admitted, through_emergency=0.06),
            visits,
            outpatients.first_records(next(sources), people, span),
            psychiatry.visits(next(sources), people, span, treated),
        ]
    )
    contacts = contacts.rows(contacts.start < span.end * DAY)  # wards reached after the extract
    contacts.end = np.minimum(contacts.end, people.death_minute[contacts.person])
    referred = psychiatry.referrals(np.random.default_rng(for_referrals), contacts, treated)
    yield "kontakter", tables.kontakter(contacts, referred)
    found = diagnosing.diagnoses(next(sources), people, contacts)
    yield "diagnoser", tables.diagnoser(*found)
    fibrillation = diagnosing.first_day(people, contacts, found, "DI48")
    yield "sssy", tables.sssy(primary.claims(next(sources), people, span))
    yield "lmdb", tables.lmdb(medicine.dispensings(next(sources), people, span, fibrillation))
    homes = care.care_homes(next(sources), people, stays, span)
    yield "plejehjem", tables.plejehjem(homes)
    yield "aefv", tables.aefv(care.home_help(next(sources), people, stays, homes, span))
    yield "aehjsp", tables.aehjsp(*care.home_nursing(next(sources), people, stays, homes, span))
    plans = care.rehabilitation(next(sources), people, stays, visits, span)
    yield "genoptraeningsplaner", tables.genoptraeningsplaner(plans)
    yield "aetr", tables.aetr(*municipal.training(next(sources), people, stays, homes, span))
    yield "aerehab", tables.aerehab(*municipal.reablement(next(sources), people, homes, span))
    yield "aefb", tables.aefb(*municipal.visits(next(sources), people, span))
    yield "markoerer", tables.markoerer(*municipal.markers(next(sources), stays, admitted, span))
    offers = municipal.prevention(next(sources), people, span)
    yield "forebyggelsestilbud", tables.forebyggelsestilbud(*offers)
    yield "lab_dm_forsker", tables.lab_dm_forsker(*laboratory.results(next(sources), people, span))


def _make(
    folder: Path,
    persons: int,
    years: range,
    seed: int,
    tell: Progress,
    workers: int,
    planted: Planted | None,
    *,
    ruks: bool,
    quarterly: bool,
    migrations: bool,
) -> None:
    span = Span(years)
    whole, blocks = np.random.SeedSequence(seed).spawn(2)
    groups = max(1, round(persons / GROUP))
    seeds = whole.spawn(groups) if groups > 1 else [whole]
    asked_for = {"kronikere": ruks, "vnds": migrations}
    for name in SCHEMAS.keys() - {name for name, asked in asked_for.items() if not asked}:
        (folder / name).mkdir()
    _write_beds(folder, np.random.default_rng([seed, _BEDS]), span)
    first_block = 0
    for group in range(groups):
        if group == 0:
            tell(_("Finder på en befolkning"), 0.0)
        size = persons * (group + 1) // groups - persons * group // groups
        people = populate(np.random.default_rng(seeds[group]), size, span, group, groups)
        starts = range(0, len(people), BLOCK)
        tasks = [
            (folder, people.slice(start, start + BLOCK), span, first_block + at, own, planted)
            for at, (start, own) in enumerate(zip(starts, blocks.spawn(len(starts)), strict=True))
        ]
        first_block += len(tasks)
        more = {"ruks": ruks, "quarterly": quarterly, "migrations": migrations}
        one = partial(_write_block, **more)
        _write_blocks(one, tasks, workers, partial(_tell_share, tell, group, groups))


def _write_beds(folder: Path, source: np.random.Generator, span: Span) -> None:
    for name, table in beds.tables(source, span):
        _write_table(table, folder / name / "part-0000.parquet")


def _tell_share(tell: Progress, group: int, groups: int, share: float) -> None:
    tell(_("Skriver opdigtede registre"), 0.05 + 0.9 * (group + share) / groups)


def _write_blocks(
    one: Callable[..., None],
    tasks: list[tuple[Path, People, Span, int, np.random.SeedSequence, Planted | None]],
    workers: int,
    tell: Callable[[float], None],
) -> None:
    # Threads, not processes: numpy and Parquet let go of the interpreter for most of the work, and
    # fresh processes would ask every script that calls this for a guarded main module.
    with ThreadPoolExecutor(workers) as pool:
        try:
            waiting = [pool.submit(one, *task) for task in tasks]
            for done, finished in enumerate(as_completed(waiting), start=1):
                finished.result()
                tell(done / len(tasks))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _write_block(
    folder: Path,
    people: People,
    span: Span,
    block: int,
    seed: np.random.SeedSequence,
    planted: Planted | None,
    **more: bool,
) -> None:
    for name, table in make_block(people, span, block, seed, planted, **more):
        _write_table(table, folder / name / f"part-{block:04}.parquet")


def _write_table(table: pa.Table, file: Path) -> None:
    pq.write_table(
        table,
        file,
        compression="zstd",
        compression_level=3,
        row_group_size=250_000,
        store_schema=False,
    )


def _check(folder: Path, persons: int, years: range) -> None:
    if persons < 1:
        raise WrongUse(_("Antallet af personer skal være mindst 1."))
    if len(years) < 1 or years.step != 1 or years[0] < 1990 or years[-1] > 2035:
        raise WrongUse(_("Årene skal være en ubrudt række mellem 1990 og 2035, fx 2021-2025."))
    if folder.exists() and not _is_ours(folder):
        raise WrongUse(
            _("{folder} findes og indeholder andet end opdigtede registre; vælg en anden mappe.")
            .format(folder=folder.name)
        )  # fmt: skip


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and ((folder / MARKER).is_file() or not any(folder.iterdir()))


def _mark(folder: Path, persons: int, years: range, seed: int) -> None:
    about = {
        "invented": True,
        "note": "Opdigtede personer. Ingen oplysning her handler om et menneske.",
        "persons": persons,
        "years": [years[0], years[-1]],
        "seed": seed,
    }
    text = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
    (folder / MARKER).write_text(text, encoding="utf-8")


def _move(beside: Path, folder: Path) -> None:
    """Put the finished folder in place; the old one goes only when the new one stands."""
    beside.chmod(0o755)
    old = beside.with_name(beside.name + "-old")
    if folder.exists():
        folder.replace(old)
    beside.replace(folder)
    shutil.rmtree(old, ignore_errors=True)
