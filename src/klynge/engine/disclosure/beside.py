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
    from klynge.engine.education import EducationCounts
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

    def not_told_before(self, counts: Sequence[EducationCounts]) -> list[EducationCounts]:
        """Those of years that no earlier edition has; in others nothing is told by education."""
        return [each for each in counts if int(each.period) not in self._years]

    def check_education(self, figures: pa.Table, places: Sequence[Mapping[str, Any]]) -> None:
        """DisclosureRefused when the new rows tell anything of a year that an earlier edition has
        told by education, and that it did not tell itself: what its rows by education help to find
        among new ones is not tried. Where nothing is new, nothing new can be worked out.

        places: as the new pack describes them.
        """
        for number, (pack, edition) in enumerate(zip(self.packs, self.editions, strict=True)):
            by_level = edition.figures.filter(pc.not_equal(edition.figures["education"], "all"))
            for year in sorted(set(pc.unique(by_level["period"]).to_pylist())):
                new = _told_in(figures, year)
                same = _members(places) == _members(pack.geography["places"])
                same &= not any(
                    self.otherwise[code][number]
                    for code in set(pc.unique(new["indicator"]).to_pylist())
                )
                if _rows(new) and not (
                    same and _rows(new) <= _rows(_told_in(edition.figures, year))
                ):
                    raise DisclosureRefused(
                        _(
                            "Datapakken blev ikke skrevet: udgaven fra {date} har tal efter"
                            " uddannelse for {year}, og den nye viser noget for det år, som den"
                            " ikke viste. De to er ikke prøvet mod hinanden. Lad {year} ude af den"
                            " nye udgave."
                        ).format(date=f"{pack.created:%d.%m.%Y}", year=year)
                    )

    @property
    def _years(self) -> set[int]:
        return {year for pack in self.packs for year in pack.years}

    def warnings(
        self, years: Sequence[int], dates: Mapping[str, Any], *, by_education: bool = False
    ) -> list[dict[str, str]]:
        """What a reader of two editions must know, for quality.json.

        dates: the days on which the new pack sees each kind of place. by_education: whether
        anything was counted by it.
        """
        found = []
        if by_education and (both := sorted(self._years & set(years))):
            found.append(_not_by_education(", ".join(map(str, both))))
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


def _told_in(figures: pa.Table, year: str) -> pa.Table:
    """The shown rows of a year and its months, those by education left out."""
    wanted = pc.and_(pc.starts_with(figures["period"], year), pc.equal(figures["status"], "shown"))
    return figures.filter(pc.and_(wanted, pc.equal(figures["education"], "all")))


def _rows(figures: pa.Table) -> set[tuple[Any, ...]]:
    names = sorted(figures.schema.names)
    return set(zip(*(figures[name].to_pylist() for name in names), strict=True))


def _members(places: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Any]:
    """Which kommuner, whole and shared, each place has in each domain."""
    return {
        (place["kind"], place["id"]): {
            part: {domain: sorted(ids) for domain, ids in place[part].items()}
            for part in ("kommuner", "shared")
        }
        for place in places
    }


def _not_by_education(years: str) -> dict[str, str]:
    return {
        "da": f"En tidligere udgave har også {years}, og derfor er intet i de år vist efter"
        " uddannelse.",
        "en": f"An earlier edition has {years} as well, and so nothing in those years is told by"
        " education.",
    }


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
