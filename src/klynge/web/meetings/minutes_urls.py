"""Addresses of the meeting itself and its minutes: part of the meetings room's own."""

from __future__ import annotations

from django.urls import path

from klynge.web.meetings import approval_views, attendance_views, minutes_views, times_views

_ITEM = "<uuid:uid>/referat/<uuid:item>/"

urlpatterns = [
    path("<uuid:uid>/fremmoede/", attendance_views.attendance, name="attendance"),
    path("<uuid:uid>/fremmoede/aabn/", attendance_views.open_meeting, name="open_meeting"),
    path("<uuid:uid>/fremmoede/haev/", attendance_views.close_meeting, name="close_meeting"),
    path("<uuid:uid>/fremmoede/alle/", attendance_views.everybody_is_here, name="everybody_here"),
    path("<uuid:uid>/fremmoede/forny/", attendance_views.renew, name="renew_attendance"),
    path("<uuid:uid>/fremmoede/gaest/", attendance_views.add_guest, name="add_guest"),
    path("<uuid:uid>/fremmoede/tider/", times_views.times, name="times"),
    path("<uuid:uid>/fremmoede/historik/", attendance_views.history, name="attendance_history"),
    path("<uuid:uid>/fremmoede/<uuid:item>/", attendance_views.of_item, name="attendance_of_item"),
    path("fremmoede/<int:pk>/", attendance_views.of_person, name="attendance_of_person"),
    path("<uuid:uid>/referat/", minutes_views.minutes, name="minutes"),
    path("<uuid:uid>/referat/send/", approval_views.send, name="send_minutes"),
    path("<uuid:uid>/referat/svar/", approval_views.answer, name="answer_minutes"),
    path("<uuid:uid>/referat/afslut/", approval_views.settle, name="settle_minutes"),
    path("<uuid:uid>/referat/rettelse/", approval_views.correct, name="correct_minutes"),
    path(_ITEM, minutes_views.write, name="write_minutes"),
    path(f"{_ITEM}kladde/", minutes_views.draft, name="minutes_draft"),
    path(f"{_ITEM}tidligere/", minutes_views.revisions, name="minutes_revisions"),
    path(f"{_ITEM}udtalelse/", minutes_views.add_dissent, name="add_dissent"),
    path(f"{_ITEM}udtalelse/<int:pk>/", minutes_views.remove_dissent, name="remove_dissent"),
    path(f"{_ITEM}stemmer/", minutes_views.votes, name="votes"),
    path(f"{_ITEM}udsaet/", minutes_views.postpone, name="postpone_item"),
    path(f"{_ITEM}alligevel/", minutes_views.take_up_after_all, name="take_up_after_all"),
]
