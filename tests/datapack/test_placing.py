"""A folder is put in place whole or not at all, whenever the run is stopped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from klynge import datapack
from klynge.datapack.placing import CannotWrite, check_place, place
from klynge.faults import BadInput
from tests.datapack.builders import a_pack, a_row, a_table

OURS = ("a", "b")
OLD = {"a": b"old a", "b": b"old b"}
NEW = {"a": b"new a", "b": b"new b"}
STEPS = ("mkdir", "open", "fsync", "rename", "rmtree")

# Kills the process, as a power cut would, just before the n-th call of one kind.
KILL = """
import os, pathlib, shutil, sys
from klynge.datapack.placing import place
kind, n, folder = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3])
owner = {"mkdir": pathlib.Path, "open": pathlib.Path, "rmtree": shutil}.get(kind, os)
real, calls = getattr(owner, kind), []
def stop(*args, **kwargs):
    calls.append(1)
    if len(calls) > n:
        os._exit(9)
    return real(*args, **kwargs)
setattr(owner, kind, stop)
place(folder, {"a": b"new a", "b": b"new b"}, ours=("a", "b"))
"""


def contents(folder: Path) -> dict[str, bytes] | None:
    return {f.name: f.read_bytes() for f in folder.iterdir()} if folder.exists() else None


def beside(folder: Path) -> list[str]:
    return [p.name for p in folder.parent.iterdir() if p != folder]


def test_a_new_folder_holds_exactly_the_files(tmp_path):
    place(tmp_path / "deep" / "pack", NEW, ours=OURS)

    assert contents(tmp_path / "deep" / "pack") == NEW
    assert beside(tmp_path / "deep" / "pack") == []


def test_an_old_folder_is_replaced_whole(tmp_path):
    place(tmp_path / "pack", {"a": b"old"}, ours=OURS)

    place(tmp_path / "pack", {"b": b"new"}, ours=OURS)

    assert contents(tmp_path / "pack") == {"b": b"new"}
    assert beside(tmp_path / "pack") == []


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    place(tmp_path / "real", OLD, ours=OURS)
    (tmp_path / "link").symlink_to(tmp_path / "real")

    place(tmp_path / "link", NEW, ours=OURS)

    assert (tmp_path / "link").is_symlink()
    assert contents(tmp_path / "real") == NEW


def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "pack").mkdir()

    place(tmp_path / "pack", NEW, ours=OURS)

    assert contents(tmp_path / "pack") == NEW


def test_a_folder_with_anything_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.docx").write_text("ten years of work")

    with pytest.raises(BadInput, match="Intet er skrevet"):
        place(tmp_path, NEW, ours=OURS)

    assert contents(tmp_path) == {"thesis.docx": b"ten years of work"}


def test_a_file_at_the_path_is_left_alone(tmp_path):
    (tmp_path / "pack").write_text("mine")

    with pytest.raises(BadInput):
        place(tmp_path / "pack", NEW, ours=OURS)

    assert (tmp_path / "pack").read_text() == "mine"


def test_it_can_be_told_beforehand_that_nothing_can_be_written(tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_text("ten years of work")

    for out in ("file", "mine", "file/pack", "file/deeper/pack"):
        with pytest.raises(CannotWrite, match="Kan ikke skrive"):
            check_place(tmp_path / out, ours=OURS)
    check_place(tmp_path / "new" / "deeper", ours=OURS)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("before", [None, OLD], ids=["nothing there", "a pack there"])
@pytest.mark.parametrize("kind", STEPS)
@pytest.mark.parametrize("n", [0, 1, 2])
def test_killed_at_any_step_the_path_holds_a_whole_folder_or_none(tmp_path, before, kind, n):
    folder = tmp_path / "pack"
    if before:
        place(folder, before, ours=OURS)

    subprocess.run([sys.executable, "-c", KILL, kind, str(n), str(folder)], check=False)

    assert contents(folder) in (None, before, NEW)
    # The next run works, and nothing that was whole before is lost to it.
    place(folder, {"b": b"next"}, ours=OURS)
    assert contents(folder) == {"b": b"next"}
    assert not [name for name in beside(folder) if name.endswith(".old")]


def test_killed_between_the_two_renames_the_next_run_finds_the_old_folder_again(tmp_path):
    folder = tmp_path / "pack"
    place(folder, OLD, ours=OURS)
    subprocess.run([sys.executable, "-c", KILL, "rename", "1", str(folder)], check=False)
    assert contents(folder) is None

    with pytest.raises(BadInput):
        place(folder, {"a/b": b"no such name can be written"}, ours=OURS)

    assert contents(folder) == OLD


@pytest.mark.parametrize("before", [None, OLD], ids=["nothing there", "a pack there"])
@pytest.mark.parametrize("n", [0, 1, 2, 3])
@pytest.mark.parametrize("kind", ["fsync", "rename"])
def test_when_the_disk_refuses_all_is_as_before(tmp_path, monkeypatch, before, kind, n):
    folder = tmp_path / "pack"
    if before:
        place(folder, before, ours=OURS)
    real, calls = getattr(os, kind), []

    def refuse_once(*args):
        calls.append(args)
        if len(calls) == n + 1:
            raise OSError(28, "No space left on device")
        return real(*args)

    monkeypatch.setattr(os, kind, refuse_once)
    try:
        place(folder, NEW, ours=OURS)
    except BadInput as refusal:
        assert "No space left" in str(refusal)  # noqa: PT017
        assert contents(folder) == before
    else:
        assert contents(folder) == NEW
    assert beside(folder) == []


def test_a_pack_that_breaks_a_rule_leaves_the_old_pack_as_it_was(tmp_path):
    folder = a_pack(tmp_path / "pack", figures=a_table(a_row()))
    before = contents(folder)

    with pytest.raises(BadInput):
        a_pack(folder, figures=a_table(a_row(sex="x")))

    assert contents(folder) == before
    assert datapack.verify(folder) == ()


def test_a_pack_replaces_a_pack(tmp_path):
    a_pack(tmp_path / "pack")

    folder = a_pack(tmp_path / "pack", figures=a_table(a_row()))

    assert datapack.read(folder).figures.num_rows == 1
    assert beside(folder) == []
