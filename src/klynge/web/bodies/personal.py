"""Which fields of this room are about a person. A test fails on a field that is not here.

Who sits in a body is public office, but it is still about a person; how to reach them is in
`Contact`, which only the secretariat sees and no export holds.
"""

from __future__ import annotations

_RECORDED = {
    "id": False,
    "key": False,
    "valid_from": False,
    "valid_to": False,
    "recorded_from": False,
    "recorded_to": False,
    "recorded_by": True,
    "change": False,
    "reason": True,  # may tell why somebody left
    "void": False,
}

PERSONAL = {
    "Organisation": {
        "id": False,
        "kind": False,
        "name": False,
        "place_kind": False,
        "place": False,
    },
    "Person": {"id": True, "name": True, "sort_key": True, "user": True, "created_at": False},
    "FormerName": {"id": False, "person": True, "name": True, "reason": True, "recorded_to": False},
    "Contact": {"id": False, "person": True, "email": True, "phone": True, "note": True},
    "BodyRecord": {
        "id": False,
        "kind": False,
        "place_kind": False,
        "place": False,
        "name": False,
        "valid_from": False,
        "valid_to": False,
    },
    "Membership": {
        **_RECORDED,
        "valid_from": True,
        "valid_to": True,
        "body": True,
        "person": True,
        "party": True,
        "role": True,
        "office": True,
        "area": True,
        "kommune": True,
        "klynge": True,
        "organisation": True,
        "appointer": True,
        "posts": True,
        "represents": True,
        "deputy_for": True,
    },
    "Deviation": {
        **_RECORDED,
        "body": False,
        "rule": False,
        "decision": False,
        "subject": False,
        "agreed": False,
    },
    "BodyDocument": {
        "id": False,
        "body": False,
        "kind": False,
        "number": False,
        "valid_from": False,
        "decision": False,
        "valid_to": False,
        "review_on": False,
        "texts": False,
        "numbers": False,
        "recorded_from": False,
        "recorded_by": True,
    },
    "Handover": {
        "id": False,
        "on": False,
        "sources": False,
        "targets": False,
        "key": False,
        "created_at": False,
        "created_by": True,
        "carried_out_at": False,
        "carried_out_by": True,
        "report": True,  # names the members whose terms ended
    },
    "HandoverChoice": {
        "id": False,
        "handover": False,
        "kind": False,
        "matter": False,
        "value": False,
        "chosen_at": False,
        "chosen_by": True,
    },
    "BodyLink": {"id": False, "old": False, "new": False, "on": False, "handover": False},
}
