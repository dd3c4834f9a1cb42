"""Builders of bundles as KL Gateway sends them, about invented people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FSIII = "urn:oid:1.2.208.176.2.21"
ANNA, BENT = "6101011234", "6202021235"
Resource = dict[str, Any]


def plan(
    code: str = "H1.1", start: str | None = "2024-02-10", end: str = "", **more: Any
) -> Resource:
    """A planned intervention, personal care unless told otherwise."""
    period = {"start": start} if start else {}
    return _resource(
        "CarePlan",
        {
            "status": "active",
            "period": period | ({"end": end} if end else {}),
            "activity": [{"detail": {"code": {"coding": [{"system": FSIII, "code": code}]}}}],
        },
        more,
    )


def done(code: str = "G1.39", on: str = "2024-02-10", **more: Any) -> Resource:
    """Care that was given without being planned."""
    concept = {"coding": [{"system": FSIII, "code": code}]}
    told = {"status": "completed", "code": concept, "performedDateTime": on}
    return _resource("Procedure", told, more)


def visit(about: str, on: str = "2024-02-10", **more: Any) -> Resource:
    """A visit that carried out a plan."""
    told = {
        "status": "finished",
        "type": [{"coding": [{"code": "784275f1-6822-4a88-b361-d958007d5253"}]}],
        "period": {"start": on},
        "extension": [{"valueReference": {"reference": f"CarePlan/{about}"}}],
    }
    return _resource("Encounter", told, more)


ALMEN = "ffd81f78-352e-4589-a195-5350dd1df2a4"
BASAL = "8b962281-2ab6-4b10-9c91-4bac592d6d49"
POSTPONED = "a8632e22-bf0c-4f5a-92a7-70977ba104d5"
IN_ERROR = "8ac7be88-5d16-4dbd-a61a-ab02673f4b34"


def request(
    made: str = "2024-02-10",
    *levels: str,
    offered: str = "",
    discharged: str = "",
    reason: str = "",
    **more: Any,
) -> Resource:
    """A rehabilitation plan received by the kommune."""
    extensions = [{"valueDate": discharged}] if discharged else []
    if reason:
        extensions.append({"valueCodeableConcept": {"coding": [{"code": reason}]}})
    told = {
        "status": "active",
        "code": {"coding": [{"code": "7fc66c15-0cb3-4c89-9e18-f3a01e6a6592"}]},
        "category": [{"coding": [{"code": level}]} for level in levels or (ALMEN, BASAL)],
        "authoredOn": made,
        "extension": extensions,
    }
    if offered:
        told["occurrencePeriod"] = {"start": offered}
    return _resource("ServiceRequest", told, more)


def report(
    *resources: Resource, person: str = ANNA, timestamp: str | None = "2024-12-31T22:00:00Z"
) -> Resource:
    """One citizen's day."""
    identifier = [{"system": "urn:oid:1.2.208.176.1.2", "value": person}]
    citizen = {"resourceType": "Patient", "id": f"p-{person[:6]}", "identifier": identifier}
    made = {"resourceType": "Bundle", "type": "collection"}
    made |= {"timestamp": timestamp} if timestamp else {}
    return made | {"entry": [{"resource": one} for one in (citizen, *resources)]}


def ndjson(folder: Path, *bundles: object, name: str = "kl_gateway_care/0.ndjson") -> Path:
    """Write bundles, one a line; text is written as it stands."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [one if isinstance(one, str) else json.dumps(one) for one in bundles]
    file.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return folder


_number = iter(range(10**9))


def _resource(kind: str, told: Resource, more: Resource) -> Resource:
    updated = more.pop("updated", None)
    made = {"resourceType": kind, "id": f"id-{next(_number)}", **told, **more}
    return made | ({"meta": {"lastUpdated": updated}} if updated else {})
