"""Examples in the documentation run as tests.

In a ```console block, a line that begins with "$ " is run by the shell, and the lines after it
are what it prints; "..." stands for anything. All blocks of a page share one empty folder.
`export NAME=value` holds for the rest of the page. A block that says which file it is, such as
```python file=definitioner/mine.py, is written there first. Other blocks are not run here.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from klynge.engine.backends.spark import check_installed
from klynge.faults import WrongUse

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SAME = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def examples(page: Path) -> list[tuple[str, str]]:
    """(command, expected output) pairs of a page, in order."""
    found: list[tuple[str, str]] = []
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            while command.endswith("\\"):
                more, _, output = output.partition("\n")
                command = command[:-1] + more.strip()
            found.append((command, output))
    return found


def with_examples() -> list[Path]:
    return [page for page in PAGES if examples(page)]


@pytest.mark.parametrize("page", with_examples(), ids=lambda page: str(page.relative_to(ROOT)))
def test_the_examples_of_the_page_print_what_it_says(page: Path, tmp_path: Path) -> None:
    if any("--engine spark" in command for command, _output in examples(page)):
        _skip_without_spark()
    environment = {
        **os.environ,
        # A Java that starts fast, for the examples that start one.
        "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "KLYNGE_LANGUAGE": "da",
    }
    for name, content in FILE.findall(page.read_text(encoding="utf-8")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    for command, expected in examples(page):
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            environment[name] = value
            continue
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        printed = done.stdout + done.stderr
        assert doctest.OutputChecker().check_output(expected, printed, SAME), (
            f"$ {command}\nexpected:\n{expected}\nprinted:\n{printed}"
        )


def test_there_are_examples_to_run() -> None:
    assert with_examples()


def _skip_without_spark() -> None:
    try:
        check_installed()
    except WrongUse as reason:
        pytest.skip(f"no Spark on this machine: {reason}")
