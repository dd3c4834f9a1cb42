"""The registers of a delivery again: slow and obvious, in plain Python over whole bundles.

Written from the reference page alone; shares nothing with the engine but the list of codes.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Resource = dict[str, Any]
Rows = dict[str, set[tuple[Any, ...]]]


def registers(bundles: list[Resource], register_of: dict[str, tuple[str, str]]) -> Rows:
    """Every row of every register. register_of: code -> (register, detail)."""
    versions: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
    for at, bundle in enumerate(bundles):
        reported = moment(bundle["timestamp"])
        resources = [entry["resource"] for entry in bundle["entry"]]
        person = next(r for r in resources if r["resourceType"] == "Patient")
        key = person["identifier"][0]["value"]
        for number, resource in enumerate(resources):
            updated = moment(resource.get("meta", {}).get("lastUpdated", bundle["timestamp"]))
            order = (updated, reported, at, number)
            name = (resource["resourceType"], resource.get("id", ""))
            versions[name].append((order, key, resource, updated))
    last_day = max(moment(bundle["timestamp"]) for bundle in bundles).date()
    standing = []
    for (kind, _id), each in versions.items():
        _order, person, resource, updated = max(each, key=lambda version: version[0])
        if kind != "Patient" and resource["status"] != "entered-in-error":
            standing.append((kind, person, resource, updated))
    found: Rows = defaultdict(set)
    plans = {r["id"]: (person, r) for kind, person, r, _u in standing if kind == "CarePlan"}
    for kind, person, resource, updated in standing:
        if kind == "CarePlan":
            _plan(found, person, resource, updated, last_day, register_of)
        elif kind == "Procedure":
            register, detail = register_of[code(resource["code"]).lower()]
            day = danish(resource["performedDateTime"])
            if register == "forebyggelsestilbud" and day <= last_day:
                found[register].add((person, day, day))
            _days(found, person, register, detail, day, min(day, last_day), False)
        elif kind == "Encounter":
            about = resource["extension"][0]["valueReference"]["reference"].split("/")[-1]
            owner, planned = plans.get(about, ("", {}))
            if owner == person and _register(planned, register_of)[0] == "aehjsp":
                found["aehjsp"].add((person, danish(resource["period"]["start"])))
    return found


def _register(plan: Resource, register_of: dict[str, tuple[str, str]]) -> tuple[str, str]:
    return register_of[code(plan["activity"][0]["detail"]["code"]).lower()]


def _plan(
    found: Rows, person: str, plan: Resource, updated: datetime, last_day: date,
    register_of: dict[str, tuple[str, str]],
) -> None:  # fmt: skip
    register, detail = _register(plan, register_of)
    start = danish(plan["period"]["start"])
    end = danish(plan["period"]["end"]) if "end" in plan["period"] else None
    if end is None and plan["status"] in ("completed", "revoked"):
        told = updated.astimezone(ZoneInfo("Europe/Copenhagen")).date()
        if plan["status"] == "revoked" and told < start:
            return
        end = max(start, told)
    if register == "forebyggelsestilbud":
        if start <= last_day:
            ends = None if end is None else min(end, last_day)
            found[register].add((person, start, ends))
        return
    _days(found, person, register, detail, start, min(end or last_day, last_day), True)


def _days(
    found: Rows, person: str, register: str, detail: str, start: date, end: date, planned: bool
) -> None:
    if register == "aehjsp" and start <= end:
        found[register].add((person, start))
    day = start
    while day <= end:
        if register == "aefv":
            found[register].add((person, f"{day:%Y%m}", "ja"))
        elif register == "aetr":
            found[register].add((person, f"{day:%Y%m}", detail))
        elif register == "aerehab":
            found[register].add((person, day.year))
        elif register == "aehjsp" and planned and (day.month, day.day) == (1, 1):
            found[register].add((person, day))
        day += timedelta(days=1)


def code(concept: Resource) -> str:
    return str(concept["coding"][0]["code"])


def moment(told: str) -> datetime:
    return datetime.fromisoformat(told).astimezone(UTC)


def danish(told: str) -> date:
    if len(told) == 10:
        return date.fromisoformat(told)
    return datetime.fromisoformat(told).astimezone(ZoneInfo("Europe/Copenhagen")).date()
