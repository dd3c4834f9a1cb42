"""Reads bundles one report at a time, whatever the size of the file they lie in.

NDJSON (a bundle a line), a bundle alone in a file, a list of bundles, and a bundle of bundles (an
incremental delivery) are all told apart here. What holds one citizen's day is held in memory,
never a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import ijson
from ijson.common import ObjectBuilder

LINES = (".ndjson", ".jsonl")
SUFFIXES = (".json", *LINES)

PIECE = 4_096
DEEPEST = 2_000
"""Letters in the names that lead to something; in a bundle of bundles they are some two hundred."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file as shown, the line (NDJSON) or the report's number, and the
    entry in it, counted from 1; 0 when it is about the whole."""

    file: str
    report: int
    entry: int = 0
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One delivery report: a citizen's day. `timestamp` and `resources` are as the file has them.

    resources: with the number of the entry each stands in.
    """

    place: Place
    timestamp: object
    resources: list[tuple[int, object]]


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that could not be read as a bundle. why: "json" or "bundle"."""

    place: Place
    why: str


def reports(file: Path, shown: str) -> Iterator[Report | Broken]:
    """Every report of a file, in order. shown: the file's name as it may be told."""
    with file.open("rb") as data:
        if file.suffix.lower() in LINES:
            yield from _of_lines(data, shown)
        else:
            yield from _of_document(data, shown)


def _of_lines(data: IO[bytes], shown: str) -> Iterator[Report | Broken]:
    for number, line in enumerate(data, start=1):
        if not line.strip():
            continue
        place = Place(shown, number, lines=True)
        try:
            bundle = json.loads(line)
        except (ValueError, RecursionError):
            yield Broken(place, "json")
        else:
            yield from _of_bundle(bundle, place)


def _of_bundle(bundle: object, place: Place) -> Iterator[Report | Broken]:
    """A bundle that is held whole: one report, or each of those inside it."""
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        yield Broken(place, "bundle")
        return
    entries = bundle.get("entry", [])
    listed = entries if isinstance(entries, list) else [None]
    resources = [(at, _resource(entry)) for at, entry in enumerate(listed, start=1)]
    inner = [(at, one) for at, one in resources if _is_bundle(one)]
    for at, one in inner:
        yield from _of_bundle(one, Place(place.file, place.report, at, place.lines))
    if len(inner) < len(resources) or not resources:
        own = [(at, one) for at, one in resources if not _is_bundle(one)]
        yield Report(place, bundle.get("timestamp"), own)


def _of_document(data: IO[bytes], shown: str) -> Iterator[Report | Broken]:
    """A JSON document read as a stream: a bundle, or a list of them."""
    count = 0
    try:
        first = data.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        data.seek(0)
        if first == b"[":
            for bundle in ijson.items(_events(data), "item"):
                count += 1
                yield from _of_bundle(bundle, Place(shown, count))
        else:
            yield from _of_one(data, shown)
    except (ijson.JSONError, UnicodeError, RecursionError):
        yield Broken(Place(shown, count + 1), "json")


def _of_one(data: IO[bytes], shown: str) -> Iterator[Report | Broken]:
    """One bundle, entry by entry: an incremental delivery may hold every citizen of a kommune."""
    kind: object = None
    timestamp: object = None
    own: list[tuple[int, object]] = []
    number = 0
    builder: ObjectBuilder | None = None
    for prefix, event, value in _events(data):
        if builder is not None:
            builder.event(event, value)
            if prefix == "entry.item" and event == "end_map":
                number += 1
                resource = _resource(builder.value)
                builder = None
                if _is_bundle(resource):
                    yield from _of_bundle(resource, Place(shown, number))
                else:
                    own.append((number, resource))
        elif prefix == "entry.item" and event == "start_map":
            builder = ObjectBuilder()
            builder.event(event, value)
        elif prefix == "resourceType":
            kind = value
        elif prefix == "timestamp":
            timestamp = value
    if kind != "Bundle":
        yield Broken(Place(shown, 1), "bundle")
    elif own or not number:
        yield Report(Place(shown, 1), timestamp, own)


def _events(data: IO[bytes]) -> Iterator[tuple[str, str, Any]]:
    """What the parser meets in the file, and where; no bundle is as deep as it will go.

    Where an event stands is told by all the names above it, so that a file of a hundred thousand
    brackets would fill the memory of any machine. The parser works through a piece of the file
    before it answers, so the pieces are small.
    """
    for prefix, event, value in ijson.parse(_without_mark(data), use_float=True, buf_size=PIECE):
        if len(prefix) > DEEPEST:
            raise ijson.JSONError("too deep")
        yield prefix, event, value


def _without_mark(data: IO[bytes]) -> IO[bytes]:
    """The file without the mark of UTF-8 that some programs begin it with."""
    data.seek(3 if data.read(3) == b"\xef\xbb\xbf" else 0)
    return data


def _resource(entry: object) -> object:
    return entry.get("resource") if isinstance(entry, dict) else None


def _is_bundle(resource: Any) -> bool:
    return isinstance(resource, dict) and resource.get("resourceType") == "Bundle"
