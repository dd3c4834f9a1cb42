"""Whether a folder of registers holds bundles that are still to be unpacked."""

from __future__ import annotations

from pathlib import Path

PREFIX = "kl_gateway"
TABLES = ("aefv", "aehjsp", "aetr", "aerehab", "genoptraeningsplaner", "forebyggelsestilbud")
"""The registers that bundles may give."""


def is_delivered(folder: Path) -> bool:
    """A folder `kl_gateway...` lies there with something in it."""
    return any(
        entry.is_dir() and entry.name.lower().startswith(PREFIX) and any(entry.iterdir())
        for entry in folder.iterdir()
    )
