"""A text in paragraphs and headings, and what is new in it since another."""

from __future__ import annotations

import difflib
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A paragraph, or a heading."""

    text: str
    is_heading: bool


@dataclass(frozen=True)
class Change:
    """One line that is new or gone."""

    text: str
    is_new: bool


def parts(text: str) -> list[Part]:
    """The headings and paragraphs of a text; an empty line ends a paragraph."""
    found: list[Part] = []
    gathered: list[str] = []
    for line in [*text.splitlines(), ""]:
        heading = line.lstrip("#").strip() if line.startswith("#") else ""
        if line.strip() and not heading:
            gathered.append(line)
            continue
        if gathered:
            found.append(Part("\n".join(gathered), is_heading=False))
            gathered = []
        if heading:
            found.append(Part(heading, is_heading=True))
    return found


def changes(before: str, after: str) -> list[Change]:
    """The lines that are gone and the lines that are new, where they stand."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [Change(line[2:], line[0] == "+") for line in lines if line[0] in "+-" and line[2:]]
