"""Numbers somebody wrote, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from klynge.web.bodies.reasons import NotAllowed


def fraction(written: Any) -> Fraction:
    """A number as somebody wrote it, exactly. Raises NotAllowed for what is no number."""
    try:
        return Fraction(str(written).replace(" ", "").replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise NotAllowed(_("“{text}” er ikke et tal.").format(text=str(written)[:40])) from None
