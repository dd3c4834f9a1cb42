"""Indicators of chronic diseases as the register RUKS tells them, when it is delivered.

A definition that has `when_supplied` says itself how it then reads. The others ask for the disease
on the way to something else: their words stay, and a note says where the disease is from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.shared.ruks import RUKS
from klynge.engine.indicators.shared.sources import RUKS as REGISTER
from klynge.engine.spine.models import Basis

_TOLD_FROM: dict[Basis, frozenset[str]] = {
    "register": frozenset({"ruks_rows"}),
    "both": frozenset({"ruks_rows", "onsets"}),
}


def as_supplied(
    indicators: Sequence[Indicator], diseases: Collection[str]
) -> tuple[Indicator, ...]:
    """The indicators, those that ask for some of `diseases` told by the register.

    diseases: names of ours that the register has. A disease of one's own is never among them, even
    under the same name.
    """
    return tuple(_told(each, diseases) for each in indicators)


def told_by_register(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """The diseases that the register tells for some of the indicators."""
    return tuple(sorted({name for each in indicators for name in each.from_ruks}))


def basis_of(indicators: Sequence[Indicator]) -> Basis:
    """What tells the diseases of all of them."""
    if not told_by_register(indicators):
        return "local"
    return "both" if any(each.chronic for each in indicators) else "register"


def yearly_tables(indicator: Indicator) -> frozenset[str]:
    """Its `yearly_tables`, with what its diseases are told from."""
    tables = indicator.yearly_tables
    if "onsets" not in tables or indicator.basis == "local":
        return tables
    return tables - {"onsets"} | _TOLD_FROM[indicator.basis]


def _told(indicator: Indicator, diseases: Collection[str]) -> Indicator:
    supplied = frozenset(
        rule.disease for rule in indicator.diseases if rule in RUKS and rule.disease in diseases
    )
    if not supplied:
        return indicator
    if indicator.when_supplied and len(supplied) == len(indicator.diseases):
        return replace(indicator, from_ruks=supplied, **indicator.when_supplied)
    return replace(
        indicator,
        from_ruks=supplied,
        certainty_note=_note(indicator, supplied),
        sources=tuple(dict.fromkeys([*indicator.sources, REGISTER])),
    )


def _note(indicator: Indicator, supplied: Collection[str]) -> dict[str, str]:
    names = ", ".join(sorted(supplied))
    others = ", ".join(sorted({rule.disease for rule in indicator.diseases} - set(supplied)))
    da = f"Hvem der har {names}, er her efter registeret RUKS og ikke efter den lokale definition"
    en = f"Who has {names} is told by the register RUKS here and not by the local definition"
    if others:
        da += f"; {others} er stadig efter den lokale"
        en += f"; {others} still by the local one"
    note = indicator.certainty_note
    return {"da": f"{note['da']} {da}.".strip(), "en": f"{note['en']} {en}.".strip()}
