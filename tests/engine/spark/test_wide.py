"""The same on more people, as a build counts: Spark's own settings, several pieces, two cores."""

from __future__ import annotations

from pathlib import Path

import pytest

from klynge.engine.backends.spark import check_installed
from klynge.engine.ranges.running import Means, count_ranges
from klynge.engine.ranges.whole import count_whole
from klynge.faults import WrongUse
from tests.engine.spark.conftest import end_java
from tests.engine.spark.jobs import nasty_world
from tests.engine.spark.test_conformance import difference

MEANS = Means("2GB", 2)


@pytest.mark.slow
def test_every_answer_about_a_thousand_people_is_the_same(tmp_path: Path) -> None:
    try:
        check_installed()
    except WrongUse as reason:
        pytest.skip(f"no Spark on this machine: {reason}")
    end_java()  # A Java of other tests has been told to compile nothing.
    with nasty_world(tmp_path, 1000) as world:
        expected = count_ranges(world.store, world.job, MEANS, lambda _line: None)
        found = count_whole(world.store, world.job, MEANS, lambda _line: None)
    end_java()

    assert found.keys() == expected.keys()
    assert {
        name: told for name, table in expected.items() if (told := difference(table, found[name]))
    } == {}
    assert {name: table.schema for name, table in found.items()} == {
        name: table.schema for name, table in expected.items()
    }
