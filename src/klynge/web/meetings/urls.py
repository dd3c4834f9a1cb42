"""Addresses of the meetings room."""

from __future__ import annotations

from klynge.web.meetings import agenda_urls, minutes_urls

app_name = "meetings"

urlpatterns = [*agenda_urls.urlpatterns, *minutes_urls.urlpatterns]
