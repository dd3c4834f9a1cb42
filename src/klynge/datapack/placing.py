"""Puts a folder of files in place whole, or not at all.

The files are written to a new sibling folder and forced to disk. Then the old folder, if any, is
renamed aside, the new one renamed into its place, and the old one removed. A folder cannot be
renamed onto another that holds files, so there are two renames; between them there is, for an
instant, no folder at the path. Killed at any moment the path holds the old folder whole, the new
folder whole, or nothing; never a half. What a killed run leaves beside is named `.NAME.*.new` or
`.NAME.*.old` and is whole files of ours; `.old` is put back or swept away by the next run.
"""

from __future__ import annotations

import errno
import os
import shutil
import uuid
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from klynge.faults import BadInput, Fault
from klynge.texts import _


class CannotWrite(BadInput):
    """The pack cannot be put where it should go; nothing is changed there."""


def check_place(folder: Path, *, ours: Collection[str]) -> None:
    """Raise `CannotWrite` when it can be seen beforehand that `place` would."""
    target = folder.resolve()
    try:
        _refuse_what_is_not_ours(target, ours)
        there = next(parent for parent in target.parents if parent.exists())
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(there, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise _cannot_write(target, error) from None


def place(folder: Path, files: Mapping[str, bytes], *, ours: Collection[str]) -> Path:
    """Make `folder` hold exactly `files`, atomically, and return its resolved path.

    A folder already there is replaced only when every name in it is in `ours`; otherwise, and when
    the disk refuses, CannotWrite is raised and nothing is changed.
    """
    target = folder.resolve()
    try:
        _put_back_what_a_killed_run_left(target)
        _refuse_what_is_not_ours(target, ours)
        target.parent.mkdir(parents=True, exist_ok=True)
        token = uuid.uuid4().hex[:12]
        new = target.with_name(f".{target.name}.{token}.new")
        old = target.with_name(f".{target.name}.{token}.old")
        try:
            _write_all(new, files)
            _swap(target, new=new, old=old)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        _sweep(target)
    except OSError as error:
        raise _cannot_write(target, error) from None
    return target


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        with (folder / name).open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    _sync(folder)


def _swap(target: Path, *, new: Path, old: Path) -> None:
    if not target.exists():
        os.rename(new, target)  # noqa: PTH104  (the tests stop the run at each os.rename)
        _sync(target.parent)
        return
    os.rename(target, old)  # noqa: PTH104
    try:
        os.rename(new, target)  # noqa: PTH104
    except BaseException:
        os.rename(old, target)  # noqa: PTH104
        raise
    _sync(target.parent)


def _put_back_what_a_killed_run_left(target: Path) -> None:
    """Killed between the two renames, the old folder lies aside: give it its name again."""
    aside = _aside(target)
    if aside and not target.exists():
        os.rename(aside[-1], target)  # noqa: PTH104


def _sweep(target: Path) -> None:
    """Remove old folders; they are only clutter once a whole one is in place."""
    for aside in _aside(target):
        shutil.rmtree(aside, ignore_errors=True)


def _aside(target: Path) -> list[Path]:
    if not target.parent.is_dir():
        return []
    start = f".{target.name}."
    return sorted(
        (p for p in target.parent.iterdir() if p.name.startswith(start) and p.suffix == ".old"),
        key=lambda path: path.stat().st_mtime_ns,
    )


def _refuse_what_is_not_ours(target: Path, ours: Collection[str]) -> None:
    if not target.exists():
        return
    if target.is_dir() and all(entry.name in ours for entry in target.iterdir()):
        return
    raise CannotWrite(
        _("Kan ikke skrive til {folder}.").format(folder=target),
        [
            Fault(
                str(target),
                _("Der ligger allerede andet end en datapakke her."),
                _("en mappe, der ikke findes, er tom eller er en datapakke"),
                _("Vælg en anden mappe. Intet er skrevet eller slettet."),
            )
        ],
    )


def _cannot_write(target: Path, error: OSError) -> CannotWrite:
    return CannotWrite(
        _("Kan ikke skrive til {folder}.").format(folder=target),
        [
            Fault(
                str(target),
                _("Styresystemet afviste det: {reason}.").format(reason=error.strerror or error),
                _("en mappe med skriveadgang og plads nok"),
                _("Skaf plads eller adgang, eller vælg en anden mappe. Det, der var, er urørt."),
            )
        ],
    )


def _sync(folder: Path) -> None:
    """Force a folder's names to disk where that can be done: not on Windows or some file shares."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
