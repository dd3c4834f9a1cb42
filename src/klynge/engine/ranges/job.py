"""What is to be counted in every range: tables to make, questions to ask, in SQL and nothing else.

A job is plain data, so that it can be told to another process.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb
import pyarrow as pa

import klynge
from klynge.engine.spine import subset
from klynge.engine.spine.models import REGISTER, tables_in
from klynge.engine.store import opening
from klynge.engine.store.pieces import Store
from klynge.engine.store.work import digest_of_text


@dataclass(frozen=True, slots=True)
class Step:
    """A table or view to be made before the questions are asked. `reads`: the tables it names."""

    name: str
    kind: str
    sql: str
    reads: frozenset[str]

    @classmethod
    def of(cls, name: str, sql: str) -> Step:
        """The step that makes a table by a query."""
        return cls(name, "TABLE", sql, tables_in(subset.parse(sql)))


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
    def asked_of(self) -> Mapping[str, frozenset[str]]:
        """For each question every table it stands on, also through the steps."""
        return {name: self._below(tables_in(subset.parse(q))) for name, q in self.questions.items()}

    @property
    def registers(self) -> tuple[str, ...]:
        """The registers it reads."""
        every = frozenset().union(*self.asked_of.values(), *(step.reads for step in self.steps))
        return tuple(sorted(n.removeprefix(REGISTER) for n in every if n.startswith(REGISTER)))

    def keys(self, store: Store, number: int) -> dict[str, str]:
        """For each question the key of its answer in one range."""
        files = {register: _files_digest(store, register, number) for register in self.registers}
        made = {step.name: step.sql for step in self.steps}
        small = {name: digest_of_text(_packed(table)) for name, table in self.small.items()}

        def key(name: str) -> str:
            told = [klynge.__version__, duckdb.__version__, self.questions[name]]
            for table in sorted(self.asked_of[name]):
                register = table.removeprefix(REGISTER)
                told += [table, made.get(table) or small.get(table) or files.get(register, "")]
            return digest_of_text(*told)

        return {name: key(name) for name in self.questions}

    def told(self) -> dict[str, Any]:
        """The job in words that JSON knows."""
        return {
            "small": {name: _packed(table) for name, table in self.small.items()},
            "steps": [[s.name, s.kind, s.sql, sorted(s.reads)] for s in self.steps],
            "questions": dict(self.questions),
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Job:
        """The job that was told."""
        return cls(
            {name: _unpacked(text) for name, text in told["small"].items()},
            [Step(name, kind, sql, frozenset(reads)) for name, kind, sql, reads in told["steps"]],
            told["questions"],
        )

    def needed(self, names: Iterable[str]) -> list[Step]:
        """The steps that some questions stand on, in order."""
        wanted = frozenset().union(*(self.asked_of[name] for name in names))
        return [step for step in self.steps if step.name in wanted]

    def _below(self, tables: frozenset[str]) -> frozenset[str]:
        wanted = set(tables)
        for step in reversed(self.steps):
            if step.name in wanted:
                wanted |= step.reads
        return frozenset(wanted)


def _files_digest(store: Store, register: str, number: int) -> str:
    digests = sorted(
        digest
        for name in opening.read_for(store, register)
        for piece in store.of(name)
        for _n, digest in piece.ranges.get(number, ())
    )
    return digest_of_text(*opening.columns_of(store, register), *digests)


def _packed(table: pa.Table) -> str:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    return base64.b64encode(sink.getvalue().to_pybytes()).decode()


def _unpacked(text: str) -> pa.Table:
    return pa.ipc.open_stream(base64.b64decode(text)).read_all()
