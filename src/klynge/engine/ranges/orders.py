"""What a worker is told: tables to make and questions to ask, in SQL and nothing else.

Plain data with few imports: a worker is started for seconds of work.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

TABLE, VIEW, COPY = "TABLE", "VIEW", "COPY"
"""What a step makes. A copy is a table when it is read at several places, and else a view."""


@dataclass(frozen=True, slots=True)
class Step:
    """A table or view to be made before the questions are asked. kind: TABLE, VIEW or COPY. reads:
    the tables it names, each as often as it does."""

    name: str
    kind: str
    sql: str
    reads: tuple[str, ...]


@dataclass(frozen=True)
class Orders:
    """small: tables given as they are, such as codelists. steps: tables to make, in order.

    questions: SQL by name. reads: the tables each question names, each as often as it does.
    """

    small: Mapping[str, pa.Table]
    steps: Sequence[Step]
    questions: Mapping[str, str]
    reads: Mapping[str, Sequence[str]]

    def needed(self, names: Iterable[str]) -> list[Step]:
        """The steps that some questions stand on, in order, each a table or a view."""
        read = Counter(table for name in names for table in self.reads[name])
        found = []
        for step in reversed(self.steps):
            if times := read[step.name]:
                kind = (VIEW if times == 1 else TABLE) if step.kind == COPY else step.kind
                # What a view reads is read each time the view is.
                read.update([*step.reads] * (times if kind == VIEW else 1))
                found.append(replace(step, kind=kind))
        return found[::-1]

    def told(self) -> dict[str, Any]:
        """The orders in words that JSON knows."""
        return {
            "small": {name: packed(table) for name, table in self.small.items()},
            "steps": [[s.name, s.kind, s.sql, s.reads] for s in self.steps],
            "questions": dict(self.questions),
            "reads": {name: list(tables) for name, tables in self.reads.items()},
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Orders:
        """The orders that were told."""
        return cls(
            {name: _unpacked(text) for name, text in told["small"].items()},
            [Step(name, kind, sql, tuple(reads)) for name, kind, sql, reads in told["steps"]],
            told["questions"],
            told["reads"],
        )


def packed(table: pa.Table) -> str:
    """A small table as text."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table.combine_chunks())
    return base64.b64encode(sink.getvalue().to_pybytes()).decode()


def _unpacked(text: str) -> pa.Table:
    return pa.ipc.open_stream(base64.b64decode(text)).read_all()
