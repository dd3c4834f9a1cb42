"""Which fields of this room are about a person. A test fails on a field that is not here."""

from __future__ import annotations

PERSONAL: dict[str, dict[str, bool]] = {}
