"""Addresses of bodies, their members and people; included by urls.py in the same namespace."""

from __future__ import annotations

from django.urls import path, re_path

from klynge.web.bodies import (
    body_views,
    edit_views,
    handover_views,
    people_views,
    secretariat_views,
)

BODY = "organ/<slug:kind>/<slug:place>/"

urlpatterns = [
    path("haandbog/", body_views.handbook_page, name="handbook"),
    path("organer/", body_views.every_body, name="overview"),
    path("organer/<slug:place>/", body_views.region, name="region"),
    path(BODY, body_views.body, name="body"),
    path(f"{BODY}udpeg/", edit_views.appoint, name="appoint"),
    path(f"{BODY}aftale/", edit_views.deviate, name="deviate"),
    path(f"{BODY}indlaes/", edit_views.bring_in, name="import"),
    path(f"{BODY}ny/<slug:paper>/", edit_views.adopt, name="adopt"),
    re_path(
        r"^organ/(?P<kind>[-\w]+)/(?P<place>[-\w]+)/medlemmer\.(?P<form>csv|xlsx|json)$",
        body_views.export,
        name="export",
    ),
    path("dokument/<int:pk>/", body_views.document, name="document"),
    path("medlemskab/<uuid:key>/ret/", edit_views.correct, name="correct"),
    path("medlemskab/<uuid:key>/fratraed/", edit_views.resign, name="resign"),
    path("medlemskab/<uuid:key>/traek-tilbage/", edit_views.take_back, name="take_back"),
    path("aftale/<uuid:key>/afslut/", edit_views.end_deviation, name="end_deviation"),
    path(
        "aftale/<uuid:key>/traek-tilbage/",
        edit_views.take_back_deviation,
        name="take_back_deviation",
    ),
    path("person/<int:pk>/", body_views.person, name="person"),
    path("person/<int:pk>/navn/", people_views.rename, name="rename"),
    path("person/<int:pk>/kontakt/", people_views.save_contact, name="save_contact"),
    path("person/<int:pk>/log-in/", people_views.link_user, name="link_user"),
    path("sekretariater/", secretariat_views.every, name="secretariats"),
    path("sekretariater/nyt/", secretariat_views.new, name="secretariat_new"),
    path("sekretariat/<int:pk>/", secretariat_views.one, name="secretariat"),
    path("sekretariat/<int:pk>/fordeling/", secretariat_views.agree, name="secretariat_agree"),
    path("sekretariat/<int:pk>/betjen/", secretariat_views.serve, name="secretariat_serve"),
    path("betjening/<int:pk>/afslut/", secretariat_views.stop, name="secretariat_stop"),
    path("overdragelse/", handover_views.every, name="handovers"),
    path("overdragelse/<int:pk>/", handover_views.one, name="handover"),
    path("overdragelse/<int:pk>/vaelg/", handover_views.choose, name="handover_choose"),
    path("overdragelse/<int:pk>/gennemfoer/", handover_views.carry_out, name="handover_carry_out"),
    path("overdragelse/<int:pk>/kasser/", handover_views.drop, name="handover_drop"),
    path("overdragelse/<int:pk>/rapport.csv", handover_views.report, name="handover_report"),
]

# What belongs under "Organer" in the main navigation.
NAMES = tuple(each.name for each in urlpatterns)
