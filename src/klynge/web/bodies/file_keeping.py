"""How an uploaded file is checked and kept, the same in every room."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, TypeVar

from django.core.files import File
from django.db import transaction
from django.db.models import Model

from klynge.web.bodies import file_kinds

Row = TypeVar("Row", bound=Model)


def keep(row: Row, file: Any, name: str = "") -> Row:
    """Check a file and save it with its row, which tells its name, kind, size and checksum.

    row: unsaved. file: an uploaded or open file with a name. name: what readers see; empty: as the
    file. Raises NotAllowed with everything that is wrong with the file. Nothing is left of the file
    when the row cannot be saved.
    """
    file_name = PurePath(str(file.name).replace("\\", "/")).name[-200:]
    values = {
        "content_type": file_kinds.must_be_usable(file, file_name, file.size),
        "name": named(name, file_name),
        "file_name": file_name,
        "size": file.size,
        "sha256": file_kinds.sha256_of(file),
    }
    for field, value in values.items():
        setattr(row, field, value)
    kept: Any = row
    kept.file.save(file_name, File(file), save=False)
    try:
        with transaction.atomic():
            row.save()
    except BaseException:
        kept.file.storage.delete(kept.file.name)
        raise
    return row


def named(name: str, file_name: str) -> str:
    """What readers see a file called."""
    return (" ".join(name.split()) or PurePath(file_name).stem or file_name)[:200]
