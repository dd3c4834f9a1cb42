"""A bucket: the answers of one person range in one file, known by digest from damage.

Each answer stands under its question's name, with a key that says what it was an answer to: the
words of the question and of all it stands on, and the files it was counted from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from klynge.engine.store.work import write_bytes

_MARK = b"klynge bucket 1\n"
_SCHEMA = pa.schema([("name", pa.string()), ("key", pa.string()), ("answer", pa.large_binary())])
_COMPRESSED = pa.ipc.IpcWriteOptions(compression="zstd")


@dataclass(frozen=True)
class Answer:
    """What a question came to in a range. `packed` is its table in Arrow's stream format."""

    key: str
    packed: bytes

    @classmethod
    def of(cls, key: str, table: pa.Table) -> Answer:
        return cls(key, _packed(table))

    @property
    def table(self) -> pa.Table:
        return pa.ipc.open_stream(self.packed).read_all()


def write(path: Path, answers: Mapping[str, Answer]) -> None:
    """Write a bucket whole or not at all."""
    rows = pa.table(
        [
            pa.array(answers.keys(), pa.string()),
            pa.array([answer.key for answer in answers.values()], pa.string()),
            pa.array([answer.packed for answer in answers.values()], pa.large_binary()),
        ],
        schema=_SCHEMA,
    )
    content = _packed(rows)
    write_bytes(path, _MARK + hashlib.sha256(content).digest() + content)


def read(path: Path) -> dict[str, Answer]:
    """The answers in a bucket; none when it is not there, or is not as it was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return {}
    head, rest = content[: len(_MARK)], content[len(_MARK) :]
    digest, body = rest[:32], rest[32:]
    if head != _MARK or hashlib.sha256(body).digest() != digest:
        return {}
    rows = pa.ipc.open_stream(body).read_all().to_pylist()
    return {row["name"]: Answer(row["key"], row["answer"]) for row in rows}


def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=_COMPRESSED) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()
