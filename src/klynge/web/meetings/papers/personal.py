"""Which fields are about a person. A test fails on a field that is not here."""

from __future__ import annotations

PERSONAL: dict[str, dict[str, bool]] = {
    "PaperTemplate": {
        "id": False,
        "use": False,
        "file_name": False,
        "content": False,
        "sha256": False,
        "added_at": False,
        "added_by": True,
        "retired_at": False,
    },
}
