"""How a pack reaches the server: as an uploaded ZIP file, or in the folder for packs.

A reader names a folder by name only: nobody can point at the rest of the server's disk.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from klynge.datapack.schema import DESCRIPTOR, FILES
from klynge.faults import BadInput, Fault

MOST_UNPACKED = 1_000_000_000


def folder() -> Path:
    """Where an operator puts packs that are to be brought in."""
    return Path(settings.HOME) / "packs"


def folders() -> list[str]:
    """The names of what lies there and may be a pack."""
    if not folder().is_dir():
        return []
    return sorted(
        entry.name
        for entry in folder().iterdir()
        if not entry.is_symlink() and (entry / DESCRIPTOR).is_file()
    )


@contextmanager
def unpacked(name: str, file: IO[bytes]) -> Iterator[Path]:
    """The pack in a ZIP file, as a folder that is gone afterwards. Raises BadInput."""
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise _refused(
            name, _("Filen er ikke en ZIP-fil."), _("datapakkens mappe som ZIP")
        ) from None
    with archive, tempfile.TemporaryDirectory(prefix="klynge-pack-") as made:
        to = Path(made) / "pack"
        to.mkdir()
        for entry in _files(name, archive):
            _write(name, archive, entry, to / PurePosixPath(entry.filename).name)
        yield to


def _files(name: str, archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of the pack: all in one folder, no other, none twice, not endlessly large."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_noise(entry)]
    paths = [PurePosixPath(entry.filename) for entry in entries]
    wrong = [path for path in paths if path.name not in FILES or len(path.parts) > 2]
    if (
        not entries
        or wrong
        or len({path.parent for path in paths}) > 1
        or len(set(paths)) < len(paths)
    ):
        raise _refused(
            name,
            _("ZIP-filen rummer ikke netop én datapakke."),
            _("filerne {names} i én mappe og intet andet").format(names=", ".join(FILES)),
        )
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _refused(name, _("ZIP-filens indhold er for stort."), _("højst 1 GB udpakket"))
    return entries


def _is_noise(entry: zipfile.ZipInfo) -> bool:
    """What macOS and Windows put into ZIP files of their own accord."""
    path = PurePosixPath(entry.filename)
    return path.parts[0] == "__MACOSX" or path.name in (".DS_Store", "Thumbs.db", "desktop.ini")


def _write(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path) -> None:
    try:
        with archive.open(entry) as packed, to.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        raise _refused(
            name,
            _("ZIP-filen kan ikke pakkes ud: den er i stykker eller har adgangskode."),
            _("en hel ZIP-fil uden adgangskode"),
        ) from None


def _refused(name: str, problem: str, expected: str) -> BadInput:
    fault = Fault(name, problem, expected, _("Pak mappen igen, og prøv igen."))
    return BadInput(_("{name} er ikke indlæst.").format(name=name), [fault])
