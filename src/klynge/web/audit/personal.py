"""Which fields of this room are about a person. A test fails on a field that is not here."""

from __future__ import annotations

PERSONAL = {
    "Event": {
        "id": False,
        "what": False,
        "about_kind": False,
        "about_id": False,
        "about_text": True,  # may be somebody's name
        "by_id": True,
        "by_text": True,
        "at": False,
    }
}
