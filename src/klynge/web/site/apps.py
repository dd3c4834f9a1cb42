"""The site room: the frame of every page, Denmark's page, the search and the statements."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "klynge.web.site"
    label = "site"
    verbose_name = _("Site")

    def ready(self) -> None:
        """Join the rooms that do not know of each other: figures on the page of a place, and the
        deadlines of agreements in the year's wheel of meetings."""
        from klynge.web.bodies import slots
        from klynge.web.meetings import year_marks
        from klynge.web.site import joining

        slots.add_to_place_pages(
            slots.Slot("site/_figures_of_place.html", stylesheet="figures/figures.css")
        )
        year_marks.register(joining.deadlines_of_agreements)
