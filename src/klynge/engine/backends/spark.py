"""The engine for what one machine has outgrown: Apache Spark, from the same SQL.

Every query is written once, in DuckDB's words and in the checked subset of `spine/subset.py`;
SQLGlot says it in Spark's. Spark reads the files of the prepared store; tables it makes on the way
lie as Parquet in a folder given to it, and what does not fit in memory does too.

Spark writes the values it chokes on into its errors and its log. So nothing that its Java process
prints goes anywhere, its log is off, and an error leaves this file as `SparkStopped` with the kind
of error and what was being done, and nothing else.

    with Spark(memory="4GB", cores=2, folder=scratch) as spark:
        spark.view("reg_bef", "SELECT pnr, kom FROM read_parquet(['...'])", doing="bef")
        table = spark.arrow("SELECT kom, count(*) AS persons FROM reg_bef GROUP BY kom")
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import pyarrow as pa
from sqlglot import exp

from klynge.engine.spine import subset
from klynge.faults import EngineStopped, WrongUse
from klynge.texts import _

LEAST_JAVA = 17
LEAST_HEAP = 600
"""Megabytes: Spark refuses to start with less than 472 MB, and needs some to work in."""

_SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""Set by spark-submit, which has started Java and chosen the cluster by then."""

Result = TypeVar("Result")


class SparkStopped(EngineStopped):
    """Spark stopped. `kind` is the class of its error, `doing` what it was asked to do."""

    def __init__(self, doing: str, kind: str, hint: str = "") -> None:
        self.doing = doing
        self.kind = kind
        text = _("Spark stoppede under: {doing} ({kind}).").format(doing=doing, kind=kind)
        super().__init__(" ".join(filter(None, (text, hint))))


def check_installed() -> None:
    """Raise `WrongUse` with what to install when PySpark or Java is not there."""
    try:
        import pyspark  # noqa: F401
    except ModuleNotFoundError:
        words = _("--engine spark kræver PySpark. Installér: pip install 'klynge[spark]'")
        raise WrongUse(words) from None
    if os.environ.get("SPARK_REMOTE"):
        raise WrongUse(
            _(
                "SPARK_REMOTE (Spark Connect) kan ikke bruges. Fjern variablen, eller start"
                " kommandoen med spark-submit på klyngen."
            )
        )
    if _SUBMITTED not in os.environ and _java_version() < LEAST_JAVA:
        raise WrongUse(
            _(
                "--engine spark kræver Java {version} eller nyere. Installér fx Debians"
                " default-jre-headless, eller sæt JAVA_HOME til mappen med Java."
            ).format(version=LEAST_JAVA)
        )


class Spark:
    """A Spark session, on this machine unless spark-submit has chosen a cluster.

    memory: what it may hold in megabytes. cores: how many it uses. folder: where it may write
    rows of registers while it works; readable by every machine of a cluster.
    pieces: how many pieces rows are dealt into where they must be dealt out anew.

    Raises `WrongUse` when it is not installed or has too little memory, else `SparkStopped`.
    """

    def __init__(self, *, memory: int, cores: int, folder: Path, pieces: int) -> None:
        check_installed()
        if memory < LEAST_HEAP:
            raise WrongUse(_("Spark skal have mere hukommelse: giv mindst 1GB med --memory."))
        if "," in str(folder):
            words = _("Spark kan ikke arbejde i en mappe med komma i navnet: vælg en anden.")
            raise WrongUse(words)
        self._folder = folder
        self._files: dict[tuple[str, ...], str] = {}
        settings = _settings(folder, pieces) | _settings_here(memory, cores, folder)
        self._session = self._do(lambda: _started(settings), doing=_("start af Spark"))

    def __enter__(self) -> Spark:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the session. What it wrote goes with the folder."""
        # Java may be gone already; then there is nothing to end.
        with suppress(Exception):
            self._session.stop()

    def view(self, name: str, sql: str, *, doing: str = "") -> None:
        """Make the query, in DuckDB's words, readable as `name`. Computed each time it is read."""
        text = self._rendered(sql, doing or name)
        self._do(lambda: self._session.sql(text).createOrReplaceTempView(name), doing=doing or name)

    def table(self, name: str, sql: str, *, doing: str = "") -> None:
        """The same, computed now and kept."""
        text = self._rendered(sql, doing or name)
        place = str(self._folder / "tables" / name)

        def make() -> None:
            self._session.sql(text).write.mode("overwrite").parquet(place)
            self._read([place]).createOrReplaceTempView(name)

        self._do(make, doing=doing or name)

    def register(self, name: str, table: pa.Table) -> None:
        """Make a small Arrow table readable as `name`."""
        self._do(
            lambda: self._session.createDataFrame(table).createOrReplaceTempView(name), doing=name
        )

    def arrow(self, sql: str, kinds: pa.Schema | None = None, *, doing: str = "") -> pa.Table:
        """The answer of a query, in DuckDB's words, as an Arrow table.

        kinds: what its columns are called and hold; as Spark has it when None.
        """
        text = self._rendered(sql, doing)

        def ask() -> pa.Table:
            answer = self._session.sql(text).toArrow()
            return answer if kinds is None else answer.rename_columns(kinds.names).cast(kinds)

        return self._do(ask, doing=doing)

    def _rendered(self, sql: str, doing: str) -> str:
        """The query in Spark's words, with the files it reads as views."""
        tree = subset.parse(sql)
        for reading in list(tree.find_all(exp.ReadParquet)):
            files = tuple(one.name for one in reading.expressions[0].expressions)
            if files not in self._files:
                name = f"files_{len(self._files)}"
                self._do(
                    lambda files=files, name=name: self._read(files).createOrReplaceTempView(name),
                    doing=doing,
                )
                self._files[files] = name
            (reading.parent if isinstance(reading.parent, exp.Table) else reading).replace(
                exp.to_table(self._files[files])
            )
        return in_sparks_words(tree)

    def _read(self, files: Any) -> Any:
        # Looked up one by one: a name of a folder that looks like a column of it is no column.
        reader = self._session.read.option("recursiveFileLookup", True)
        return reader.parquet(*(_told_to_hadoop(file) for file in files))

    def _do(self, work: Callable[[], Result], *, doing: str) -> Result:
        try:
            with _nothing_logged():
                return work()
        except Exception as error:
            kind, hint = _kind(error), _hint(error)
        # Raised outside the except block, so that not even __context__ holds Spark's words.
        raise SparkStopped(doing, kind, hint) from None


def in_sparks_words(tree: exp.Expr) -> str:
    """A query of the subset for Spark."""
    return tree.sql(dialect="spark", comments=False)


def _settings(folder: Path, pieces: int) -> dict[str, str]:
    return {
        "spark.app.name": "klynge",
        # A time of a register is Danish wall-clock time and has no zone; none may be put to it.
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
        # What overflows or is no number stops the build, as it does in DuckDB.
        "spark.sql.ansi.enabled": "true",
        "spark.sql.shuffle.partitions": str(pieces),
        # Spark 4.3 loses its way (NoSuchElementException) in what must be true of rows of a union
        # that ask whether others exist; and finding it out costs more than it spares here.
        "spark.sql.constraintPropagation.enabled": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        # No page of queries, no bar over our lines, no file of what was done.
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.eventLog.enabled": "false",
    }


def _settings_here(memory: int, cores: int, folder: Path) -> dict[str, str]:
    """What is ours to choose when Spark is started on this machine."""
    if _SUBMITTED in os.environ:
        return {}
    quiet = Path(__file__).with_name("spark-log4j2.properties").resolve()
    return {
        "spark.master": f"local[{cores}]",
        "spark.driver.memory": f"{memory}m",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={quiet.as_uri()}",
        "spark.local.dir": str(folder / "spilled"),
        # Nobody on the network is to talk to it.
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "localhost",
    }


def _started(settings: dict[str, str]) -> Any:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    for name, value in settings.items():
        builder = builder.config(name, value)
    with _nothing_printed():
        session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


@contextmanager
def _nothing_printed() -> Iterator[None]:
    """Java inherits where we print to, and keeps it: let that be nowhere."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        yield
    finally:
        for number, before in enumerate(kept, start=1):
            os.dup2(before, number)
            os.close(before)
        os.close(nowhere)


@contextmanager
def _nothing_logged() -> Iterator[None]:
    """PySpark and py4j write what they raise to logs too, the query and its values with it."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def _java_version() -> int:
    """The major version of the Java that Spark will use; 0 when there is none."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if java is None:
        return 0
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return 0
    # Before 9 the version is told as 1.8.
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    return int(found[1]) if found else 0


def _told_to_hadoop(path: str) -> str:
    """A path in which no letter stands for others."""
    return re.sub(r"([\\*?\[\]{}^])", r"\\\1", path)


def _kind(error: Exception) -> str:
    """The kind of an error: Spark's own name of it, such as DIVIDE_BY_ZERO, or its class."""
    with suppress(Exception):
        if condition := error.getCondition():  # type: ignore[attr-defined]
            return str(condition)
    return type(error).__name__


def _hint(error: Exception) -> str:
    if "OutOfMemoryError" in str(error):
        return _("Hukommelsen slap op: giv mere med --memory, eller tag færre år ad gangen.")
    if "No space left" in str(error):
        return _("Disken er fuld.")
    return ""
