"""Places as figures know them: names, who is counted where, and the region a place lies in.

A pack says itself which kommuner it counted in which place, by domain; that is what the pages
tell. Without a pack, `klynge.structure` says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from klynge import structure
from klynge.structure import Geography, UnknownPlace
from klynge.web.figures.models import Pack

LAND = ("land", "DK")
Key = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """A kind and an id with the name people use."""

    kind: str
    id: str
    name: str

    @property
    def key(self) -> Key:
        return (self.kind, self.id)


class PackPlaces:
    """The places of one pack's geography."""

    def __init__(self, geography: Mapping[str, Any]) -> None:
        self._rows: dict[Key, Mapping[str, Any]] = {
            (row["kind"], row["id"]): row for row in geography.get("places", ())
        }
        self.notes = geography.get("notes", ())

    def __contains__(self, key: Key) -> bool:
        return key in self._rows

    def place(self, kind: str, id: str) -> Place:
        """One place; UnknownPlace when neither the pack nor the structure knows it."""
        row = self._rows.get((kind, id))
        return Place(kind, id, str(row["name"])) if row else known(kind, id)

    def of_kind(self, kind: str) -> tuple[Place, ...]:
        """Every place of a kind, in the pack's order."""
        return tuple(
            Place(kind, id, str(row["name"])) for (k, id), row in self._rows.items() if k == kind
        )

    def kommuner(self, key: Key, domain: str) -> tuple[str, ...]:
        """The codes of the kommuner counted in a place; "begge" is counted as somatik."""
        return self._listed("kommuner", key, domain)

    def shared(self, key: Key, domain: str) -> tuple[str, ...]:
        """Those of them that are counted in another place of the same kind too."""
        return self._listed("shared", key, domain)

    def uncertain(self, key: Key, domain: str) -> bool:
        """Whether it is not sure that a place's kommuner are the right ones in a domain."""
        found = self._rows.get(key, {}).get("uncertain", {})
        return bool(found.get(_membership(domain)))

    def others_with(self, kommune: str, key: Key, domain: str) -> tuple[Place, ...]:
        """Places of the same kind that also count a kommune."""
        return tuple(
            place
            for place in self.of_kind(key[0])
            if place.key != key and kommune in self.kommuner(place.key, domain)
        )

    def region_of(self, key: Key) -> Place | None:
        """The region that holds all of a place's kommuner; None for a region and the land."""
        if key[0] in ("region", "land"):
            return None
        found = self._regions.get(key)
        return self.place("region", found) if found else None

    @cached_property
    def _regions(self) -> dict[Key, str]:
        kommuner = {
            region.id: set(self.kommuner(region.key, "somatik"))
            for region in self.of_kind("region")
        }
        return {
            key: region
            for key in self._rows
            for region, inside in kommuner.items()
            if (own := set(self.kommuner(key, "somatik"))) and own <= inside
        }

    def _listed(self, name: str, key: Key, domain: str) -> tuple[str, ...]:
        if key[0] == "kommune":
            return (key[1],) if name == "kommuner" else ()
        row = self._rows.get(key, {})
        if name in row:
            return tuple(row[name].get(_membership(domain), ()))
        cells = _of_structure(_membership(domain)).get(key)
        return tuple(getattr(cells, name)) if cells else ()


def of(pack: Pack | None) -> PackPlaces:
    """The places of a pack; those of `klynge.structure` when there is no pack yet."""
    return PackPlaces(pack.geography) if pack else _without_pack()


def known(kind: str, id: str) -> Place:
    """A place by kind and id. Raises UnknownPlace with the nearest ids."""
    if kind not in structure.KINDS:
        raise UnknownPlace(kind, id, ())
    return Place(kind, id, structure.place(kind, id).name)


@lru_cache(1)
def geography() -> Geography:
    """The one static geography every pack is counted by."""
    return Geography.of_pack()


@lru_cache(1)
def _without_pack() -> PackPlaces:
    return PackPlaces(geography().descriptor())


@lru_cache(2)
def _of_structure(domain: str) -> dict[Key, Any]:
    return {(cells.kind, cells.id): cells for cells in geography().places(domain)}


def _membership(domain: str) -> str:
    return "psykiatri" if domain == "psykiatri" else "somatik"
