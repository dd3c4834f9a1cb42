"""The municipal registers of invented people as KL Gateway would deliver them.

What goes into the bundles is what the tables held, so unpacking them gives the tables back. On the
way they are made as awkward as real ones: old and new FSIII codes side by side, versions that a
later one corrects (also when it comes first in the file), and interventions entered in error.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import IO, Any

import pyarrow.parquet as pq

from klynge.engine.registers.gateway import codes

MUNICIPAL = ("aefv", "aehjsp", "aetr", "aerehab", "genoptraeningsplaner", "forebyggelsestilbud")
PER_FILE = 5_000
_CORRECTED = 0.1
_IN_ERROR = 0.05

# Old key and new uuid of the same intervention.
_PERSONAL = ("H1.1", "17312894-b23f-43d9-9723-b725ac25d872")
_PRACTICAL = ("H1.8", "43608562-e356-4990-8b96-e35128bbdc4f")
_WOUND = ("G1.39", "76878386-b3d2-4320-828a-a700e8a66234")
_REABLED = ("H2.5", "2912752c-2e9e-4702-8787-b45f73ff5b05")
_TRAINED = {
    "1": ("H5.1", "49b9601f-eff7-43a4-8263-56296ec82601"),
    "2": ("H6.1", "c7d79b23-a53d-4ad5-a536-24d7c7fe8e18"),
}
_TALK = ("6eddbaf7-2a73-49d4-91e7-6138d419f58c", "ee5606ac-1bed-487e-aa3c-72dcc30ec037")
_LEVELS = {level: code for code, level in codes.PLAN_LEVELS.items()}
_SUBLEVELS = {level: code for code, level in codes.PLAN_SUBLEVELS.items()}

Row = dict[str, Any]
Resource = dict[str, Any]


def as_bundles(folder: Path, years: range, seed: int) -> None:
    """Replace the municipal tables in `folder` by bundles in `kl_gateway_care/` and so on."""
    people: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for name in MUNICIPAL:
        rows = pq.read_table(folder / name).to_pylist()
        for row in rows:
            people[row.get("pnr") or row["cpr"]][name].append(row)
    last = date(years[-1], 12, 31)
    chance = Random(seed)  # noqa: S311  (invented people, not secrets)
    for delivery, make in (("care", _care), ("140", _rehabilitation), ("119", _prevention)):
        into = folder / f"kl_gateway_{delivery}"
        into.mkdir()
        _write(into, [(p, make(chance, people[p], last)) for p in sorted(people)], last, chance)
    for name in MUNICIPAL:
        shutil.rmtree(folder / name)


def _write(
    folder: Path, people: list[tuple[str, list[Resource]]], last: date, chance: Random
) -> None:
    told = [(person, made) for person, made in people if made]
    for first in range(0, len(told), PER_FILE):
        with (folder / f"{first // PER_FILE:04}.ndjson").open("w", encoding="utf-8") as lines:
            for person, made in told[first : first + PER_FILE]:
                _write_person(lines, person, made, last, chance)


def _write_person(
    lines: IO[str], person: str, made: list[Resource], last: date, chance: Random
) -> None:
    """One report with everything, and one with what is corrected; sometimes in that order."""
    before = [older for one in made if (older := _earlier(one, chance))]
    reports = [(made, last)]
    if before:
        reports.append((before, last - timedelta(days=1)))
        chance.shuffle(reports)
    citizen = _id(chance)
    for resources, day in reports:
        told = [{"resource": _citizen(person, citizen)}]
        told += [{"resource": {**r, "subject": {"reference": f"Patient/{citizen}"}}}
                 for r in resources]  # fmt: skip
        bundle = {
            "resourceType": "Bundle",
            "type": "collection",
            "timestamp": f"{day}T21:00:00Z",
            "entry": told,
        }
        lines.write(json.dumps(bundle, ensure_ascii=False, separators=(",", ":")) + "\n")


def _earlier(now: Resource, chance: Random) -> Resource | None:
    """What was reported the day before, and is wrong: replaced by its later version."""
    is_erased = now["status"] == "entered-in-error"
    if not is_erased and chance.random() >= _CORRECTED:
        return None
    before = json.loads(json.dumps(now))
    before["status"] = "finished" if now["resourceType"] == "Encounter" else "active"
    day = date.fromisoformat(now["meta"]["lastUpdated"][:10]) - timedelta(days=1)
    before["meta"]["lastUpdated"] = f"{day}T08:00:00+01:00"
    for field in ("period", "occurrencePeriod"):
        before.get(field, {}).pop("end", None)
    if "performedDateTime" in before:
        before["performedDateTime"] = "2001-01-01"
    return dict(before)


def _care(chance: Random, tables: dict[str, list[Row]], last: date) -> list[Resource]:
    made: list[Resource] = []
    for start, end in _runs([row["haend_mdr"] for row in tables["aefv"]]):
        pair = _PERSONAL if chance.random() < 0.6 else _PRACTICAL
        made.append(_plan(chance, pair, start, None if end >= last else end))
    made += _nursing(chance, [row["hjemsygep_dato"] for row in tables["aehjsp"]])
    for kind, pair in _TRAINED.items():
        months = [row["haend_mdr"] for row in tables["aetr"] if row["trean_art"] == kind]
        made += [_plan(chance, pair, start, end) for start, end in _runs(months)]
    for row in tables["aerehab"]:
        made.append(_plan(chance, _REABLED, date(row["aar"], 2, 1), date(row["aar"], 4, 30)))
    if made and chance.random() < _IN_ERROR:
        made.append(_plan(chance, _PERSONAL, date(last.year, 1, 1), None, "entered-in-error"))
    return made


def _nursing(chance: Random, days: list[date]) -> list[Resource]:
    """Half of the recipients by visits that carry out a plan, half by care that was not planned."""
    if chance.random() < 0.5:
        return [_done(chance, day) for day in days]
    made: list[Resource] = []
    for year in sorted({day.year for day in days}):
        own = sorted(day for day in days if day.year == year)
        plan = _plan(chance, _WOUND, own[0], own[-1])
        made += [plan, *(_visit(chance, day, plan["id"]) for day in own)]
    return made


def _rehabilitation(chance: Random, tables: dict[str, list[Row]], last: date) -> list[Resource]:
    return [_request(chance, row) for row in tables["genoptraeningsplaner"]]


def _prevention(chance: Random, tables: dict[str, list[Row]], last: date) -> list[Resource]:
    return [
        _plan(chance, _TALK, row["start_dato"], row["slut_dato"])
        for row in tables["forebyggelsestilbud"]
    ]


def _plan(
    chance: Random, pair: tuple[str, str], start: date, end: date | None, status: str = "active"
) -> Resource:
    told = {"start": str(start)} | ({"end": str(end)} if end else {})
    code = {"coding": [{"system": codes.FSIII, "code": pair[chance.random() < 0.5]}]}
    return {
        **_head(chance, "CarePlan", status, end or start),
        "intent": "plan",
        "period": told,
        "activity": [{"detail": {"code": code, "status": "in-progress"}}],
    }


def _done(chance: Random, day: date) -> Resource:
    code = {"coding": [{"system": codes.FSIII, "code": _WOUND[chance.random() < 0.5]}]}
    head = _head(chance, "Procedure", "completed", day)
    return {**head, "code": code, "performedDateTime": f"{day}T09:15:00+01:00"}


def _visit(chance: Random, day: date, plan: str) -> Resource:
    kind = [{"coding": [{"code": codes.DELIVERED}]}]
    about = [{"url": "basedOnIntervention", "valueReference": {"reference": f"CarePlan/{plan}"}}]
    head = _head(chance, "Encounter", "finished", day)
    return {**head, "type": kind, "period": {"start": str(day)}, "extension": about}


def _request(chance: Random, row: Row) -> Resource:
    level, under = row["plan_type"][:4], row["plan_type"][4:]
    told = [_LEVELS[level], *([_SUBLEVELS[under]] if under else [])]
    made: Resource = {
        **_head(chance, "ServiceRequest", "active", row["plan_dato"]),
        "intent": "plan",
        "code": {"coding": [{"code": codes.TRAINING}]},
        "category": [{"coding": [{"code": code}]} for code in told],
        "authoredOn": str(row["plan_dato"]),
    }
    if row["foerste_tilbud_dato"]:
        made["occurrencePeriod"] = {"start": str(row["foerste_tilbud_dato"])}
    if row["udskrivningsdato"]:
        made["extension"] = [{"url": "dischargeDate", "valueDate": str(row["udskrivningsdato"])}]
    return made


def _head(chance: Random, kind: str, status: str, day: date) -> Resource:
    meta = {"lastUpdated": f"{day}T12:00:00.1234567+01:00"}
    return {"resourceType": kind, "id": _id(chance), "status": status, "meta": meta}


def _citizen(person: str, id: str) -> Resource:
    identifier = {"use": "official", "system": codes.CPR, "value": person}
    return {"resourceType": "Patient", "id": id, "identifier": [identifier]}


def _id(chance: Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def _runs(months: list[str]) -> Iterator[tuple[date, date]]:
    """First and last day of each row of months without a gap."""
    numbers = sorted({int(month[:4]) * 12 + int(month[4:]) - 1 for month in months})
    for at, number in enumerate(numbers):
        if at == 0 or numbers[at - 1] != number - 1:
            first = number
        if at == len(numbers) - 1 or numbers[at + 1] != number + 1:
            after = number + 1
            yield (
                date(first // 12, first % 12 + 1, 1),
                (date(after // 12, after % 12 + 1, 1) - timedelta(days=1)),
            )
