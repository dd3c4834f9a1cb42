"""The spine's models: the numbered SQL files, in order, with what each reads.

A model is one query. `needed_for` finds the models an indicator needs and the registers they read,
so that a build asks for no register it does not use.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from sqlglot import exp

from klynge.engine.registers import catalogue
from klynge.engine.spine import subset

FOLDER = Path(__file__).parent
AS_SUPPLIED = FOLDER / "as_supplied"
"""Models of chronic diseases as the register RUKS tells them, in place of the local ones."""

Basis = Literal["local", "register", "both"]
"""What tells who has a chronic disease: our rules, the register RUKS, or each some diseases."""

REGISTER = "reg_"

# Codes as the files keep them, each word once, are faster to look through than a copy would be.
VIEWS = ("dispensings", "diagnoses", "rehabilitation_plans")

# A row each of a large register: worth keeping only for several who read it.
COPIES = ("contacts", "gp_weeks")

MAX_GAP_HOURS = 4
ADMISSION_MIN_HOURS = 12


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the models are told.

    extract_end: the first moment that the extract of hospital contacts does not cover.
    max_gap_hours: contacts at most so far apart are one stay. The sources say 4; others use 6 to
        12 (`docs/reference/spine.md`).
    admission_min_hours: a stay at least so long is an admission.
    """

    extract_end: datetime
    max_gap_hours: int = MAX_GAP_HOURS
    admission_min_hours: int = ADMISSION_MIN_HOURS


@dataclass(frozen=True, slots=True)
class Model:
    """One table or view of the spine. `readings`: the tables its query names, each as often as it
    does."""

    name: str
    query: exp.Expr
    readings: tuple[str, ...]

    @property
    def reads(self) -> frozenset[str]:
        """The tables its query names."""
        return frozenset(self.readings)

    @property
    def is_view(self) -> bool:
        """Whether it is computed when read instead of kept."""
        return self.name.endswith("_rows") or self.name in VIEWS

    @property
    def kind(self) -> str:
        """What it is made as."""
        return "VIEW" if self.is_view else "TABLE"

    def sql(self, parameters: Parameters, dialect: str = subset.DUCKDB) -> str:
        """The query in `dialect`, with the parameters filled in."""
        filled = exp.replace_placeholders(
            self.query.copy(),
            extract_end=exp.Literal.string(parameters.extract_end.isoformat(sep=" ")),
            max_gap_hours=exp.Literal.string(str(parameters.max_gap_hours)),
            admission_min_hours=exp.Literal.string(str(parameters.admission_min_hours)),
        )
        return filled.sql(dialect=dialect, pretty=True, comments=False)


@cache
def models() -> tuple[Model, ...]:
    """Every model, in the order they are made."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("[0-9][0-9]_*.sql")))


@cache
def models_with(basis: Basis) -> tuple[Model, ...]:
    """Every model, with onsets from `basis`."""
    if basis == "local":
        return models()
    return tuple(new for model in models() for new in _with_onsets(model, basis))


def needed_for(tables: Iterable[str], basis: Basis = "local") -> tuple[Model, ...]:
    """The models that make `tables`, and those these stand on, in the order they are made."""
    wanted = set(tables)
    every = models_with(basis)
    for model in reversed(every):
        if model.name in wanted:
            wanted |= model.reads
    return tuple(model for model in every if model.name in wanted)


def registers_of(needed: Iterable[Model]) -> tuple[str, ...]:
    """The registers that `needed` read, by their canonical names, with their parents."""
    named = {name for model in needed for name in model.reads if name.startswith(REGISTER)}
    names = {name.removeprefix(REGISTER) for name in named}
    parents = (catalogue.table(name).parent for name in names)
    return tuple(sorted(names | {parent.table for parent in parents if parent}))


def columns_of(register: str) -> frozenset[str]:
    """The columns of a register that some model may read: every name in a query that reads it."""
    every = (*models(), *models_with("both"))
    reading = [model for model in every if REGISTER + register in model.reads]
    return frozenset(
        column.name for model in reading for column in model.query.find_all(exp.Column)
    )


def tables_in(query: exp.Expr) -> frozenset[str]:
    """The tables a query names, without its own."""
    return frozenset(readings_in(query))


def readings_in(query: exp.Expr) -> tuple[str, ...]:
    """The same, each as often as it is named."""
    own = {part.alias for part in query.find_all(exp.CTE)}
    return tuple(table.name for table in query.find_all(exp.Table) if table.name not in own)


def _with_onsets(model: Model, basis: Basis) -> tuple[Model, ...]:
    """The model, or what stands for the local onsets when a register tells them."""
    if model.name != "onsets":
        return (model,)
    rows, onsets = _read(AS_SUPPLIED / "79_ruks_rows.sql"), _read(AS_SUPPLIED / "80_onsets.sql")
    if basis == "register":
        return rows, onsets
    local = Model("local_onsets", model.query, model.readings)
    rest = _read(AS_SUPPLIED / "80_other_onsets.sql")
    together = exp.union(onsets.query.copy(), rest.query.copy(), distinct=False)
    return local, rows, Model("onsets", together, readings_in(together))


def _read(path: Path) -> Model:
    query = subset.parse(path.read_text(encoding="utf-8"))
    return Model(path.stem.partition("_")[2], query, readings_in(query))
