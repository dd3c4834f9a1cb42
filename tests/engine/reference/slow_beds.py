"""The figures of hospitals' wards, the slow and obvious way: night by night, ward by ward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from klynge.structure.places import place as place_called
from klynge.structure.places import places


@dataclass(frozen=True)
class Night:
    """What one ward reported of one night."""

    on: date
    hospital: str
    ward: str
    beds: int
    patients: int


Answer = tuple[str, int | None, int | None, int | None]
"""Status, patients, beds, ward days with more patients than beds."""


class Slow:
    """The figures of some wards' nights. klynge_of: the klynge of each hospital that has one."""

    def __init__(
        self, nights: Sequence[Night], klynge_of: Mapping[str, str], years: Sequence[int]
    ) -> None:
        self.nights: dict[tuple[str, date], list[Night]] = {}
        self.hospitals: dict[tuple[str, int], set[str]] = {}
        for night in nights:
            klynge = klynge_of.get(night.hospital)
            if klynge is not None:
                self.nights.setdefault((klynge, night.on), []).append(night)
                self.hospitals.setdefault((klynge, night.on.year), set()).add(night.hospital)
        every = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
        self.hidden = {
            klynge
            for klynge in EVERY
            for month in every
            if self._is_whole(klynge, month) and self._patients_a_night(klynge, month) < 5
        }

    def answer(self, kind: str, place: str, period: str) -> Answer:
        """The figures of a place and a period."""
        klynger = _klynger(kind, place)
        if self.hidden & set(klynger):
            return "hidden", None, None, None
        if not all(self._is_whole(klynge, period) for klynge in klynger):
            return "not_counted", None, None, None
        mine = [n for k in klynger for day in days(period) for n in self.nights[k, day]]
        overfull = sum(night.patients > night.beds for night in mine)
        return "shown", sum(n.patients for n in mine), sum(n.beds for n in mine), overfull

    def _is_whole(self, klynge: str, period: str) -> bool:
        hospitals = self.hospitals.get((klynge, int(period[:4])), set())
        return bool(hospitals) and all(
            {night.hospital for night in self.nights.get((klynge, day), [])} == hospitals
            for day in days(period)
        )

    def _patients_a_night(self, klynge: str, month: str) -> float:
        nights = [night for day in days(month) for night in self.nights[klynge, day]]
        return sum(night.patients for night in nights) / len(days(month))


def days(period: str) -> list[date]:
    """The days of a year, a quarter or a month."""
    year, _dash, part = period.partition("-")
    months = range(1, 13)
    if part.startswith("K"):
        months = range(3 * int(part[1:]) - 2, 3 * int(part[1:]) + 1)
    elif part:
        months = range(int(part), int(part) + 1)
    every = [date(int(year), 1, 1) + timedelta(days=day) for day in range(366)]
    return [day for day in every if day.year == int(year) and day.month in months]


EVERY = [each.id for each in places("klynge", date(2024, 1, 1))]


def _klynger(kind: str, place: str) -> list[str]:
    if kind == "klynge":
        return [place]
    if kind == "land":
        return EVERY
    return [klynge for klynge in EVERY if place_called("klynge", klynge).region == place]
