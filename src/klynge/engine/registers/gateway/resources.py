"""One report's resources as records, and everything that is wrong with them.

A record is what a resource comes to, before it is known which version of it is the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from klynge.engine.registers.gateway import codes
from klynge.engine.registers.gateway.bundles import Place, Report

HERE = ZoneInfo("Europe/Copenhagen")
READ = ("CarePlan", "Procedure", "Encounter", "ServiceRequest")
"""The resources that give rows; the others of a report are passed over."""
ERASED = "entered-in-error"
OVER = ("completed", "revoked")
"""A plan in one of these states without an end ended when it was told so."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")
_LAST = datetime(9999, 12, 31, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one resource.

    kind: its FHIR type. register, detail: what it gives rows of; of an encounter "".
    starts, ends: days. about: ids of the plans an encounter carried out.
    erased: entered in error, which takes back every earlier version.
    """

    kind: str
    id: str
    person: str
    updated: datetime
    reported: datetime
    erased: bool = False
    register: str = ""
    detail: str = ""
    starts: date | None = None
    ends: date | None = None
    discharged: date | None = None
    reason: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault of one resource: a key of `words.FAULTS`, and where."""

    what: str
    place: Place


def read(report: Report) -> Iterator[Record | Wrong]:
    """The records of a report, and its faults."""
    reported = _moment(report.timestamp)
    if reported is None:
        yield Wrong("timestamp", report.place)
        return
    resources: list[tuple[Place, dict[str, Any]]] = []
    for number, resource in report.resources:
        place = Place(report.place.file, report.place.report, number, report.place.lines)
        if isinstance(resource, dict) and isinstance(resource.get("resourceType"), str):
            resources.append((place, resource))
        else:
            yield Wrong("resource", place)
    citizens = [(p, r) for p, r in resources if r["resourceType"] == "Patient"]
    if len(citizens) != 1:
        yield Wrong("citizens" if citizens else "citizen", report.place)
        return
    place, citizen = citizens[0]
    person = _person(citizen)
    if not person:
        yield Wrong("person", place)
        return
    one = _Reader(person, str(citizen.get("id", "")), reported)
    for place, resource in resources:
        if resource["resourceType"] in READ:
            yield one.read(place, resource)


class _Fault(Exception):
    """What is wrong with the resource at hand."""


class _Reader:
    def __init__(self, person: str, citizen: str, reported: datetime) -> None:
        self.person, self.citizen, self.reported = person, citizen, reported

    def read(self, place: Place, resource: dict[str, Any]) -> Record | Wrong:
        try:
            return self._read(resource)
        except _Fault as fault:
            return Wrong(str(fault), place)

    def _read(self, resource: dict[str, Any]) -> Record:
        kind, id = resource["resourceType"], resource.get("id")
        if not isinstance(id, str) or not id:
            raise _Fault("id")
        if _target(resource.get("subject")) not in ("", self.citizen):
            raise _Fault("subject")
        updated = self.reported
        told = _of(resource.get("meta"), "lastUpdated")
        if told is not None:
            moment = _moment(told)
            if moment is None:
                raise _Fault("updated")
            updated = moment
        if not isinstance(resource.get("status"), str):
            raise _Fault("status")
        if _is_erased(resource):
            return Record(kind, id, self.person, updated, self.reported, erased=True)
        found = getattr(self, f"_{kind}")(resource, updated)
        return Record(kind, id, self.person, updated, self.reported, **found)

    def _CarePlan(self, plan: dict[str, Any], updated: datetime) -> dict[str, Any]:
        detail = _of(_first(plan.get("activity")), "detail")
        code = _of(detail, "code")
        meaning = _meaning(code if code is not None else _first(plan.get("category")))
        starts = _day(_of(plan.get("period"), "start"))
        if starts is None:
            raise _Fault("start")
        ends = _day(_of(plan.get("period"), "end"))
        if ends is None and plan["status"] in OVER:
            told = updated.astimezone(HERE).date()
            if plan["status"] == "revoked" and told < starts:
                # Taken back before it began: nothing of it was ever given.
                return {}
            ends = max(starts, told)
        if ends is not None and ends < starts:
            raise _Fault("order")
        return {
            "register": meaning.register,
            "detail": meaning.detail,
            "starts": starts,
            "ends": ends,
        }

    def _Procedure(self, done: dict[str, Any], _updated: datetime) -> dict[str, Any]:
        meaning = _meaning(done.get("code"))
        day = _day(done.get("performedDateTime"))
        if day is None:
            raise _Fault("start")
        return {
            "register": meaning.register,
            "detail": meaning.detail,
            "starts": day,
            "ends": day,
        }

    def _Encounter(self, visit: dict[str, Any], _updated: datetime) -> dict[str, Any]:
        kinds = [code for _system, code in _codings(_first(visit.get("type")))]
        if codes.DELIVERED not in kinds or visit["status"] not in ("finished", "in-progress"):
            return {}
        day = _day(_of(visit.get("period"), "start"))
        if day is None:
            raise _Fault("start")
        targets = [_target(one.get("valueReference")) for one in _extensions(visit)]
        return {"starts": day, "ends": day, "about": tuple(filter(None, targets))}

    def _ServiceRequest(self, asked: dict[str, Any], _updated: datetime) -> dict[str, Any]:
        if codes.TRAINING not in [code for _system, code in _codings(asked.get("code"))]:
            return {}
        made = _day(asked.get("authoredOn"))
        if made is None:
            raise _Fault("authored")
        if asked["status"] == "revoked":
            return {}
        reason = _reason(asked)
        return {
            "register": "" if reason == "fejl" else "genoptraeningsplaner",
            "detail": _level(asked),
            "starts": made,
            "ends": _day(_of(asked.get("occurrencePeriod"), "start")),
            "discharged": _discharged(asked),
            "reason": reason,
        }


def _person(citizen: dict[str, Any]) -> str:
    """The CPR number, or the key that stands for it."""
    identifiers = citizen.get("identifier")
    for one in identifiers if isinstance(identifiers, list) else []:
        value = one.get("value") if isinstance(one, dict) else None
        if isinstance(value, str) and value.strip() and one.get("system") == codes.CPR:
            return value.strip()
    return ""


def _is_erased(resource: dict[str, Any]) -> bool:
    activity = _of(_first(resource.get("activity")), "detail")
    return ERASED in (resource["status"], _of(activity, "status"))


def _meaning(concept: object) -> codes.Meaning:
    """The first known code of a concept. A code of level three that is the kommune's own stands
    beside that of level two and is passed over."""
    told = [code for system, code in _codings(concept) if system in (codes.FSIII, None, "")]
    every = told or [code for _system, code in _codings(concept)]
    if not every:
        raise _Fault("code")
    known = [found for code in every if (found := codes.meaning(code))]
    if not known:
        raise _Fault("unknown")
    return known[0]


def _level(asked: dict[str, Any]) -> str:
    categories = asked.get("category")
    listed = categories if isinstance(categories, list) else []
    told = [code for one in listed for _system, code in _codings(one)]
    levels = [codes.PLAN_LEVELS[code] for code in told if code in codes.PLAN_LEVELS]
    if len(levels) != 1:
        raise _Fault("level")
    under = [codes.PLAN_SUBLEVELS[code] for code in told if code in codes.PLAN_SUBLEVELS]
    return levels[0] + (under[0] if under and levels[0] == "AWG2" else "")


def _reason(asked: dict[str, Any]) -> str:
    for one in _extensions(asked):
        for _system, code in _codings(one.get("valueCodeableConcept")):
            if code in codes.REASONS:
                return codes.REASONS[code]
    return ""


def _discharged(asked: dict[str, Any]) -> date | None:
    return next((_day(one["valueDate"]) for one in _extensions(asked) if "valueDate" in one), None)


def _extensions(resource: dict[str, Any]) -> list[dict[str, Any]]:
    found = resource.get("extension")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _codings(concept: object) -> list[tuple[object, str]]:
    codings = _of(concept, "coding")
    listed = codings if isinstance(codings, list) else []
    return [
        (one.get("system"), one["code"])
        for one in listed
        if isinstance(one, dict) and isinstance(one.get("code"), str)
    ]


def _target(reference: object) -> str:
    """The id a reference points at, whatever address stands before it."""
    told = _of(reference, "reference")
    return told.rstrip("/").rpartition("/")[2].rpartition(":")[2] if isinstance(told, str) else ""


def _first(listed: object) -> object:
    if isinstance(listed, list):
        return listed[0] if listed else None
    return listed


def _of(holder: object, name: str) -> Any:
    return holder.get(name) if isinstance(holder, dict) else None


def _day(told: object) -> date | None:
    """The Danish day of a FHIR date or moment; a fault when it is neither, None when not told."""
    if told is None:
        return None
    if isinstance(told, str) and _DATE.fullmatch(told):
        try:
            return date.fromisoformat(told)
        except ValueError:
            raise _Fault("date") from None
    moment = _moment(told)
    if moment is None:
        raise _Fault("date")
    return moment.astimezone(HERE).date()


def _moment(told: object) -> datetime | None:
    if not (isinstance(told, str) and _MOMENT.fullmatch(told)):
        return None
    # Fractions past the microsecond are more than Python keeps.
    short = re.sub(r"(\.\d{6})\d+", r"\1", told)
    try:
        moment = datetime.fromisoformat(short).astimezone(UTC)
        # "No end" is often the last moment there is, which may lie past the last Danish day.
        return min(moment, _LAST)
    except (ValueError, OverflowError):
        return None
