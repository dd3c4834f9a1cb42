"""What the register of chronic diseases (RUKS) calls those of ours."""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa

NAMES: dict[str, tuple[str, ...]] = {
    "KOL": ("kol", "kronisk obstruktiv lungesygdom"),
    "astma": ("astma",),
    "T1D": ("type 1 - diabetes", "type 1-diabetes", "type 1 diabetes", "type1diabetes", "t1d"),
    "T2D": ("type 2 - diabetes", "type 2-diabetes", "type 2 diabetes", "type2diabetes", "t2d"),
    "demens": ("demens",),
    "leddegigt": ("leddegigt", "reumatoid artrit", "reumatoid arthritis"),
    "osteoporose": ("osteoporose", "knogleskørhed"),
    "skizofreni": ("skizofreni",),
    "hjertesvigt": ("hjertesvigt",),
}
"""The names in lower case that rows of the register have, for each disease of ours."""


def ruks_names(diseases: Collection[str]) -> pa.Table:
    """The table `ruks_names` that `ruks_rows` reads, of these diseases."""
    rows = [(name, disease) for disease in diseases for name in NAMES[disease]]
    return pa.table(
        {
            "name": pa.array([name for name, _disease in rows], pa.string()),
            "disease": pa.array([disease for _name, disease in rows], pa.string()),
        }
    )
