"""All earlier editions that a pack is released beside, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from klynge.engine.disclosure.earlier import Edition, NotComparable, Told, told_of
from klynge.engine.disclosure.earlier_months import ToldMonths, told_of_months
from klynge.faults import DisclosureRefused
from klynge.texts import _

if TYPE_CHECKING:
    from klynge.datapack import Pack
    from klynge.engine.counts import LeafCounts
    from klynge.engine.months import MonthCounts

_FLOW = ("place_kind", "place", "period", "age", "origin", "destination")


@dataclass(frozen=True, eq=False)
class Beside:
    """packs, editions: in the same order. otherwise: for each code of the new pack, in which of
    them it was defined in another way."""

    packs: tuple[Pack, ...]
    editions: tuple[Edition, ...]
    otherwise: Mapping[str, tuple[bool, ...]]

    @classmethod
    def of(cls, packs: Sequence[Pack], entries: Iterable[Mapping[str, Any]]) -> Beside:
        """entries: what the new pack's indicators.json will say."""
        editions = tuple(Edition.of(pack) for pack in packs)
        otherwise = {
            str(entry["code"]): tuple(each.counts_otherwise(entry) for each in editions)
            for entry in entries
        }
        return cls(tuple(packs), editions, otherwise)

    def __bool__(self) -> bool:
        return bool(self.packs)

    def told(self, tables: Sequence[LeafCounts]) -> list[tuple[Told, ...]]:
        """What they tell of each table. DisclosureRefused when that cannot be found out."""
        if not self:
            return [()] * len(tables)
        try:
            return [told_of(table, self.editions, self.otherwise) for table in tables]
        except NotComparable as code:
            words = _(
                "Datapakken blev ikke skrevet: {code} opgøres i andre aldre end i en tidligere"
                " udgave, og de to kan ikke holdes op mod hinanden. Behold aldrene, eller giv den"
                " nye indikator en ny kode."
            )
            raise DisclosureRefused(words.format(code=code)) from code

    def told_of_months(
        self, counts: MonthCounts, residents: np.ndarray | None
    ) -> tuple[ToldMonths, ...]:
        """What they tell of the months of an indicator and year."""
        return told_of_months(counts, residents, self.editions, self.otherwise)

    def check_flows(self, flows: pa.Table | None) -> None:
        """DisclosureRefused when the table of transitions does not hide and show just what that of
        an earlier edition does in the years they share: what the two would tell is not tried."""
        for pack in self.packs:
            if flows is None or pack.flows is None:
                continue
            now, then = _by_status(flows), _by_status(pack.flows)
            if any(now[name] != then[name] for name in now.keys() & then.keys()):
                raise DisclosureRefused(
                    _(
                        "Datapakken blev ikke skrevet: borgernes veje er skjult i andre felter end"
                        " i udgaven fra {date}, og de to er ikke prøvet mod hinanden. Byg uden"
                        " --flows, eller vælg år, som den ikke har."
                    ).format(date=f"{pack.created:%d.%m.%Y}")
                )

    def warnings(self, years: Sequence[int], dates: Mapping[str, Any]) -> list[dict[str, str]]:
        """What a reader of two editions must know, for quality.json.

        dates: the days on which the new pack sees each kind of place.
        """
        found = []
        for number, pack in enumerate(self.packs):
            if not set(pack.years) & set(years):
                continue
            date = f"{pack.created:%d.%m.%Y}"
            codes = [code for code, otherwise in self.otherwise.items() if otherwise[number]]
            if codes:
                found.append(_defined_otherwise(date, ", ".join(codes)))
            if dict(pack.geography.get("dates", {})) != dict(dates):
                found.append(_other_places(date))
        return found


def _by_status(flows: pa.Table) -> dict[tuple[Any, ...], str]:
    names = zip(*(flows[name].to_pylist() for name in _FLOW), strict=True)
    return dict(zip(names, pc.cast(flows["status"], pa.string()).to_pylist(), strict=True))


def _defined_otherwise(date: str, codes: str) -> dict[str, str]:
    return {
        "da": f"Defineret anderledes end i udgaven fra {date}: {codes}. Forskellen mellem de to er"
        " ikke udvikling. Celler, hvor den er 1-4, er skjult.",
        "en": f"Defined otherwise than in the edition of {date}: {codes}. The difference between"
        " the two is no change in the world. Cells where it is 1-4 are hidden.",
    }


def _other_places(date: str) -> dict[str, str]:
    return {
        "da": f"Udgaven fra {date} har en anden inddeling af landet. Steder af samme navn kan have"
        " andre kommuner.",
        "en": f"The edition of {date} divides the country otherwise. Places of the same name may"
        " have other kommuner.",
    }
