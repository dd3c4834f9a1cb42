"""Where a row stands and how many there are, as they are told."""

from __future__ import annotations

from dataclasses import dataclass

from klynge.texts import _, language


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row stands: the file as shown, the row counted from 1, and whether it is a CSV."""

    file: str
    row: int
    csv: bool

    def __str__(self) -> str:
        # Line 1 of a CSV is its header.
        line = number(self.row + 1 if self.csv else self.row)
        return (_("{file}, linje {line}") if self.csv else _("{file}, række {line}")).format(
            file=self.file, line=line
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of rows or keys and the first place; `rows` when keys are counted."""

    count: int
    spot: Spot
    rows: int = 0


def number(count: int) -> str:
    """A count with the separator of thousands of the language spoken: 1.042 or 1,042."""
    grouped = f"{count:,}"
    return grouped.replace(",", ".") if language() == "da" else grouped
