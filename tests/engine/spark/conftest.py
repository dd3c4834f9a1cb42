"""One Java for all tests of Spark: they run on one worker, and skip where there is no Java."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from klynge.engine.backends.spark import check_installed
from klynge.faults import WrongUse

# Rows are few: compiling every query would take most of the time.
SETTINGS = """
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.sql.adaptive.enabled false
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("spark"))


@pytest.fixture(scope="session")
def java(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A Java that starts fast, ended when the tests are."""
    try:
        check_installed()
    except WrongUse as reason:
        pytest.skip(f"no Spark on this machine: {reason}")
    settings = tmp_path_factory.mktemp("spark-settings")
    (settings / "spark-defaults.conf").write_text(SETTINGS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(settings))
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield
    end_java()


def end_java() -> None:
    """End the Java of this process, so that the next Spark starts its own."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    if gateway is not None:
        SparkContext._gateway = SparkContext._jvm = None
        gateway.proc.kill()
        gateway.proc.communicate(timeout=60)
