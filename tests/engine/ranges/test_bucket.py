"""A bucket gives back what was put in it, or nothing."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from klynge.engine.ranges import bucket
from klynge.engine.ranges.bucket import Answer
from klynge.engine.ranges.running import Means, added

ANSWER = pa.table({"kommune": ["101", "730"], "n": pa.array([3, 4], pa.int64())})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    bucket.write(tmp_path / "one.bucket", {"people": Answer.of("key", ANSWER)})
    return tmp_path / "one.bucket"


def test_a_bucket_gives_back_what_was_put_in_it(path: Path) -> None:
    found = bucket.read(path)

    assert found["people"].key == "key"
    assert found["people"].table == ANSWER


@pytest.mark.parametrize("place", [0, 20, 60, -1])
def test_a_bucket_with_one_wrong_byte_is_empty(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)

    assert bucket.read(path) == {}


def test_a_bucket_that_was_cut_short_is_empty(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])

    assert bucket.read(path) == {}


def test_a_bucket_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert bucket.read(tmp_path / "none.bucket") == {}


def test_numbers_are_added_where_the_rest_is_alike() -> None:
    other = pa.table({"kommune": ["730", "751"], "n": pa.array([10, 20], pa.int64())})

    found = {row["kommune"]: row["n"] for row in added([ANSWER, other]).to_pylist()}
    assert found == {"101": 3, "730": 14, "751": 20}


def test_a_number_of_nothing_in_particular_is_added() -> None:
    one, two = (pa.table({"n": pa.array([n], pa.int64())}) for n in (3, 4))

    assert added([one, two]).to_pylist() == [{"n": 7}]


@pytest.mark.parametrize(
    ("memory", "each"), [("2GB", "760MB"), ("4GB", "1760MB"), ("500MB", "150MB")]
)
def test_the_memory_is_shared_among_the_processes(memory: str, each: str) -> None:
    assert Means(memory, 2).each(2) == each
