"""Addresses of the meetings room."""

from __future__ import annotations

from klynge.web.meetings import minutes_urls

app_name = "meetings"

urlpatterns = [*minutes_urls.urlpatterns]
