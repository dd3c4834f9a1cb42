"""The journal package: one meeting as a zip for the parties' case systems.

    moede.pdf            the papers, PDF/UA-1 and PDF/A-3a, annexes attached
    metadata.json, .xml  what it is, item by item, the same in both
    bilag/               every annex as it was handed in
    checksums.sha256     in the form of sha256sum, of every other file

Equal content gives an equal package, byte for byte, so a case system can tell a new one from an
old one.
"""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ET
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

from klynge.web.documents import pdf
from klynge.web.documents.writing import clean
from klynge.web.meetings.papers import composing
from klynge.web.meetings.papers.composing import Wanted
from klynge.web.meetings.papers.parts import Part, available, title_of
from klynge.web.meetings.papers.reading import ItemPaper, MeetingPaper

SHAPE = "klynge-journalpakke/1"
XML_NAMESPACE = "urn:klynge:journalpakke:1"
_ALWAYS = (1980, 1, 1, 0, 0, 0)


def package(paper: MeetingPaper, followed: Any) -> bytes:
    """The package of a meeting for one reader: nothing the reader may not see is in it."""
    parts = frozenset(part for part in available(paper) if part is not Part.INVITATION)
    files = {"moede.pdf": pdf.render(composing.document(paper, Wanted(parts, followed)))}
    for item in paper.items:
        for number, annex in item.annexes:
            files[f"bilag/{number} {file_name(annex.file_name)}"] = paper.content_of(annex)
    described = metadata(paper, parts, files)
    files["metadata.json"] = _as_json(described)
    files["metadata.xml"] = _as_xml(described)
    files["checksums.sha256"] = _checksums(files)
    return _zipped(files)


def file_name(name: str) -> str:
    """A file's name with nothing in it that another system takes for a path."""
    kept = "".join("-" if sign in '/\\:*?"<>|' else sign for sign in clean(name))
    return kept.lstrip(". ").strip() or "bilag"


def metadata(
    paper: MeetingPaper, parts: frozenset[Part], files: dict[str, bytes]
) -> dict[str, Any]:
    """What the package is of, in plain values."""
    meeting = paper.meeting
    return {
        "shape": SHAPE,
        "title": title_of(paper, parts),
        "uid": str(meeting.uid),
        "version": meeting.version,
        "body": {"name": paper.body, "kind": meeting.body.kind, "place": meeting.body.place},
        "public": paper.is_public,
        "state": meeting.state,
        "begins_at": _moment(meeting.begins_at),
        "ends_at": _moment(meeting.ends_at),
        "place": meeting.place,
        "changed_at": _moment(paper.changed_at),
        "attendance": [
            {"name": who.name, "represents": who.represents, "attended": how, "remark": who.what}
            for how, who in paper.attendance
        ],
        "items": [_item(item, files) for item in paper.items],
    }


def _item(item: ItemPaper, files: dict[str, bytes]) -> dict[str, Any]:
    view = item.view
    return {
        "uid": str(view.uid),
        "number": item.number,
        "title": view.title,
        "kind": view.kind,
        "state": view.state,
        "closed": view.closed,
        "authorities_only": view.authorities_only,
        "case_number": view.case_number,
        "recommended_by": view.recommended_by,
        "recommendation": [clause.text for clause in view.clauses],
        "outcomes": [
            {"clause": at, "outcome": clause.outcome, "decision": clause.decision}
            for at, clause in enumerate(view.clauses, start=1)
            if clause.outcome or clause.decision
        ],
        "annexes": [
            {
                "number": number,
                "name": annex.name,
                "file": f"bilag/{number} {file_name(annex.file_name)}",
                "media_type": annex.content_type,
                "size": annex.size,
                "sha256": _sha256(files[f"bilag/{number} {file_name(annex.file_name)}"]),
                "closed": annex.closed,
            }
            for number, annex in item.annexes
        ],
    }


def _moment(moment: datetime) -> str:
    """A moment by Danish clocks, with its distance from UTC."""
    return timezone.localtime(moment).isoformat()


def _as_json(described: dict[str, Any]) -> bytes:
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def _as_xml(described: dict[str, Any]) -> bytes:
    root = ET.Element("meeting", xmlns=XML_NAMESPACE)
    _fill(root, described)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _fill(element: ET.Element, values: dict[str, Any]) -> None:
    """Plain values as attributes' neighbours: one element a name, lists as repeated elements."""
    for name, value in values.items():
        if isinstance(value, list):
            holder = ET.SubElement(element, name)
            for one in value:
                entry = ET.SubElement(holder, "entry")
                if isinstance(one, dict):
                    _fill(entry, one)
                else:
                    entry.text = clean(str(one))
        elif isinstance(value, dict):
            _fill(ET.SubElement(element, name), value)
        else:
            shown = str(value).lower() if isinstance(value, bool) else str(value)
            ET.SubElement(element, name).text = clean(shown)


def _checksums(files: dict[str, bytes]) -> bytes:
    lines = (f"{_sha256(content)}  {name}\n" for name, content in sorted(files.items()))
    return "".join(lines).encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _zipped(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        for name, content in sorted(files.items()):
            entry = ZipInfo(name, date_time=_ALWAYS)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, content)
    return made.getvalue()
