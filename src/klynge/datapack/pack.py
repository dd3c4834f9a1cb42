"""A pack that has been read and found in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Pack:
    """What one data pack holds.

    folder: where it lies.
    descriptor: datapackage.json.
    figures: one row a cell, in FIGURE_SCHEMA.
    indicators: the entries of indicators.json, in its order.
    quality: quality.json.
    flows, flow_definition: the table of transitions and flows.json; None when it has none.
    """

    folder: Path
    descriptor: Mapping[str, Any]
    figures: pa.Table
    indicators: tuple[Mapping[str, Any], ...]
    quality: Mapping[str, Any]
    flows: pa.Table | None = None
    flow_definition: Mapping[str, Any] | None = None

    @property
    def id(self) -> str:
        """The seal: differs between any two packs that differ anywhere."""
        return str(self.descriptor["klynge"]["seal"])

    @property
    def name(self) -> str:
        """The pack's short name."""
        return str(self.descriptor["name"])

    @property
    def title(self) -> str:
        """The pack's title for people."""
        return str(self.descriptor["title"])

    @property
    def created(self) -> datetime:
        """When it was made, with time zone."""
        return datetime.fromisoformat(self.descriptor["created"])

    @property
    def years(self) -> tuple[int, ...]:
        """The years it covers."""
        return tuple(self.descriptor["klynge"]["years"])

    @property
    def geography(self) -> Mapping[str, Any]:
        """Places and memberships as the engine counted them."""
        geography: Mapping[str, Any] = self.descriptor["klynge"]["geography"]
        return geography

    @property
    def registers(self) -> Mapping[str, Any]:
        """Register extracts and their dates."""
        registers: Mapping[str, Any] = self.descriptor["klynge"]["registers"]
        return registers

    @property
    def note(self) -> str:
        """What a reader must know first, such as that the persons are invented; or empty."""
        return str(self.descriptor["klynge"].get("note", ""))

    @property
    def edition(self) -> str:
        """The checksum of its figures: the same for a pack before and after it is signed."""
        return edition_of(self.descriptor)

    @property
    def earlier(self) -> tuple[dict[str, Any], ...]:
        """The editions it was made beside, each with "edition", "created" and "years"."""
        return tuple(self.descriptor["klynge"].get("earlier", ()))

    @property
    def rounded_to(self) -> int | None:
        """What every count in it is a multiple of; None when the counts are exact."""
        rounding = self.descriptor["klynge"].get("rounding")
        return None if rounding is None else int(rounding["to"])

    @property
    def rounded_from(self) -> str | None:
        """The edition of the pack that it was rounded from; None when the counts are exact."""
        rounding = self.descriptor["klynge"].get("rounding")
        return None if rounding is None else str(rounding["edition"])

    @property
    def signed_by(self) -> str | None:
        """The signer's public key in hex, None for an unsigned pack."""
        signer: str | None = self.descriptor["klynge"].get("signed_by")
        return signer

    def indicator(self, code: str) -> Mapping[str, Any]:
        """The definition of one indicator; KeyError when the pack has none."""
        for entry in self.indicators:
            if entry["code"] == code:
                return entry
        raise KeyError(code)


def edition_of(descriptor: Mapping[str, Any]) -> str:
    """The checksum of the figures that a descriptor describes. KeyError when it names none."""
    for resource in descriptor["resources"]:
        if resource["path"] == "figures.parquet":
            return str(resource["hash"])
    raise KeyError("figures.parquet")
