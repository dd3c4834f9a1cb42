"""The funds room: pools, keys, applications, grants and the ledger."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    name = "klynge.web.funds"
    verbose_name = _("Midler")

    def ready(self) -> None:
        """Tell the rooms below what this one shows on their pages."""
        from klynge.web.bodies import duties, handover, panels
        from klynge.web.funds import showing
        from klynge.web.funds.handover import OpenPools
        from klynge.web.initiatives import panels as initiative_panels

        panels.on_body(showing.pools_of_body)
        panels.on_body(showing.papers_of_year)
        duties.register(showing.due)
        handover.register(OpenPools())
        initiative_panels.on_initiative(showing.money_of_initiative)
