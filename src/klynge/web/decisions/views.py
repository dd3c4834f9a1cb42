"""The pages of the register: all decisions, one decision, and what came home."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klynge.web.bodies import asked
from klynge.web.bodies.models import BodyRecord
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.decisions import (
    access,
    exporting,
    forms,
    home_rules,
    proposing,
    register,
    rules,
    telling,
    trace,
)
from klynge.web.decisions.models import Decision
from klynge.web.meetings import access as meetings
from klynge.web.meetings.models import Meeting

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[..., HttpResponse]


def for_recorders(view: View) -> View:
    """Only for those who keep the register."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("decisions.record"):
            raise PermissionDenied(_("Kun sekretariatet fører beslutningerne."))
        return view(request, *args, **kwargs)

    return guarded


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The register: searched, filtered, and as a file."""
    form = forms.SearchForm(request.GET, bodies=register.bodies_with_decisions())
    found = _found(request, form)
    as_file = request.GET.get("som", "")
    if as_file == "csv":
        return _file(exporting.as_csv(found), "text/csv; charset=utf-8", "csv")
    if as_file == "xlsx":
        return _file(exporting.as_xlsx(found), XLSX, "xlsx")
    address = request.GET.copy()
    for name in ("side", "som"):
        address.pop(name, None)
    records = request.user.has_perm("decisions.record")
    context = {
        "form": form.render_ready(),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("side")),
        "number": len(found),
        "kept": address.urlencode(),
        "records": records,
        "late": _late_without_item(request) if records else 0,
        "on": request.on,
    }
    return render(request, "decisions/home.html", context)


@require_safe
def decision(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One decision: where it came from, how it goes, what it led to."""
    found = decision_or_404(request, uid)
    if not access.may_see(found, request.user):
        return render(request, "decisions/closed.html", {"decision": found})
    follows = request.user.has_perm("decisions.follow_up", found)
    initial = {"version": found.version, "state": found.state}
    context = {
        "decision": found,
        "trace": trace.of(found, request.user),
        "follow_ups": found.follow_ups.select_related("by").order_by("-at", "-pk"),
        "form": forms.FollowUpForm(initial=initial).render_ready()
        if follows and found.state not in (Decision.State.REPLACED, Decision.State.HOME)
        else None,
        "records": request.user.has_perm("decisions.record"),
        "at_home": found.at_home.select_related("organisation"),
        "late": found.is_late(request.on),
        "waiting": proposing.waiting_items(found).exists(),
    }
    return render(request, "decisions/decision.html", context)


@require_POST
def follow_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Tell how it goes."""
    found = readable_or_404(request, uid)
    form = forms.FollowUpForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            for error in errors:
                messages.error(request, error)
    elif did(request, rules.follow_up, decision=found, **form.cleaned_data):
        messages.success(request, _("Opfølgningen er gemt."))
    return redirect("decisions:decision", found.uid)


@require_http_methods(["GET", "HEAD", "POST"])
@for_recorders
def assign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who sees to it, and until when."""
    found = readable_or_404(request, uid)
    initial = {
        "responsible": found.responsible_id,
        "organisation": found.organisation_id,
        "deadline": found.deadline,
    }
    form = forms.WhoForm(_posted(request), body=found.body, initial=initial)
    if form.is_valid() and _may(
        form,
        rules.assign,
        by=request.user,
        decision=found,
        version=asked.key(request.POST.get("version")) or 0,
        **form.cleaned_data,
    ):
        messages.success(request, _("Ansvar og frist er gemt."))
        return redirect("decisions:decision", found.uid)
    heading = _("Ansvar og frist")
    return _form_page(request, form, found, heading, _("Gem"), version=found.version)


@require_http_methods(["GET", "HEAD", "POST"])
@for_recorders
def replace(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Another decision takes its place."""
    found = readable_or_404(request, uid)
    possible = Decision.objects.filter(body=found.body, decided_on__gte=found.decided_on)
    form = forms.ReplaceForm(_posted(request), possible=possible.exclude(pk=found.pk))
    if form.is_valid() and _may(
        form, rules.replace, by=request.user, decision=found, **form.cleaned_data
    ):
        messages.success(request, _("Beslutningen er afløst."))
        return redirect("decisions:decision", found.uid)
    return _form_page(request, form, found, _("Afløst af en anden beslutning"), _("Gem"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_recorders
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision of a body that was made elsewhere than at a meeting kept here."""
    body = get_object_or_404(BodyRecord, pk=pk)
    form = forms.BringInForm(_posted(request), body=body)
    if form.is_valid():
        try:
            made = rules.bring_in(by=request.user, body=body, **form.cleaned_data)
        except NotAllowed as reason:
            _refuse(form, reason)
        else:
            messages.success(request, _("Beslutningen er registreret."))
            return redirect("decisions:decision", made.uid)
    heading = _("Registrér en tidligere beslutning")
    return _form_page(request, form, None, heading, _("Registrér"), body=body)


@require_http_methods(["GET", "HEAD", "POST"])
@for_recorders
def from_minutes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Turn what a meeting agreed into decisions that are followed."""
    meeting = get_object_or_404(
        meetings.visible_meetings(request.user).select_related("body"), uid=uid
    )
    lines = forms.take_forms(_posted(request), meeting)
    refused: list[str] = []
    if request.method == "POST" and all(line.is_valid() for line in lines):
        chosen = [line.new for line in lines if line.cleaned_data["take"]]
        try:
            made = rules.take_from_minutes(by=request.user, meeting=meeting, decisions=chosen)
        except NotAllowed as reason:
            refused = list(reason.reasons)
        else:
            said = ngettext(
                "{n} beslutning er taget med.", "{n} beslutninger er taget med.", len(made)
            )
            messages.success(request, said.format(n=len(made)))
            return redirect(f"{reverse('decisions:home')}?moede={meeting.uid}")
    context = {
        "meeting": meeting,
        "lines": lines,
        "refused": refused,
        "over": meeting.is_over,
        "taken": access.shown(register.every().filter(meeting=meeting), request.user),
    }
    return render(request, "decisions/from_minutes.html", context, status=422 if refused else 200)


@require_POST
@for_recorders
def propose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put it on the body's backlog."""
    found = readable_or_404(request, uid)
    if did(request, proposing.propose_follow_up, decision=found):
        messages.success(request, _("Beslutningen ligger nu blandt organets kommende punkter."))
    return redirect("decisions:decision", found.uid)


@require_POST
@for_recorders
def propose_late(request: HttpRequest) -> HttpResponse:
    """Put everything that is past its deadline on the backlogs."""
    items = proposing.propose_late(by=request.user, on=request.on)
    said = ngettext(
        "{n} beslutning er lagt blandt de kommende punkter.",
        "{n} beslutninger er lagt blandt de kommende punkter.",
        len(items),
    )
    messages.success(request, said.format(n=len(items)))
    return redirect("decisions:home")


@require_safe
def at_home(request: HttpRequest) -> HttpResponse:
    """Which authority has treated which decision."""
    form = forms.SearchForm(request.GET, bodies=register.bodies_with_decisions())
    readable = [each.decision for each in _found(request, form) if each.readable]
    columns, rows = register.matrix(readable)
    named = [(each, list(zip(columns, cells, strict=True))) for each, cells in rows]
    context = {"form": form.render_ready(), "columns": columns, "rows": named}
    return render(request, "decisions/at_home.html", context)


@require_POST
@for_recorders
def carry_home(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask every member authority to treat it."""
    found = readable_or_404(request, uid)
    if did(request, home_rules.carry_home, decision=found):
        messages.success(request, _("Beslutningen er sendt hjem til myndighederne."))
    return redirect("decisions:decision", found.uid)


@require_http_methods(["GET", "HEAD", "POST"])
def tell_from_home(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """What one authority's own committee or council has said."""
    found = readable_or_404(request, uid)
    row = get_object_or_404(found.at_home.select_related("organisation", "decision"), pk=pk)
    if not request.user.has_perm("decisions.tell_from_home", row):
        raise PermissionDenied(
            _("Kun sekretariatet og myndighedens egne medlemmer melder tilbage.")
        )
    names = ("state", "committee", "treated_on", "case_number", "outcome")
    form = forms.HomeForm(_posted(request), initial={name: getattr(row, name) for name in names})
    if form.is_valid() and _may(
        form, home_rules.tell_from_home, by=request.user, row=row, **form.cleaned_data
    ):
        messages.success(request, _("Tilbagemeldingen er gemt."))
        return redirect("decisions:decision", found.uid)
    heading = _("Behandling i {authority}").format(authority=row.organisation)
    return _form_page(request, form, found, heading, _("Gem"))


def decision_or_404(request: HttpRequest, uid: UUID) -> Decision:
    """A decision this reader may know of."""
    found = get_object_or_404(register.every(), uid=uid)
    if access.Eyes(request.user).show(found) is None:
        raise Http404
    return found


def readable_or_404(request: HttpRequest, uid: UUID) -> Decision:
    """A decision this reader may read."""
    found = get_object_or_404(register.every(), uid=uid)
    if not access.may_see(found, request.user):
        raise Http404
    return found


def did(request: HttpRequest, rule: Callable[..., Any], **arguments: Any) -> bool:
    """Do it, and say on the page why when it may not be done."""
    try:
        rule(by=request.user, **arguments)
    except NotAllowed as reason:
        for each in reason.reasons:
            messages.error(request, each)
        return False
    return True


def _found(request: HttpRequest, form: forms.SearchForm) -> list[access.Shown]:
    data = form.cleaned_data if form.is_valid() else {}
    wanted = register.Wanted(
        body=data.get("organ"),
        state=data.get("tilstand", ""),
        responsible=data.get("ansvarlig"),
        text=data.get("tekst", ""),
    )
    found = register.find(wanted, request.user, request.on)
    meeting = _meeting(request)
    if meeting is not None:
        found = [each for each in found if each.decision.meeting_id == meeting.pk]
    return found


def _meeting(request: HttpRequest) -> Meeting | None:
    try:
        uid = UUID(request.GET.get("moede", ""))
    except ValueError:
        return None
    return meetings.visible_meetings(request.user).filter(uid=uid).first()


def _late_without_item(request: HttpRequest) -> int:
    late = register.find(register.Wanted(state=register.LATE), request.user, request.on)
    return len(proposing.not_waiting(each.decision for each in late))


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _may(form: Any, rule: Callable[..., Any], **arguments: Any) -> bool:
    try:
        rule(**arguments)
    except NotAllowed as reason:
        _refuse(form, reason)
        return False
    return True


def _refuse(form: Any, reason: NotAllowed) -> None:
    for each in reason.reasons:
        form.add_error(None, each)


def _form_page(
    request: HttpRequest,
    form: Any,
    found: Decision | None,
    heading: str,
    button: str,
    **more: Any,
) -> HttpResponse:
    home = reverse("decisions:home")
    context = {
        "form": form.render_ready(),
        "decision": found,
        "heading": heading,
        "button": button,
        "cancel": reverse("decisions:decision", kwargs={"uid": found.uid}) if found else home,
        "short": telling.short(found.text) if found else "",
        **more,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "decisions/form.html", context, status=status)


def _file(content: str | bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="beslutninger.{ending}"'
    return response
