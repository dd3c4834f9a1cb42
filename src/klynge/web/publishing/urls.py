"""Addresses of the publishing room.

Public pages begin with `offentligt/`; the machines' addresses are where others' programs look for
them. Everything here that needs no log-in is drawn through `frame.page` or `frame.answer`.
"""

from __future__ import annotations

from django.urls import path, re_path

from klynge.web.publishing import (
    agenda_api,
    calendar_views,
    feeds,
    import_views,
    oparl_views,
    public_views,
    views,
)

app_name = "publishing"

UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
BODY = "offentligt/organ/<slug:kind>/<slug:place>/"
MEETING = "offentligt/moede/<uuid:uid>/"
OPARL = "api/oparl/v1.1/"
DESK = "offentliggoerelse/"

pages = [
    path("offentligt/", public_views.home, name="home"),
    path(BODY, public_views.body, name="body"),
    path(f"{BODY}kalender.ics", public_views.calendar_of_body, name="body_calendar"),
    path(f"{BODY}popolo.json", feeds.popolo_of, name="popolo"),
    path(MEETING, public_views.meeting, name="meeting"),
    path(f"{MEETING}<slug:part>/", public_views.part, name="part"),
    path(f"{MEETING}<slug:part>.pdf", public_views.part_pdf, name="part_pdf"),
    path(
        f"{MEETING}<slug:part>/figur/<uuid:item>/<int:number>.svg",
        public_views.figure,
        name="figure",
    ),
    path("offentligt/bilag/<uuid:uid>/", public_views.annex, name="annex"),
    path("offentligt/beslutninger/", public_views.decisions, name="decisions"),
    path("offentligt/soeg/", public_views.search, name="search"),
    path("offentligt/nyt.atom", feeds.atom, name="atom"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]

# Others' programs write these addresses in more than one way.
agenda = [
    re_path(r"^api/agenda/udvalgsliste/?$", agenda_api.committees, name="agenda_committees"),
    re_path(rf"^api/agenda/dagsorden/(?P<key>{UUID})/?$", agenda_api.agenda, name="agenda_meeting"),
    re_path(r"^api/agenda/soeg/?$", agenda_api.search, name="agenda_search"),
    re_path(rf"^[Vv]is/[Pp]df/bilag/(?P<key>{UUID})/?$", agenda_api.annex, name="agenda_annex"),
    re_path(rf"^[Vv]is/[Pp]df/dagsorden/(?P<key>{UUID})/?$", agenda_api.pdf, name="agenda_pdf"),
    re_path(r"^[Vv]is/?$", agenda_api.deep_link, name="agenda_link"),
]

oparl = [
    path(OPARL, oparl_views.system, name="oparl_system"),
    path(f"{OPARL}bodies/", oparl_views.bodies, name="oparl_bodies"),
    path(
        f"{OPARL}organizations/<slug:key>/meetings/",
        oparl_views.meetings_of,
        name="oparl_meetings_of",
    ),
    path(f"{OPARL}list/<slug:place>/<slug:kind>/", oparl_views.listed, name="oparl_list"),
    path(f"{OPARL}<slug:kind>/<slug:key>/", oparl_views.thing, name="oparl_thing"),
]

desk = [
    path(DESK, views.overview, name="overview"),
    path(f"{DESK}moede/<uuid:uid>/", views.meeting, name="desk"),
    path(f"{DESK}moede/<uuid:uid>/<slug:part>/vis/", views.preview, name="preview"),
    path(f"{DESK}moede/<uuid:uid>/<slug:part>/traek-tilbage/", views.withdraw, name="withdraw"),
    path(f"{DESK}moede/<uuid:uid>/<slug:part>/fund/<slug:key>/", views.overrule, name="overrule"),
    path(f"{DESK}organ/<slug:kind>/<slug:place>/", views.body, name="body_choice"),
    path(f"{DESK}indlaes/", import_views.bring_in, name="bring_in"),
    path(f"{DESK}moede/<uuid:uid>/indkald/", calendar_views.invite, name="invite"),
    path("min-kalender/", calendar_views.mine, name="my_calendar"),
    path("kalender/<str:token>.ics", calendar_views.personal, name="personal_calendar"),
]

urlpatterns = [*pages, *agenda, *oparl, *desk]
