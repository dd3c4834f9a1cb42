"""The kinds of place in words, and which kind the work is organised by on a date."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from klynge import structure

KLYNGE, SUNDHEDSRAAD, REGION, KOMMUNE = "klynge", "sundhedsraad", "region", "kommune"

ONE = {
    KLYNGE: _("Sundhedsklynge"),
    SUNDHEDSRAAD: _("Sundhedsråd"),
    REGION: _("Region"),
    KOMMUNE: _("Kommune"),
}
MANY = {
    KLYNGE: _("Sundhedsklynger"),
    SUNDHEDSRAAD: _("Sundhedsråd"),
    REGION: _("Regioner"),
    KOMMUNE: _("Kommuner"),
}


def organising(on: date) -> str:
    """The kind that brings kommuner together on a date: klynge, sundhedsråd, or region before."""
    for kind in (KLYNGE, SUNDHEDSRAAD):
        if structure.places(kind, on):
            return kind
    return REGION
