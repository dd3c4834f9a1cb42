"""Does a template work? Asked before it is accepted, with every fault told at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import jinja2
from jinja2.exceptions import SecurityError

from klynge.web.documents.word.filling import Fields, fill

MAX_BYTES = 5_000_000
MAX_UNPACKED = 60_000_000
MAX_PARTS = 2_000
_EXTERNAL = re.compile(rb'<Relationship\b[^>]*TargetMode="External"[^>]*>')
_HYPERLINK = b"/relationships/hyperlink"
_ACTIVE = ("vbaproject", "activex", "oleobject", "embeddings/")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a template. `kind` is what; `about` is which field, part or line.

    kinds: not_docx, too_big, macro, outside, syntax, unknown (about, meant), forbidden, broken,
    empty.
    """

    kind: str
    about: str = ""
    meant: str = ""


class TemplateFaults(Exception):
    """A template that is not accepted, with all its faults."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{fault.kind} {fault.about}".strip() for fault in self.faults))


def check(template: bytes, sample: Fields) -> bytes:
    """Fill the template with a sample that has every field. Gives the filled sample.

    Raises TemplateFaults.
    """
    faults = _of_file(template)
    if faults:
        raise TemplateFaults(faults)
    asked: set[str] = set()
    try:
        filled = fill(
            template,
            sample,
            title="Prøve",
            made_at=datetime(2024, 1, 1, tzinfo=UTC),
            undefined=_noting(asked),
        )
    except jinja2.TemplateSyntaxError as error:
        raise TemplateFaults([Fault("syntax", error.message or "")]) from None
    except SecurityError as error:
        raise TemplateFaults([Fault("forbidden", str(error))]) from None
    except Exception as error:  # whatever a strange file makes Word's parts do, it is refused
        raise TemplateFaults([Fault("broken", type(error).__name__)]) from error
    if asked:
        known = sorted(_names(sample))
        raise TemplateFaults(_unknown(name, known) for name in sorted(asked))
    return filled


def _unknown(name: str, known: list[str]) -> Fault:
    close = get_close_matches(name, [one.rpartition(".")[2] for one in known], n=1)
    return Fault("unknown", name, close[0] if close else "")


def _of_file(template: bytes) -> list[Fault]:
    if len(template) > MAX_BYTES:
        return [Fault("too_big")]
    try:
        with ZipFile(BytesIO(template)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                return [Fault("too_big")]
            names = {part.filename for part in parts}
            if not {"[Content_Types].xml", "word/document.xml"} <= names:
                return [Fault("not_docx")]
            faults = [
                Fault("macro", name)
                for name in sorted(names)
                if any(sign in name.lower() for sign in _ACTIVE)
            ]
            for name in sorted(names):
                if name.endswith(".rels"):
                    faults += [
                        Fault("outside", name)
                        for relation in _EXTERNAL.findall(package.read(name))
                        if _HYPERLINK not in relation
                    ]
            if b"<!DOCTYPE" in package.read("word/document.xml")[:2000]:
                faults.append(Fault("broken", "DOCTYPE"))
            words = b"".join(package.read(name) for name in names if name.startswith("word/"))
            if b"{{" not in words and b"{%" not in words:
                faults.append(Fault("empty"))
    except (BadZipFile, OSError, RuntimeError, NotImplementedError):
        return [Fault("not_docx")]
    return faults


def _noting(asked: set[str]) -> type[jinja2.Undefined]:
    """An undefined field that notes its name and stays silent, so that all are found at once."""

    class Noting(jinja2.ChainableUndefined):
        def __init__(self, hint: Any = None, obj: Any = jinja2.utils.missing, name: Any = None,
                     exc: Any = jinja2.UndefinedError) -> None:  # fmt: skip
            super().__init__(hint, obj, name, exc)
            if name:
                asked.add(str(name))

    return Noting


def _names(fields: Any, within: str = "") -> set[str]:
    """The names of all fields, groups with a dot."""
    if isinstance(fields, list):
        return set().union(*(_names(one, within) for one in fields))
    if not isinstance(fields, dict):
        return set()
    found: set[str] = set()
    for name, value in fields.items():
        told = f"{within}{name}"
        found |= {told} | _names(value, f"{told}.")
    return found
