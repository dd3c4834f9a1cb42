"""Which indicators are counted in one pass, and what the numbers of each are called in its answer.

Indicators that look at the same events, dated in the same way, are a group: the table is read once
and every one of them takes its own rows from it. Those that look for other rows near an event are
a group with those who look from the same events. A number is called by what it is and its
indicator's place in the group (`events_3`), so that a code may be any word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.lifting import any_of
from klynge.engine.indicators.relations import Beyond, Span
from klynge.engine.indicators.rendering import condition
from klynge.engine.indicators.tree import Column


@dataclass(frozen=True)
class Group:
    """Indicators of the same events. `different`: the column whose values they tell apart."""

    name: str
    table: str
    indicators: tuple[Indicator, ...]

    @property
    def different(self) -> Column | None:
        return self.indicators[0].different

    def place(self, indicator: Indicator) -> int:
        """The indicator's place in the group."""
        return [each.code for each in self.indicators].index(indicator.code)


def groups_of(indicators: Iterable[Indicator]) -> tuple[Group, ...]:
    """The groups of those that count events, in the order they first come."""
    found: dict[tuple[str, ...], list[Indicator]] = {}
    for indicator in indicators:
        if indicator.events is not None:
            found.setdefault(_key(indicator), []).append(indicator)
    return tuple(
        Group(" ".join(filter(None, key)), key[0], tuple(members)) for key, members in found.items()
    )


def cuts_of(indicators: Iterable[Indicator]) -> tuple[int, ...]:
    """The first ages of the narrowest bands that every indicator's atoms are made of."""
    cuts = {0}
    for indicator in indicators:
        for low, high in indicator.atoms:
            cuts |= {low} if high is None else {low, high + 1}
    return tuple(sorted(cuts))


def _key(indicator: Indicator) -> tuple[str, ...]:
    events, by = indicator.events, indicator.dated_by
    if events is None or by is None:
        raise ValueError(f"{indicator.code} counts no events")
    columns = (by.starts.name, by.ends.name) if isinstance(by, Span) else (by.name, "")
    days = f"{indicator.window.days}" if indicator.window.days else ""
    different = indicator.different.name if indicator.different is not None else ""
    return (events.table, *columns, indicator.window.name, days, different, _asked_of(indicator))


def _asked_of(indicator: Indicator) -> str:
    """Which rows other rows are looked for, as a short key; "" when none are.

    Looking costs more than reading, so it is done for no other rows than must be.
    """
    sides = [side for side in (indicator.events, indicator.outcome) if side is not None]
    if not any(isinstance(part, Beyond) for side in sides for part in side.parts()):
        return ""
    rows = any_of([condition(sides[0], "e")])
    told = rows.sql() if rows is not None else "every row"
    return f"asking {hashlib.sha256(told.encode()).hexdigest()[:8]}"
