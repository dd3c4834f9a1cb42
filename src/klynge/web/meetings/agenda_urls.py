"""Addresses of planning and agendas; the other parts of the room have lists of their own."""

from __future__ import annotations

from django.urls import path

from klynge.web.meetings.views import (
    attached,
    backlog,
    item_actions,
    items,
    meeting,
    overview,
    review,
    year,
)

BODY = "organ/<slug:kind>/<slug:place>/"
YEAR = f"{BODY}aar/<int:year>/"
TEMPLATES = f"{BODY}skabeloner/"

urlpatterns = [
    path("", overview.home, name="home"),
    path("mit-arbejde/", overview.mine, name="mine"),
    path("aarshjul/", year.show, name="wheel"),
    path(BODY, overview.body, name="body"),
    path(f"{BODY}nyt/", meeting.plan, name="plan"),
    path(f"{BODY}rytme/", year.rhythm, name="rhythm"),
    path(YEAR, year.propose, name="propose"),
    path(f"{YEAR}fastsaet/", year.settle, name="settle_year"),
    path(f"{BODY}emner/", backlog.show, name="backlog"),
    path(TEMPLATES, backlog.templates, name="templates"),
    path(f"{TEMPLATES}ny/", backlog.new_template, name="new_template"),
    path(f"{TEMPLATES}<int:pk>/", backlog.edit_template, name="edit_template"),
    path(f"{TEMPLATES}<int:pk>/ud/", backlog.retire, name="retire_template"),
    path("<int:pk>/", meeting.show, name="meeting"),
    path("<uuid:uid>/", meeting.by_uid, name="meeting"),
    path("<int:pk>/ret/", meeting.change, name="change_meeting"),
    path("<int:pk>/aflys/", meeting.cancel, name="cancel_meeting"),
    path("<int:pk>/fjern/", meeting.drop, name="drop_meeting"),
    path("<int:pk>/flyt/", item_actions.move, name="move"),
    path("<int:pk>/raekkefoelge/", item_actions.reorder, name="reorder"),
    path("<int:pk>/udgave/<int:number>/bemaerk/", review.comment, name="comment"),
    path("<int:pk>/udgave/<int:number>/godkend/", review.approve, name="approve"),
    path("<int:pk>/goer/<slug:what>/", meeting.act, name="act"),
    path("bemaerkning/<int:pk>/", review.settle, name="settle_comment"),
    path("punkt/nyt/<int:body>/", items.new, name="new_item"),
    path("punkt/meld/<int:body>/", items.propose, name="propose_item"),
    path("punkt/<int:pk>/", items.show, name="item"),
    path("punkt/<uuid:uid>/", items.by_uid, name="item"),
    path("punkt/<int:pk>/ret/", items.change, name="change_item"),
    path("punkt/<int:pk>/luk/", item_actions.close, name="close_item"),
    path("punkt/<int:pk>/videre/", item_actions.forward, name="forward_item"),
    path("punkt/<int:pk>/saet-paa/", item_actions.put, name="put_item"),
    path("punkt/<int:pk>/bilag/", attached.add, name="add_annex"),
    path("punkt/<int:pk>/tal/", attached.add_figure, name="add_figure"),
    path("punkt/<int:pk>/goer/<slug:what>/", item_actions.act, name="item_act"),
    path("bilag/<uuid:uid>/", attached.fetch, name="annex"),
    path("bilag/<uuid:uid>/ret/", attached.edit, name="edit_annex"),
    path("bilag/<uuid:uid>/<slug:what>/", attached.act, name="annex_act"),
    path("tal/<int:pk>.svg", attached.drawing, name="drawing"),
    path("tal/<int:pk>/fjern/", attached.remove_figure, name="remove_figure"),
]
