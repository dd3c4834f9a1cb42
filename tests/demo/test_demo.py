"""The demo as a whole: one command, from nothing to a workspace that answers."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from klynge import datapack
from klynge.cli import main
from klynge.demo.running import INDICATORS

pytestmark = pytest.mark.xdist_group("demo")


def demo(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run as a user does, in a process of its own: the demo brings its own Django settings."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "KLYNGE"))}
    command = [sys.executable, "-m", "klynge", "demo", "--no-serve", "--persons", "1000"]
    return subprocess.run(
        [*command, "--folder", str(folder), *words],
        env=environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    done = demo(folder)
    assert done.returncode == 0, done.stderr
    return folder / "1000-personer", done.stdout


def test_it_tells_each_step(made: tuple[Path, str]) -> None:
    assert all(f"[{step}/4]" in made[1] for step in (1, 2, 3, 4))


def test_its_pack_is_whole_and_has_the_indicators_chosen_for_it(made: tuple[Path, str]) -> None:
    pack = made[0] / "datapakke"

    assert datapack.verify(pack) == ()
    assert {each["code"] for each in datapack.read(pack).indicators} == set(INDICATORS)


def test_its_workspace_holds_the_pack_the_published_figures_and_the_bodies(
    made: tuple[Path, str],
) -> None:
    with sqlite3.connect(made[0] / "klynge.sqlite3") as database:
        counts = [
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("figures_pack", "figures_publishedsource", "bodies_bodyrecord")
        ]

    assert counts[:2] == [1, 1]
    assert counts[2] > 0


def test_a_second_run_uses_what_the_first_left(made: tuple[Path, str]) -> None:
    again = demo(made[0].parent)

    assert again.returncode == 0, again.stderr
    assert again.stdout.count("findes fra sidst") == 2


def test_too_few_persons_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--persons", "10", "--no-serve"]) == 2
    assert "mindst 1000" in capsys.readouterr().err
