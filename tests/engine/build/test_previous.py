"""Earlier packs given to the build: what is refused, what is asked for, and what the pack says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from klynge.datapack import Pack, read
from klynge.engine.build import build
from klynge.engine.previous import not_given, read_previous
from klynge.engine.registers.synth import write
from klynge.faults import BadInput

MARCH, JUNE = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 6, 1, 12, tzinfo=UTC)
SOME = ["pop_folketal", "psyk_patienter"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registers, a pack of March, and one of June that was built beside it."""
    folder = tmp_path_factory.mktemp("editions")
    write(folder / "registers", persons=3_000, years=range(2024, 2025), seed=1)
    a_pack(folder, "march", MARCH, SOME)
    a_pack(folder, "june", JUNE, [*SOME, "plejehjem"], "march")
    return folder


def a_pack(folder: Path, name: str, created: datetime, codes: list[str], *previous: str) -> Pack:
    build(
        folder / "registers",
        folder / name,
        years=[2024],
        indicators=codes,
        created=created,
        previous=[folder / each for each in previous],
    )
    return read(folder / name)


def test_the_new_pack_names_the_editions_it_was_made_beside(folder: Path) -> None:
    march, june = read(folder / "march"), read(folder / "june")

    assert march.earlier == ()
    (one,) = june.earlier
    assert one == {"edition": march.edition, "created": "2026-03-01T12:00:00+00:00",
                   "years": [2024]}  # fmt: skip
    assert june.quality["disclosure"]["earlier"] == [one]


def test_the_same_registers_give_the_same_figures_again(folder: Path) -> None:
    march, june = read(folder / "march").figures, read(folder / "june").figures

    assert june.filter(pc.is_in(june["indicator"], pa.array(SOME))) == march


def test_a_pack_that_the_new_one_would_replace_is_refused(folder: Path) -> None:
    with pytest.raises(BadInput, match="to forskellige mapper"):
        read_previous([folder / "march"], folder / "march")


def test_every_fault_of_every_earlier_pack_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read_previous([tmp_path / "none", tmp_path / "nor"], tmp_path / "out")

    assert [fault.where.split(":")[0] for fault in refused.value.faults] == [
        str(tmp_path / "none"), str(tmp_path / "nor"),
    ]  # fmt: skip


def test_the_editions_that_an_edition_was_made_beside_are_asked_for(folder: Path) -> None:
    with pytest.raises(BadInput, match=r"fra 2026-03-01, som ikke er givet"):
        read_previous([folder / "june"], folder / "out")

    both = read_previous([folder / "june", folder / "march"], folder / "out")
    assert [pack.created for pack in both] == [MARCH, JUNE]


def test_a_pack_of_the_same_years_that_was_not_given_is_told(folder: Path) -> None:
    march = read(folder / "march")

    told = not_given(folder / "march", [2023, 2024], [])
    assert [line.split()[1] for line in told] == ["june", "march"]
    assert all("--previous" in line for line in told)
    assert len(not_given(folder / "new", [2024], [march])) == 1
    assert not_given(folder / "new", [2022], []) == []
