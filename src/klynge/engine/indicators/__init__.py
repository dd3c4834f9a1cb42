"""Indicators: one file an indicator (or close family), by theme; codelists beside them.

`ALL` is every indicator of the package, loaded and checked when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from klynge.engine.indicators.indicator import Indicator

    ALL: tuple[Indicator, ...]


def __getattr__(name: str) -> Any:
    if name == "ALL":
        from klynge.engine.indicators.catalogue import every

        return every()
    raise AttributeError(name)
