"""Which fields of this room are about a person. A test fails on a field that is not here."""

from __future__ import annotations

PERSONAL: dict[str, dict[str, bool]] = {
    "Publication": {
        "id": False,
        "uid": False,
        "meeting": False,
        "part": False,
        "content": True,
        "text": True,
        "digest": False,
        "visible_from": False,
        "visible_to": False,
        "withdrawn_at": False,
        "withdrawn_because": True,
        "withdrawn_by": True,
        "made_at": False,
        "made_by": True,
        "told_at": False,
        "ended_at": False,
    },
    "PublicFile": {
        "id": False,
        "publication": False,
        "annex": False,
        "uid": False,
        "name": False,
        "file_name": False,
        "content_type": False,
        "sha256": False,
    },
    "PublicBody": {
        "id": False,
        "body": False,
        "members": False,
        "dates": False,
        "since": False,
        "changed_at": False,
        "by": True,
    },
    "CalendarAddress": {
        "id": False,
        "person": True,
        "digest": False,
        "made_at": False,
        "revoked_at": False,
    },
    "Invitation": {
        "id": False,
        "meeting": False,
        "person": True,
        "method": False,
        "sequence": False,
        "sent_at": False,
        "by": True,
    },
}
