"""Counts everybody at once by Spark: the same job as the ranges', the same answers.

Spark deals the rows out itself, so the store is read whole. Each answer is kept in a bucket of its
own as soon as it is there: a build that was stopped asks only for the rest.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from klynge.engine.backends.spark import Spark
from klynge.engine.ranges import bucket
from klynge.engine.ranges.bucket import Answer
from klynge.engine.ranges.countdown import Countdown, Progress
from klynge.engine.ranges.job import Job
from klynge.engine.ranges.orders import VIEW
from klynge.engine.ranges.running import Means
from klynge.engine.ranges.worker import count_range
from klynge.engine.store import opening
from klynge.engine.store.pieces import Store
from klynge.engine.store.work import digest_of_text
from klynge.texts import _

NOBODY = -1
"""The number of a range that nobody is in."""

ROWS_A_PIECE = 2_000_000
MOST_PIECES = 1_000
BESIDE = 300 * 10**6
"""What this process and Java hold beside Java's heap."""


def count_whole(store: Store, job: Job, means: Means, tell: Progress) -> dict[str, pa.Table]:
    """The answer to every question of the job, over everybody in the store, counted by Spark."""
    kinds = answer_kinds(store, job, means)
    keys = _keys(store, job)
    paths = {name: store.work.counts / f"spark-{digest_of_text(name)[:16]}.bucket" for name in keys}
    missing = [name for name in keys if not _is_kept(paths[name], name, keys[name])]
    if missing:
        scratch = store.work.unfinished / "spark"
        scratch.mkdir(exist_ok=True)
        with Spark(
            memory=_heap(means), cores=means.cores, folder=scratch, pieces=_pieces(store, means)
        ) as spark:
            progress = Countdown(tell, len(missing))
            tell(_("  Spark laver de tabeller, der tælles i ..."))
            make_ready(spark, store, job, missing)
            for name in missing:
                answer = spark.arrow(job.questions[name], kinds[name], doing=name)
                bucket.write(paths[name], {name: Answer.of(keys[name], answer)})
                progress.one_more()
        shutil.rmtree(scratch, ignore_errors=True)
    return {name: bucket.read(paths[name])[name].table for name in keys}


def answer_kinds(store: Store, job: Job, means: Means) -> dict[str, pa.Schema]:
    """The columns of each answer and what they hold, as DuckDB says of a range without anybody.

    The engines count alike, but call a number of a year an INT or a BIGINT as they please.
    """
    path = store.work.counts / "nobody.bucket"
    count_range(
        job.orders,
        views=_views(store, job, NOBODY),
        keys=job.keys(store, NOBODY),
        path=path,
        folder=store.work.folder,
        memory=means.memory,
        threads=1,
    )
    return {name: answer.table.schema for name, answer in bucket.read(path).items()}


def make_ready(
    spark: Spark,
    store: Store,
    job: Job,
    questions: Sequence[str],
) -> None:
    """Make what the questions stand on."""
    for name, table in job.small.items():
        spark.register(name, table)
    for name, sql in _views(store, job, None).items():
        spark.view(f"reg_{name}", sql, doing=name)
    for step in job.orders.needed(questions):
        if step.kind == VIEW:
            spark.view(step.name, step.sql)
        else:
            spark.table(step.name, step.sql)


def _views(store: Store, job: Job, number: int | None) -> dict[str, str]:
    return {name: opening.view(store, name, number) for name in job.registers}


def _keys(store: Store, job: Job) -> dict[str, str]:
    """For each question the key of its answer over all ranges."""
    import pyspark

    each = [job.keys(store, number) for number in store.ranges(job.registers)]
    return {
        name: digest_of_text("spark", pyspark.__version__, *(keys[name] for keys in each))
        for name in job.questions
    }


def _is_kept(path: Path, name: str, key: str) -> bool:
    answer = bucket.read(path).get(name)
    return answer is not None and answer.key == key


def _heap(means: Means) -> int:
    """Megabytes for Java's heap: Java takes some beside it, and so does this process."""
    return int(0.85 * (means.bytes - BESIDE) / 10**6)


def _pieces(store: Store, means: Means) -> int:
    rows = max(
        (sum(p.rows for p in store.of(t)) for t in {p.table for p in store.pieces}), default=0
    )
    return min(max(2 * means.cores, rows // ROWS_A_PIECE), MOST_PIECES)
