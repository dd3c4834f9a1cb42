"""Addresses of the agreements room. Those under `hoeringsportal/` need no log-in."""

from __future__ import annotations

from django.urls import path

from klynge.web.agreements import answer_views, hearing_views, public, step_views, views

app_name = "agreements"

PORTAL = "hoeringsportal/"

urlpatterns = [
    path("", views.home, name="home"),
    path("ny/<slug:kind>/", views.begin, name="begin"),
    path("<int:pk>/", views.process, name="process"),
    path("<int:pk>/gaelder/", views.hold, name="hold"),
    path("<int:pk>/afslut/", views.end, name="end"),
    path("<int:pk>/tekst/", views.new_text, name="new_text"),
    path("tekst/<int:pk>/", views.text, name="text"),
    path("<int:pk>/maal/", views.new_goal, name="new_goal"),
    path("maal/<int:pk>/", views.change_goal, name="change_goal"),
    path("maal/<int:pk>/afslut/", views.end_goal, name="end_goal"),
    path("<int:pk>/vedtagelse/", views.adopt, name="adopt"),
    path("skridt/<int:pk>/", step_views.step, name="step"),
    path("skridt/<int:pk>/frist/", step_views.move, name="move"),
    path("skridt/<int:pk>/udelad/", step_views.drop, name="drop"),
    path("skridt/<int:pk>/aabn/", step_views.reopen, name="reopen"),
    path("<int:pk>/hoering/", hearing_views.new, name="new_hearing"),
    path("hoering/<int:pk>/", hearing_views.hearing, name="hearing"),
    path("hoering/<int:pk>/svar/", answer_views.receive, name="receive"),
    path("hoering/<int:pk>/forlaeng/", hearing_views.extend, name="extend"),
    path("hoering/<int:pk>/punkt/", hearing_views.sum_up, name="sum_up"),
    path("hoering/<int:pk>/offentlig/", hearing_views.publish, name="publish"),
    path("svar/<int:pk>/", answer_views.allow_public, name="allow_public"),
    path("svar/<int:pk>/ret/", answer_views.correct, name="correct_answer"),
    path("svar/<int:pk>/bilag/", answer_views.attach, name="attach"),
    path("bilag/<int:pk>/set-igennem/", answer_views.look_through, name="look_through"),
    path("bilag/<uuid:uid>/", answer_views.fetch, name="answer_file"),
    path(PORTAL, public.portal, name="portal"),
    path(f"{PORTAL}<uuid:uid>/", public.hearing, name="public_hearing"),
    path(f"{PORTAL}bilag/<uuid:uid>/", public.file, name="public_file"),
]
