"""The demo as a whole: one command, from nothing to a workspace that answers."""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from klynge import datapack, ports
from klynge.cli import main
from klynge.demo.running import INDICATORS

pytestmark = pytest.mark.xdist_group("demo")


COMMAND = [sys.executable, "-m", "klynge", "demo", "--persons", "1000"]


def environment() -> dict[str, str]:
    """The demo brings its own Django settings."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO", "KLYNGE"))}


def demo(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run as a user does, in a process of its own."""
    return subprocess.run(
        [*COMMAND, "--no-serve", "--folder", str(folder), *words],
        env=environment(),
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


def test_a_taken_port_is_told_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    with socket.socket() as other:
        other.bind((ports.HERE, 0))
        other.listen()
        taken = str(other.getsockname()[1])

        code = main(["demo", "--persons", "1000", "--folder", str(folder), "--port", taken])

    assert code == 2
    assert f"Porten {taken} kan ikke bruges" in capsys.readouterr().err
    assert not folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="only there the demo becomes the server")
def test_who_stops_the_demo_stops_its_server(made: tuple[Path, str]) -> None:
    with socket.socket() as found:
        found.bind((ports.HERE, 0))
        port = found.getsockname()[1]
    command = [*COMMAND, "--folder", str(made[0].parent), "--port", str(port)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) as shown:
        try:
            assert _answers(port)
        finally:
            shown.terminate()

    ports.must_be_free(ports.HERE, port)


def _answers(port: int) -> bool:
    for _second in range(120):
        with contextlib.suppress(OSError), socket.create_connection((ports.HERE, port)):
            return True
        time.sleep(1)
    return False


def test_too_few_persons_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--persons", "10", "--no-serve"]) == 2
    assert "mindst 1000" in capsys.readouterr().err
