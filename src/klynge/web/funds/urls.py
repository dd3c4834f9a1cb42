"""Addresses of the funds room: `/midler/` and below."""

from __future__ import annotations

from django.urls import path, re_path

from klynge.web.funds.views import (
    applications,
    calls,
    grants,
    pools,
    scoring,
    sharing,
    yearly,
)

app_name = "funds"

POOL = "pulje/<int:pk>/"
SHARING = "fordeling/<int:pk>/"
CALL = "runde/<int:pk>/"
APPLICATION = "ansoegning/<int:pk>/"
GRANT = "bevilling/<int:pk>/"
ACCOUNTS = "regnskab/<int:pk>/"
INSTALMENT = "rate/<int:pk>/"
YEAR = "aaret/<slug:kind>/<slug:place>/<int:year>/"

urlpatterns = [
    path("", pools.home, name="home"),
    path("pulje/ny/", pools.new, name="new_pool"),
    path(YEAR, yearly.papers, name="yearly"),
    re_path(
        r"^aaret/(?P<kind>[\w-]+)/(?P<place>[\w-]+)/(?P<year>\d{4})/"
        r"(?P<what>status|ssu|\d{3})\.(?P<form>pdf|docx)$",
        yearly.of_year,
        name="yearly_paper",
    ),
    path(POOL, pools.pool, name="pool"),
    path(f"{POOL}vilkaar/", pools.terms, name="terms"),
    path(f"{POOL}ramme/", pools.frame, name="frame"),
    path(f"{POOL}overfoer/", pools.carry, name="carry"),
    path(f"{POOL}tilbage/", pools.give_back, name="give_back"),
    path(f"{POOL}bilag/<int:number>/modposter/", pools.reverse_entry, name="reverse"),
    path(f"{POOL}luk/", pools.close, name="close_pool"),
    path(f"{POOL}regnskab/", pools.accounts, name="pool_accounts"),
    re_path(
        r"^pulje/(?P<pk>\d+)/regnskab\.(?P<form>csv|xlsx|pdf|docx)$",
        pools.export,
        name="export_pool",
    ),
    path(f"{POOL}indlaes/", pools.bring_in, name="import"),
    path(f"{POOL}fordel/", sharing.new, name="new_sharing"),
    path(f"{POOL}runde/", calls.new, name="new_call"),
    path(f"{POOL}bevilg/", grants.without_application, name="new_grant"),
    path(SHARING, sharing.sharing, name="sharing"),
    path(f"{SHARING}noegle/", sharing.add_key, name="add_key"),
    path(f"{SHARING}noegler.svg", sharing.chart, name="sharing_chart"),
    path(f"{SHARING}noegler.csv", sharing.export, name="export_sharing"),
    path("noegle/<int:pk>/fjern/", sharing.remove_key, name="remove_key"),
    path("noegle/<int:pk>/vedtag/", sharing.adopt, name="adopt_key"),
    path(CALL, calls.call, name="call"),
    path(f"{CALL}frist/", calls.deadline, name="deadline"),
    path(f"{CALL}ansoeg/", applications.begin, name="apply"),
    path(f"{CALL}beslutningsoplaeg/", calls.decision_packet, name="packet"),
    path(APPLICATION, applications.application, name="application"),
    path(f"{APPLICATION}trin/<int:number>/", applications.step, name="step"),
    path(f"{APPLICATION}send/", applications.send, name="send"),
    path(f"{APPLICATION}traek-tilbage/", applications.withdraw, name="withdraw"),
    path(f"{APPLICATION}skriv-med/", applications.team, name="team"),
    path(f"{APPLICATION}vurder/", scoring.score, name="score"),
    path(f"{APPLICATION}inhabil/", scoring.declare, name="declare"),
    path(f"{APPLICATION}indstil/", calls.recommend, name="recommend"),
    path(f"{APPLICATION}stilling/", calls.take_stance, name="take_stance"),
    path(f"{APPLICATION}bevilg/", grants.of_application, name="grant_application"),
    path(f"{APPLICATION}afslag/", applications.refuse, name="refuse"),
    path(GRANT, grants.grant, name="grant"),
    path(f"{GRANT}regnskab/", grants.send_accounts, name="send_accounts"),
    path(f"{GRANT}tilbagebetaling/", grants.repay, name="repay"),
    path(f"{GRANT}bortfald/", grants.release, name="release"),
    path(f"{GRANT}afslut/", grants.close, name="close_grant"),
    path(f"{INSTALMENT}betal/", grants.pay, name="pay"),
    path(f"{INSTALMENT}modposter/", grants.undo_payment, name="undo_payment"),
    path("vilkaar/<int:pk>/opfyldt/", grants.meet, name="meet"),
    path(f"{ACCOUNTS}godkend/", grants.approve, name="approve"),
    path(f"{ACCOUNTS}retur/", grants.send_back, name="send_back"),
    path(f"{ACCOUNTS}modposter/", grants.undo_approval, name="undo_approval"),
]
