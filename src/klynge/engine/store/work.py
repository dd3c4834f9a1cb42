"""The work folder: where a build keeps the prepared registers and what it has counted so far.

Files are written beside and moved in place, so that whatever stands there is whole, also after the
machine has stopped; and each is known by its digest, so that a file damaged since is noticed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from klynge.faults import WrongUse
from klynge.texts import _

MARKER = "klynge-work.json"
FORMAT = 2
_OWNER_ONLY = 0o700


class Work:
    """A work folder. Made when it is not there; only its owner can look inside.

    store, counts: what is whole. copies: readable copies of delivered SAS files. unfinished: what
    is not whole yet; emptied when a build begins.
    Raises `WrongUse` for a folder with something else in it, or one another build is using.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder).resolve()
        self.store = self.folder / "store"
        self.counts = self.folder / "counts"
        self.copies = self.folder / "copies"
        self.unfinished = self.folder / "unfinished"

    @contextmanager
    def held(self) -> Iterator[Work]:
        """Hold the folder for one build at a time."""
        self._make()
        with (self.folder / MARKER).open("r+", encoding="utf-8") as marker:
            try:
                _lock(marker.fileno())
            except OSError:
                words = _("En anden bygning bruger arbejdsmappen {folder}.")
                raise WrongUse(words.format(folder=self.folder.name)) from None
            self._start_over_when_older(marker.read())
            shutil.rmtree(self.unfinished, ignore_errors=True)
            self.unfinished.mkdir()
            yield self

    def remove(self) -> None:
        """Remove the folder with all it holds."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make(self) -> None:
        marker = self.folder / MARKER
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
            if not marker.exists():
                if any(self.folder.iterdir()):
                    words = _("{folder} findes og er ikke en arbejdsmappe; vælg en anden mappe.")
                    raise WrongUse(words.format(folder=self.folder.name))
                self.folder.chmod(_OWNER_ONLY)
                write_json(marker, {"format": FORMAT})
        except OSError as error:
            words = _("Arbejdsmappen {folder} kan ikke skrives: {why}.")
            why = error.strerror or type(error).__name__
            raise WrongUse(words.format(folder=self.folder.name, why=why)) from error

    def _start_over_when_older(self, marker: str) -> None:
        if json.loads(marker or "{}").get("format") != FORMAT:
            for entry in (self.store, self.counts, self.copies):
                shutil.rmtree(entry, ignore_errors=True)
            # In place: the lock holds the file, not its name.
            (self.folder / MARKER).write_text(json.dumps({"format": FORMAT}), encoding="utf-8")


def _lock(file: int) -> None:
    """Take the lock of an open file; it is let go when the process ends, however it does."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of_text(*parts: str) -> str:
    """One digest of some texts in order."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(f"{len(part)}:".encode())
        whole.update(part.encode())
    return whole.hexdigest()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, also when the power goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_json(path: Path, content: Any) -> None:
    """Write JSON whole or not at all."""
    write_bytes(path, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


def read_json(path: Path) -> Any:
    """What a JSON file holds; None when it is not there or not whole."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
