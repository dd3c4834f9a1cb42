"""A build that is stopped, at any moment and in any way, leaves no half pack and can go on."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from klynge import datapack
from klynge.engine.registers import synth

INDICATORS = ("plejehjem", "psyk_indl")

# As the command, but with ranges so narrow that there are several of them.
PROGRAM = """
import sys
from klynge.engine.store import vault
vault.FEWEST = 300
from klynge.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resuming") / "registers"
    return synth.write(folder, persons=2000, years=range(2023, 2026), seed=5)


class Build:
    """One build in a process of its own."""

    def __init__(self, registers: Path, out: Path) -> None:
        self.out, self.work = out, out.parent / "work"
        words = ["datapack", "build", "--registers", str(registers), "--out", str(out)]
        words += ["--work", str(self.work), "--memory", "1GB", "--years", "2024"]
        for code in INDICATORS:
            words += ["--indicator", code]
        self._words = [sys.executable, "-c", PROGRAM, *words]

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._words,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "KLYNGE_LANGUAGE": "da"},
        )

    def run(self) -> str:
        """Build to the end; what was told."""
        process = self.start()
        _out, told = process.communicate(timeout=300)
        assert process.returncode == 0, told.decode()
        return told.decode()

    def kill_after(self, seconds: float) -> bool:
        """Start, and kill -9 after so long; whether it was still running."""
        process = self.start()
        time.sleep(seconds)
        was_running = process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return was_running

    def figures(self) -> str:
        return hashlib.sha256((self.out / "figures.parquet").read_bytes()).hexdigest()

    def is_whole_or_not_there(self) -> bool:
        return not self.out.exists() or datapack.verify(self.out) == ()


@pytest.fixture(scope="module")
def unbroken(registers: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, float]:
    """The figures of a build that nobody stopped, and how long it took."""
    build = Build(registers, tmp_path_factory.mktemp("unbroken") / "pack")
    began = time.monotonic()
    told = build.run()
    assert "del 4 af" in told, "there must be several ranges"
    return build.figures(), time.monotonic() - began


def _kill_at(
    moments: list[float], registers: Path, folder: Path, unbroken: tuple[str, float]
) -> int:
    """Kill at those moments, then build to the end; how many times it was still running."""
    figures, length = unbroken
    build = Build(registers, folder / "pack")
    stopped = 0
    for moment in moments:
        stopped += build.kill_after(moment * length)
        assert build.is_whole_or_not_there()
    build.run()
    assert build.figures() == figures
    return stopped


@pytest.mark.xdist_group("resuming")
def test_three_kills_leave_no_half_pack_and_the_same_figures(
    registers: Path, tmp_path: Path, unbroken: tuple[str, float]
) -> None:
    stopped = _kill_at([0.3, 0.5, 0.7], registers, tmp_path, unbroken)
    assert stopped, "no build was stopped; the test says nothing"


@pytest.mark.slow
def test_a_kill_at_20_random_moments_leaves_no_half_pack_and_the_same_figures(
    registers: Path, tmp_path: Path, unbroken: tuple[str, float]
) -> None:
    chance = random.Random(20)
    stopped = 0
    for at in range(20):
        folder = tmp_path / str(at)
        folder.mkdir()
        stopped += _kill_at([chance.uniform(0.05, 0.95)], registers, folder, unbroken)
    # The length of a build is that of another one, so a late moment may come after the end.
    assert stopped >= 15, "too few builds were stopped; the test says little"


@pytest.mark.xdist_group("resuming")
def test_a_bucket_damaged_between_two_runs_is_counted_again(
    registers: Path, tmp_path: Path, unbroken: tuple[str, float]
) -> None:
    build = Build(registers, tmp_path / "pack")
    build.run()
    first, second, *_rest = sorted((build.work / "counts").iterdir())
    content = bytearray(first.read_bytes())
    content[len(content) // 2] ^= 255
    first.write_bytes(content)
    made, untouched = first.stat().st_mtime_ns, second.stat().st_mtime_ns

    build.run()
    assert build.figures() == unbroken[0]
    assert first.stat().st_mtime_ns != made
    assert second.stat().st_mtime_ns == untouched


def test_a_finished_build_leaves_no_persons_behind(registers: Path, tmp_path: Path) -> None:
    from klynge.engine.build import build

    build(registers, tmp_path / "pack", years=[2024], indicators=["plejehjem"], threads=1)

    assert [entry.name for entry in tmp_path.iterdir()] == ["pack"]
