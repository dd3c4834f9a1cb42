"""Amounts: whole øre inside, Danish kroner outside."""

from __future__ import annotations

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

MOST = 9 * 10**15
"""The largest amount that can be recorded, in øre: far above any frame, far below the column's."""

_WRITTEN = re.compile(
    r"(?P<sign>-?)(?P<kroner>\d{1,3}(?P<group>[., ])\d{3}(?:(?P=group)\d{3})*|\d+)"
    r"(?:(?P<mark>[.,])(?P<cents>\d{1,2}))?"
)


class NotAnAmount(ValueError):
    """What was written is no amount; the message says what would be."""


def read(text: str) -> int:
    """What somebody wrote, in øre: "1.250.000,50", "1250000" or "1 250 000 kr.".

    Comma or point before the øre, anything between thousands. Raises NotAnAmount for more than two
    decimals, for a mark that could mean either, and for everything else that is no amount.
    """
    plain = text.replace("\N{NO-BREAK SPACE}", " ").strip().lower()
    plain = plain.removesuffix("kr.").removesuffix("kr").removesuffix("dkk").strip()
    plain = plain.replace("\N{MINUS SIGN}", "-").removesuffix(",-").strip()
    found = _WRITTEN.fullmatch(plain)
    if found is None or (found["mark"] and found["mark"] == found["group"]):
        raise NotAnAmount(_("Skriv et beløb i kroner, for eksempel 1.250.000 eller 1.250.000,50."))
    kroner = int(re.sub(r"\D", "", found["kroner"]))
    ore = 100 * kroner + int((found["cents"] or "").ljust(2, "0"))
    if ore > MOST:
        raise NotAnAmount(_("Beløbet er for stort."))
    return -ore if found["sign"] else ore


def number(ore: int) -> str:
    """An amount in kroner without its unit; øre only when there are any: "1.250.000"."""
    thousand, decimal = (",", ".") if get_language() == "en" else (".", ",")
    kroner, cents = divmod(abs(ore), 100)
    text = f"{kroner:,}".replace(",", thousand) + (f"{decimal}{cents:02}" if cents else "")
    return f"\N{MINUS SIGN}{text}" if ore < 0 else text


def exact(ore: int) -> str:
    """An amount in kroner with its øre always written: for columns that are added up."""
    text = number(ore)
    if ore % 100:
        return text
    return f"{text}.00" if get_language() == "en" else f"{text},00"


def kroner(ore: int) -> str:
    """An amount with its unit: "1.250.000 kr."."""
    return f"{number(ore)}\N{NO-BREAK SPACE}kr."


def plain(ore: int) -> str:
    """As it is typed in a field: no thousands, a comma before the øre."""
    whole, cents = divmod(abs(ore), 100)
    return f"{'-' if ore < 0 else ''}{whole}" + (f",{cents:02}" if cents else "")
