"""What is to be counted in every range, and by what each answer is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import duckdb
import pyarrow as pa

import klynge
from klynge.engine.ranges.orders import COPY, TABLE, Orders, Step, packed
from klynge.engine.spine import subset
from klynge.engine.spine.models import COPIES, REGISTER, Model, Parameters, readings_in
from klynge.engine.store import opening
from klynge.engine.store.pieces import Store
from klynge.engine.store.work import digest_of_text


def model_step(model: Model, parameters: Parameters) -> Step:
    """The step that makes a table or view of the spine."""
    kind = COPY if model.name in COPIES else model.kind
    return Step(model.name, kind, model.sql(parameters), model.readings)


def table_step(name: str, sql: str) -> Step:
    """The step that makes a table by a query."""
    return Step(name, TABLE, sql, readings_in(subset.parse(sql)))


@dataclass(frozen=True)
class Job:
    """small: tables given as they are, such as codelists. steps: tables to make, in order.

    questions: SQL by name. The whole numbers of 64 bits in an answer are added over the ranges,
    its other columns tell what they are numbers of.
    """

    small: Mapping[str, pa.Table]
    steps: Sequence[Step]
    questions: Mapping[str, str]

    @cached_property
    def orders(self) -> Orders:
        """What a worker is told of it."""
        reads = {name: readings_in(subset.parse(sql)) for name, sql in self.questions.items()}
        return Orders(self.small, self.steps, self.questions, reads)

    @cached_property
    def asked_of(self) -> Mapping[str, frozenset[str]]:
        """For each question every table it stands on, also through the steps."""
        return {name: self._below(tables) for name, tables in self.orders.reads.items()}

    @property
    def registers(self) -> tuple[str, ...]:
        """The registers it reads."""
        every = {name for tables in self.asked_of.values() for name in tables}
        every |= {name for step in self.steps for name in step.reads}
        return tuple(sorted(n.removeprefix(REGISTER) for n in every if n.startswith(REGISTER)))

    def keys(self, store: Store, number: int) -> dict[str, str]:
        """For each question the key of its answer in one range."""
        files = {register: _files_digest(store, register, number) for register in self.registers}

        def key(name: str) -> str:
            told = [klynge.__version__, duckdb.__version__, self.questions[name]]
            for table in sorted(self.asked_of[name]):
                register = table.removeprefix(REGISTER)
                told += [table, self._given.get(table) or files.get(register, "")]
            return digest_of_text(*told)

        return {name: key(name) for name in self.questions}

    @cached_property
    def _given(self) -> Mapping[str, str]:
        """What every table that is no register is made of."""
        small = {name: digest_of_text(packed(table)) for name, table in self.small.items()}
        return small | {step.name: step.sql for step in self.steps}

    def _below(self, tables: Sequence[str]) -> frozenset[str]:
        wanted = set(tables)
        for step in reversed(self.steps):
            if step.name in wanted:
                wanted.update(step.reads)
        return frozenset(wanted)


def _files_digest(store: Store, register: str, number: int) -> str:
    digests = sorted(
        digest
        for name in opening.read_for(store, register)
        for piece in store.of(name)
        for _n, digest in piece.ranges.get(number, ())
    )
    return digest_of_text(*opening.columns_of(store, register), *digests)
