"""Reads saved answers of FirstAgenda's publication interface: agendas and minutes of the past.

What these answers do that one must know of: the agenda and the minutes of one meeting are two
meetings; keys may be zeros; the time called Utc is Danish with its offset; seconds have seven
digits; the decision stands inside another field's HTML; and a closed item may carry its full title,
which is therefore never taken to be public. Nothing is fetched: the answers come as files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from klynge.faults import Fault
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.meetings import calendar_times
from klynge.web.meetings import html as markup
from klynge.web.meetings.agenda_models import Block, Clause, ItemKind
from klynge.web.meetings.exchange import sections
from klynge.web.meetings.exchange.firstagenda_out import TYPE_FIELD

ANSWERS = ("Dagsordenpunkter", "Dagsordner", "Udvalg")
USUAL_LENGTH = timedelta(hours=2)
LONGEST = 300
KINDS = {
    "resume": Block.Kind.RESUME,
    "resumé": Block.Kind.RESUME,
    "sagsresume": Block.Kind.RESUME,
    "sagsresumé": Block.Kind.RESUME,
    "sagsfremstilling": Block.Kind.FREMSTILLING,
    "økonomi": Block.Kind.OEKONOMI,
    "lighed i sundhed": Block.Kind.LIGHED,
    "videre proces": Block.Kind.PROCES,
}
_AT_CLAUSE = re.compile(r"<(?:li|p)>\s*(?:\d+[.)]\s*)?[-–•]?\s*at\s+(.*?)</(?:li|p)>", re.S | re.I)
_DECIDED_ON = re.compile(r"<p>At (\d+): (.*?)</p>", re.S)
_KIND_IN_TITLE = (
    (re.compile(r"\(B\)\s*$|^beslutning\b", re.I), ItemKind.BESLUTNING),
    (re.compile(r"\(D\)\s*$|^drøftelse\b", re.I), ItemKind.DROEFTELSE),
    (re.compile(r"\(O\)\s*$|^orientering\b", re.I), ItemKind.ORIENTERING),
    (re.compile(r"^temadrøftelse\b", re.I), ItemKind.TEMADROEFTELSE),
    (re.compile(r"^gensidig orientering\b|^meddelelser\b", re.I), ItemKind.GENSIDIG),
    (re.compile(r"^godkendelse\b", re.I), ItemKind.GODKENDELSE),
    (re.compile(r"^eventuelt\b", re.I), ItemKind.EVENTUELT),
)


@dataclass(frozen=True)
class ReadAnnex:
    """An annex by name. The file itself is looked for beside the answers."""

    key: str
    name: str


@dataclass(frozen=True)
class ReadItem:
    """An item as it was read. A closed one's title is for the members alone."""

    key: str
    number: int | None
    title: str
    closed: bool
    kind: str
    case_number: str = ""
    blocks: tuple[tuple[str, str, str], ...] = ()  # kind, caption, html
    clauses: tuple[tuple[str, str, str], ...] = ()  # text, outcome, decision
    minutes: str = ""
    annexes: tuple[ReadAnnex, ...] = ()
    addendum: bool = False


@dataclass(frozen=True)
class ReadMeeting:
    """One meeting: an agenda, minutes, or both put together."""

    committee: str
    committee_name: str
    source: str
    begins_at: datetime
    ends_at: datetime
    place: str
    title: str
    has_minutes: bool
    items: tuple[ReadItem, ...]
    present: tuple[tuple[str, str], ...] = ()  # name, status
    files: tuple[str, ...] = ()
    remarks: tuple[str, ...] = field(default=(), compare=False)


def read(documents: Iterable[tuple[str, bytes]]) -> tuple[list[ReadMeeting], list[Fault]]:
    """Every meeting of some saved answers (name, content), and everything that is wrong."""
    found: list[ReadMeeting] = []
    faults: list[Fault] = []
    for name, content in documents:
        try:
            answer = json.loads(content.decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError):
            faults.append(_fault(name, _("Filen er ikke JSON."), _("Et svar, gemt som det kom.")))
            continue
        if not isinstance(answer, dict) or not any(each in answer for each in ANSWERS):
            faults.append(
                _fault(
                    name,
                    _("Filen er ikke et svar, der kendes."),
                    _("Svaret fra /api/agenda/dagsorden/ (med Dagsordenpunkter)."),
                )
            )
        elif "Dagsordenpunkter" in answer:
            _read_one(name, answer, found, faults)
        # Lists of committees and of meetings hold no items: there is nothing in them to bring in.
    return _put_together(found), faults


def _read_one(
    name: str, answer: dict[str, Any], found: list[ReadMeeting], faults: list[Fault]
) -> None:
    committee = _dict(answer.get("Udvalg"))
    meeting = _dict(answer.get("Moede"))
    here: list[Fault] = []
    begins = _begins(name, meeting, here)
    if not committee.get("Navn"):
        here.append(_fault(f"{name}, Udvalg.Navn", _("Udvalgets navn mangler."), _("Et navn.")))
    points = answer["Dagsordenpunkter"]
    if not isinstance(points, list):
        here.append(
            _fault(
                f"{name}, Dagsordenpunkter", _("Det er ikke en liste."), _("En liste af punkter.")
            )
        )
        points = []
    called = str(meeting.get("Navn") or "")
    addendum = bool(meeting.get("IsSupplementaryAgenda")) or "tillæg" in called.casefold()
    items = [
        item
        for number, point in enumerate(points, start=1)
        if (item := _item(f"{name}, Dagsordenpunkter[{number}]", point, addendum, here))
    ]
    if here or begins is None:
        faults.extend(here)
        return
    ends, remarks = _ends(meeting, begins)
    found.append(
        ReadMeeting(
            committee=_key(committee.get("Id")) or str(committee["Navn"]),
            committee_name=str(committee["Navn"]).strip(),
            source=_key(meeting.get("SourceId")),
            begins_at=begins,
            ends_at=ends,
            place=str(meeting.get("Sted") or "")[:200],
            title=str(meeting.get("Description") or "")[:200],
            has_minutes="referat" in called.casefold() or any(each.minutes for each in items),
            items=tuple(items),
            present=_present(meeting.get("Moededeltagere")),
            files=(name,),
            remarks=tuple(remarks),
        )
    )


def _begins(name: str, meeting: dict[str, Any], faults: list[Fault]) -> datetime | None:
    text = str(meeting.get("MeetingBeginUtc") or meeting.get("Dato") or "")
    try:
        return _moment(text)
    except NotAllowed as reason:
        problem = str(reason)
    except ValueError:
        problem = _("Mødets begyndelse mangler eller kan ikke læses.")
    faults.append(
        _fault(
            f"{name}, Moede.MeetingBeginUtc", problem, _("Et tidspunkt, 2026-02-03T15:00:00+01:00")
        )
    )
    return None


def _ends(meeting: dict[str, Any], begins: datetime) -> tuple[datetime, list[str]]:
    try:
        ends = _moment(str(meeting.get("MeetingEndUtc") or ""))
    except (ValueError, NotAllowed):
        ends = begins
    if ends > begins:
        return ends, []
    return begins + USUAL_LENGTH, [_("Sluttidspunktet er ikke oplyst; sat til to timer efter.")]


def _moment(text: str) -> datetime:
    """The moment that is meant. What has no offset is Danish time, whatever its name says."""
    # Python reads six digits of a second at the most; they write seven.
    moment = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.strip()))
    if moment.year < 1990:  # their "no time" is the year 1
        raise ValueError(text)
    if moment.tzinfo is None:
        return calendar_times.moment(moment.date(), moment.time())
    return moment.astimezone(calendar_times.ZONE)


def _item(where: str, point: Any, addendum: bool, faults: list[Fault]) -> ReadItem | None:
    point = _dict(point)
    title = " ".join(str(point.get("Navn") or point.get("Caption") or "").split())
    if not title:
        faults.append(_fault(f"{where}.Navn", _("Punktet har ingen titel."), _("En titel.")))
        return None
    number = re.match(r"\d+", str(point.get("Punktnummer") or point.get("Number") or ""))
    item = ReadItem(
        key=_key(point.get("SourceId")) or _key(point.get("Id")),
        number=int(number[0]) if number else None,
        title=title[:LONGEST],
        # What does not say that it is open is not.
        closed=point.get("IsOpen") is not True or title.casefold().startswith("lukket"),
        kind=_kind_of(title),
        case_number=str(point.get("SagsNummer") or point.get("CaseNumber") or "")[:60],
        annexes=tuple(
            ReadAnnex(_key(each.get("DocumentId")) or _key(each.get("Id")), str(each["Navn"])[:200])
            for each in map(_dict, _list(point.get("Bilag")))
            if each.get("Navn")
        ),
        addendum=addendum,
    )
    return _with_fields(item, _list(point.get("Felter")), str(point.get("ItemDecision") or ""))


def _with_fields(item: ReadItem, fields: list[Any], decision: str) -> ReadItem:
    blocks: list[tuple[str, str, str]] = []
    clauses: list[tuple[str, str, str]] = []
    minutes = [markup.clean(decision)] if decision else []
    kind = item.kind
    for each in map(_dict, fields):
        caption = " ".join(str(each.get("Navn") or "").split())
        html = str(each.get("Html") or each.get("Tekst") or "")
        if caption == TYPE_FIELD:
            kind = _kind_called(markup.to_text(html)) or kind
            continue
        for part in sections.sections(caption, html):
            if part.kind == sections.DECISION:
                minutes.append(part.html)
            elif part.kind == sections.RECOMMENDATION and (at := _at_clauses(part.html)):
                clauses += [(text, "", "") for text in at]
            else:
                blocks.append(_block(part))
    said, clauses = _decided(" ".join(minutes) if minutes else "", clauses)
    return replace(item, kind=kind, blocks=tuple(blocks), clauses=tuple(clauses), minutes=said)


def _block(part: sections.Section) -> tuple[str, str, str]:
    kind = KINDS.get(part.caption.casefold(), Block.Kind.ANDET)
    return kind.value, "" if kind != Block.Kind.ANDET else part.caption[:200], part.html


def _at_clauses(html: str) -> list[str]:
    found = (markup.to_text(text).rstrip(" ,;") for text in _AT_CLAUSE.findall(html))
    return [text for text in found if text]


def _decided(
    minutes: str, clauses: list[tuple[str, str, str]]
) -> tuple[str, list[tuple[str, str, str]]]:
    """Takes "At 1: Tiltrådt. ..." out of the minutes and puts it on the clause it is about."""
    decided: dict[int, tuple[str, str]] = {}
    words = {str(label): value for value, label in Clause.Outcome.choices}
    for number, text in _DECIDED_ON.findall(minutes):
        said = markup.to_text(text)
        outcome = next(
            (words[label] for label in sorted(words, key=len, reverse=True)
             if said == label or said.startswith(f"{label}. ")), ""
        )  # fmt: skip
        label = next((each for each, value in words.items() if value == outcome), "")
        rest = said[len(label) :].removeprefix(". ") if outcome else said
        if 0 < int(number) <= len(clauses):
            decided[int(number)] = (outcome, rest)
    if not decided:
        return minutes, clauses
    kept = _DECIDED_ON.sub(lambda hit: "" if int(hit[1]) in decided else hit[0], minutes)
    return kept.strip(), [
        (text, *decided.get(number, ("", "")))
        for number, (text, _outcome, _decision) in enumerate(clauses, start=1)
    ]


def _kind_of(title: str) -> str:
    for pattern, kind in _KIND_IN_TITLE:
        if pattern.search(title):
            return kind.value
    return ItemKind.BESLUTNING.value


def _kind_called(text: str) -> str:
    return next((value for value, label in ItemKind.choices if str(label) == text.strip()), "")


def _present(rows: Any) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for row in map(_dict, _list(rows)):
        name = " ".join(str(row.get("Name") or "").split())[:200]
        if name:
            away = "excused" if row.get("ParticipationCancelled") else "absent"
            absent = row.get("Absent") or row.get("ParticipationCancelled")
            found[name] = away if absent else "present"
    return tuple(found.items())


def _put_together(rows: list[ReadMeeting]) -> list[ReadMeeting]:
    """Agenda, addenda and minutes of one meeting become one: same committee, same time or key."""
    groups: list[list[ReadMeeting]] = []
    for row in rows:
        mates = [
            group
            for group in groups
            if any(
                each.committee == row.committee
                and (each.begins_at == row.begins_at or (row.source and each.source == row.source))
                for each in group
            )
        ]
        groups = [group for group in groups if group not in mates]
        groups.append([*(each for group in mates for each in group), row])
    return sorted(map(_one_of, groups), key=lambda each: (each.begins_at, each.committee))


def _one_of(group: list[ReadMeeting]) -> ReadMeeting:
    # Minutes last: they say what came of what the agenda said.
    ordered = sorted(group, key=lambda each: (each.has_minutes, each.files))
    whole = ordered[0]
    for other in ordered[1:]:
        whole = replace(
            other if other.has_minutes else whole,
            items=_items_of_both(whole.items, other.items),
            begins_at=whole.begins_at,
            title=other.title or whole.title,
            place=other.place or whole.place,
            has_minutes=whole.has_minutes or other.has_minutes,
            present=other.present or whole.present,
            files=(*whole.files, *other.files),
            remarks=tuple(dict.fromkeys((*whole.remarks, *other.remarks))),
        )
    return whole


def _items_of_both(
    before: tuple[ReadItem, ...], after: tuple[ReadItem, ...]
) -> tuple[ReadItem, ...]:
    kept = list(before)
    for item in after:
        at = next((at for at, each in enumerate(kept) if _same(each, item)), None)
        if at is None:
            kept.append(item)
            continue
        old = kept[at]
        kept[at] = replace(
            item,
            key=old.key,
            addendum=old.addendum,
            # Closed in one of them is closed: the other may have forgotten it.
            closed=old.closed or item.closed,
            blocks=item.blocks or old.blocks,
            clauses=item.clauses or old.clauses,
            minutes=item.minutes or old.minutes,
            annexes=item.annexes or old.annexes,
        )
    return tuple(kept)


def _same(one: ReadItem, other: ReadItem) -> bool:
    if one.key and one.key == other.key:
        return True
    return one.title.casefold() == other.title.casefold() and one.number == other.number


def _key(value: Any) -> str:
    """A key as text; "" for one that is missing or only zeros."""
    text = str(value or "").strip()
    try:
        key = UUID(text)
    except ValueError:
        return text[:60]
    return str(key) if key.int else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _fault(where: str, problem: str, expected: str) -> Fault:
    return Fault(where, problem, expected, _("Hent svaret igen, og gem det uændret."))
