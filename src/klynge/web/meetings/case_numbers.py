"""Case numbers as the parties' systems write them: help for the eye, never a refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Style:
    """One way of writing. `example` is shown as help."""

    id: str
    name: str | Promise
    example: str
    pattern: re.Pattern[str]


_KLE = r"\d{2}\.\d{2}\.\d{2}"
STYLES = (
    Style("kle", _("KLE"), "29.30.08-P27-1-21", re.compile(rf"{_KLE}-[A-ZÆØÅ]\d{{2}}-\d+-\d{{2}}")),
    Style("kle-subject", _("KLE-emne"), "29.30.08", re.compile(_KLE)),
    Style("midt", _("Region Midtjylland"), "1-00-3-23", re.compile(r"\d-\d{2}(?:-\d{1,4}){2,3}")),
    Style("syd", _("Region Syddanmark"), "15/604", re.compile(r"\d{2}/\d{1,6}")),
    Style("sj", _("Region Sjælland"), "4246445", re.compile(r"\d{7}")),
    Style("hovedstaden", _("Region Hovedstaden"), "22012345", re.compile(r"\d{8}")),
    Style("acadre", _("Sag med årstal"), "330-2020-29711", re.compile(r"\d{1,4}-\d{4}-\d{1,7}")),
)  # fmt: skip


def style_of(number: str) -> Style | None:
    """The way a number is written; None when it is none of those that are known."""
    number = number.strip()
    return next((style for style in STYLES if style.pattern.fullmatch(number)), None)


def tidy(number: str) -> str:
    """The number without what people write before it: "Sagsnr.: 1-00-3-23" is "1-00-3-23"."""
    number = " ".join(number.split())
    return re.sub(r"^(?:sags?\s?nr|sagsnummer|brevid)\.?\s*:?\s*", "", number, flags=re.I)
