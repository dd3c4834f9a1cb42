"""The demo's invented users. Their log-ins are printed and shown: the demo holds no real data."""

from __future__ import annotations

from klynge.web.accounts.models import Role

PASSWORD = "klynge-demo-2024"  # noqa: S105

# User name, name, organisation and role. The names are made up; nobody is meant.
PEOPLE = (
    ("sekretariat", "Signe Prøvested", "Randersklyngens sekretariat", Role.Name.SECRETARIAT),
    ("medlem", "Mogens Eksempelsen", "Randers Kommune", Role.Name.MEMBER),
    ("analytiker", "Amina Tænkt", "Regionshospitalet Randers", Role.Name.ANALYST),
    ("sagsbehandler", "Sofus Opfundet", "Syddjurs Kommune", Role.Name.CASE_OFFICER),
    ("administrator", "Asta Påfund", "Randersklyngens sekretariat", Role.Name.ADMINISTRATOR),
)
