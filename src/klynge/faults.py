"""What went wrong, told so that the reader can mend it; and the exit code of each kind.

In the secure zone the exit code may be all that can be read, so each kind has its own.
No text here may hold a row's value: messages and logs may be read outside the secure zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klynge.texts import _


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with an input.

    where: file, table, column, line, as far as known.
    problem: what is wrong, with counts and line numbers but never a value.
    expected: what would have been right.
    remedy: what the reader can do.
    """

    where: str
    problem: str
    expected: str
    remedy: str

    def __str__(self) -> str:
        rows = (
            (_("Hvor:"), self.where),
            (_("Problem:"), self.problem),
            (_("Forventet:"), self.expected),
            (_("Gør sådan:"), self.remedy),
        )
        width = max(len(label) for label, _text in rows)
        return "\n".join(f"  {label:<{width}} {text}" for label, text in rows if text)


class KlyngeError(Exception):
    """A reason a user can act on: shown as text, never as a traceback."""

    exit_code = 1


class WrongUse(KlyngeError):
    """The command was called in a way it does not understand."""

    exit_code = 2


class BadInput(KlyngeError):
    """The input cannot be used. Carries every fault found, not only the first."""

    exit_code = 10

    def __init__(self, heading: str, faults: Sequence[Fault] = (), *, note: str = "") -> None:
        self.heading = heading
        self.faults = tuple(faults)
        self.note = note
        parts = [heading, *(str(fault) for fault in self.faults)]
        super().__init__("\n\n".join(parts) + (f"\n\n  ({note})" if note else ""))


class DefinitionError(BadInput):
    """An indicator, codelist or spine definition is wrong."""

    exit_code = 11


class DisclosureRefused(KlyngeError):
    """The release would let a hidden figure be worked out, so nothing was written."""

    exit_code = 12


class EngineStopped(KlyngeError):
    """The database engine stopped for a reason that is not the user's input."""

    exit_code = 20


def values_are_not_shown() -> str:
    """The note that explains why a message about registers holds no values."""
    return _("Værdierne vises ikke: beskeder kan blive læst uden for den sikre zone.")
