"""The pages that change something. Each asks the rules, and shows their reasons on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klynge.faults import BadInput
from klynge.web.bodies import forms, history, importing, papers, representing, rules
from klynge.web.bodies.body_views import body_or_404
from klynge.web.bodies.models import BodyDocument, BodyRecord, Deviation, Membership, Person
from klynge.web.bodies.standing import Body

SALT = "klynge.bodies.import"
BEGUN_WITH = ("party", "kommune", "klynge", "organisation")
ONE_DAY = 24 * 60 * 60
View = Callable[..., HttpResponse]


def editor(view: View) -> View:
    """Only for those who may change members; GET shows the form and POST sends it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("bodies.edit_members"):
            raise PermissionDenied(
                _("Kun sekretariatet og administratorer kan ændre organernes medlemmer.")
            )
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(guarded)


@editor
def appoint(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """A new member."""
    body = body_or_404(kind, place)
    on = body.nearest_day(request.on)
    initial = {"valid_from": on, "role": "medlem", "office": "anden", "area": "anden"}
    initial |= {name: request.GET[name] for name in BEGUN_WITH if name in request.GET}
    form = forms.SeatForm(
        posted(request),
        body=body,
        record=history.find(kind, place),
        on=on,
        initial=initial,
    )
    if form.is_valid() and done(form, lambda: _appoint(request, form, body)):
        messages.success(request, _("Medlemmet er udpeget."))
        return redirect(body.address)
    return _form_page(request, form, body, _("Udpeg et medlem"), _("Udpeg"))


@editor
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mend a membership that was recorded wrongly."""
    row, body = _membership(key)
    on = body.nearest_day(max(request.on, row.valid_from))
    form = forms.SeatForm(
        posted(request),
        body=body,
        record=row.body,
        on=on,
        is_correction=True,
        initial=forms.SeatForm.initial_of(row),
    )
    if form.is_valid() and done(form, lambda: _correct(request, form, row)):
        messages.success(request, _("Medlemskabet er rettet. Det, der stod før, er gemt."))
        return redirect(body.address)
    explains = _("Brug kun dette, når noget er skrevet forkert. Går nogen ud, så brug “Fratræd”.")
    heading = _("Ret {name}").format(name=row.person)
    back = reverse("bodies:take_back", kwargs={"key": key})
    return _form_page(request, form, body, heading, _("Ret"), explains, take_back=back)


@editor
def resign(request: HttpRequest, key: UUID) -> HttpResponse:
    """A member leaves."""
    row, body = _membership(key)
    form = forms.EndForm(posted(request), initial={"last_day": body.nearest_day(request.on)})
    if form.is_valid() and done(
        form, lambda: rules.resign(by=request.user, key=key, **form.cleaned_data)
    ):
        messages.success(request, _("{name} er fratrådt.").format(name=row.person))
        return redirect(body.address)
    return _form_page(
        request, form, body, _("{name} fratræder").format(name=row.person), _("Fratræd")
    )


@editor
def take_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """A membership that should never have been recorded."""
    row, body = _membership(key)
    form = forms.ReasonForm(posted(request))
    if form.is_valid() and done(
        form, lambda: rules.take_back(by=request.user, key=key, **form.cleaned_data)
    ):
        messages.success(request, _("Medlemskabet er trukket tilbage."))
        return redirect(body.address)
    explains = _("Som om personen aldrig havde siddet der. At det stod her, kan stadig læses.")
    heading = _("Træk {name} tilbage").format(name=row.person)
    return _form_page(request, form, body, heading, _("Træk tilbage"), explains)


@editor
def deviate(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """An agreement to deviate from a rule."""
    body = body_or_404(kind, place)
    on = body.nearest_day(request.on)
    initial = {"valid_from": on, "rule": request.GET.get("regel", "")}
    form = forms.DeviationForm(posted(request), body=body, on=on, initial=initial)
    if form.is_valid() and done(form, lambda: _deviate(request, form, body)):
        messages.success(request, _("Aftalen er registreret."))
        return redirect(body.address)
    explains = _("Mange af lovens pladser gælder, hvor ikke andet aftales.")
    heading = _("Registrér en aftale om afvigelse")
    return _form_page(request, form, body, heading, _("Registrér"), explains)


@editor
def end_deviation(request: HttpRequest, key: UUID) -> HttpResponse:
    """An agreement ends."""
    found, body = _deviation(key)
    form = forms.EndForm(posted(request), initial={"last_day": body.nearest_day(request.on)})
    if form.is_valid() and done(
        form, lambda: rules.end_deviation(by=request.user, key=key, **form.cleaned_data)
    ):
        messages.success(request, _("Aftalen er afsluttet."))
        return redirect(body.address)
    back = reverse("bodies:take_back_deviation", kwargs={"key": key})
    return _form_page(
        request, form, body, _("Afslut aftalen"), _("Afslut"), found.decision, take_back=back
    )


@editor
def take_back_deviation(request: HttpRequest, key: UUID) -> HttpResponse:
    """An agreement that should never have been recorded."""
    found, body = _deviation(key)
    form = forms.ReasonForm(posted(request))
    if form.is_valid() and done(
        form, lambda: rules.take_back_deviation(by=request.user, key=key, **form.cleaned_data)
    ):
        messages.success(request, _("Aftalen er trukket tilbage."))
        return redirect(body.address)
    heading = _("Træk aftalen tilbage")
    return _form_page(request, form, body, heading, _("Træk tilbage"), found.decision)


@editor
def adopt(request: HttpRequest, kind: str, place: str, paper: str) -> HttpResponse:
    """A new version of a document, begun from the last one."""
    body = body_or_404(kind, place)
    if paper not in BodyDocument.Kind.values:
        raise Http404
    record = history.find(kind, place)
    last = BodyDocument.objects.filter(body=record, kind=paper).first() if record else None
    on = body.nearest_day(request.on)
    initial = {"valid_from": on, **forms.DocumentForm.initial_of(last)}
    form = forms.DocumentForm(posted(request), kind=paper, initial=initial)
    if form.is_valid() and done(form, lambda: _adopt(request, form, body, paper)):
        messages.success(request, _("Den nye version er gemt. De tidligere kan stadig læses."))
        return redirect(body.address)
    label = BodyDocument.Kind(paper).label
    law = {each.id: papers.law_about(each, kind, on) for each in papers.fields(paper)}
    heading = _("Ny version af {document}").format(document=label.lower())
    return _form_page(request, form, body, heading, _("Gem versionen"), law=law)


@editor
def bring_in(request: HttpRequest, kind: str, place: str) -> HttpResponse:
    """A file of members: looked through first, and recorded only when that is confirmed."""
    body = body_or_404(kind, place)
    if "confirmed" in request.POST:
        return _carry_out(request, body)
    form = forms.FileForm(posted(request), request.FILES or None)
    plan, content, refused = None, "", None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with transaction.atomic():
                members, unused = importing.read(file.name, file.read())
                record = rules.open_body(by=request.user, kind=kind, place=place)
                plan = importing.plan(record, members, file=file.name, unused=unused)
                content = signing.dumps(
                    [file.name, body.key, importing.to_json(members)], salt=SALT, compress=True
                )
        except BadInput as reason:
            refused = reason
    context = {
        "form": form.render_ready(),
        "body": body,
        "plan": plan,
        "content": content,
        "refused": refused,
    }
    return render(request, "bodies/import.html", context, status=422 if refused else 200)


def posted(request: HttpRequest) -> Any:
    """What was sent, also when it is empty; None when the form is only to be shown."""
    return request.POST if request.method == "POST" else None


def done(form: Form, do: Callable[[], object]) -> bool:
    """Do it; or show on the page why it may not be done."""
    try:
        with transaction.atomic():
            do()
    except rules.NotAllowed as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    return True


def _appoint(request: HttpRequest, form: forms.SeatForm, body: Body) -> None:
    values, seat = form.cleaned_data, form.seat()
    record = rules.open_body(by=request.user, kind=body.kind.id, place=body.place.id)
    rules.appoint(
        by=request.user,
        body=record,
        person=_person(request, form),
        valid_from=values["valid_from"],
        valid_to=values["valid_to"],
        reason=values["reason"],
        represents=_represents(record, seat, values["represents"]),
        **seat,
    )


def _correct(request: HttpRequest, form: forms.SeatForm, row: Membership) -> None:
    values, seat = form.cleaned_data, form.seat()
    seat["deputy_for"] = UUID(seat["deputy_for"]) if seat["deputy_for"] else None
    changes = seat | {
        "person": _person(request, form),
        "represents": _represents(row.body, seat, values["represents"]),
        "valid_from": values["valid_from"],
        "valid_to": values["valid_to"],
    }
    rules.correct(by=request.user, key=row.key, reason=values["reason"], changes=changes)


def _person(request: HttpRequest, form: forms.SeatForm) -> Person:
    found = form.cleaned_data["found_person"]
    return found or rules.add_person(by=request.user, name=form.cleaned_data["person"])


def _represents(record: BodyRecord, seat: dict[str, Any], name: str) -> Any:
    asked = Membership(
        party=seat["party"],
        kommune=seat["kommune"],
        organisation=seat["organisation"],
        area=seat["area"],
    )
    return representing.organisation_of(asked, record, name)


def _deviate(request: HttpRequest, form: forms.DeviationForm, body: Body) -> None:
    record = rules.open_body(by=request.user, kind=body.kind.id, place=body.place.id)
    rules.record_deviation(by=request.user, body=record, **form.cleaned_data)


def _adopt(request: HttpRequest, form: forms.DocumentForm, body: Body, paper: str) -> None:
    record = rules.open_body(by=request.user, kind=body.kind.id, place=body.place.id)
    values = {name: form.cleaned_data[name] for name in ("decision", "valid_from", "review_on")}
    values |= {"texts": form.texts(), "numbers": form.numbers()}
    rules.adopt_document(by=request.user, body=record, kind=paper, **values)


def _carry_out(request: HttpRequest, body: Body) -> HttpResponse:
    try:
        name, key, rows = signing.loads(request.POST["confirmed"], salt=SALT, max_age=ONE_DAY)
        if tuple(key) != body.key:
            raise signing.BadSignature
    except signing.BadSignature:
        messages.error(request, _("Filen skal vælges igen: gennemsynet var for gammelt."))
        return redirect("bodies:import", kind=body.kind.id, place=body.place.id)
    try:
        with transaction.atomic():
            record = rules.open_body(by=request.user, kind=body.kind.id, place=body.place.id)
            members = importing.from_json(rows)
            done = importing.carry_out(by=request.user, body=record, members=members, file=name)
    except BadInput as refused:
        form = forms.FileForm().render_ready()
        context = {"form": form, "body": body, "refused": refused}
        return render(request, "bodies/import.html", context, status=422)
    messages.success(
        request,
        _("Indlæst: {new} nye, {changed} rettede, {same} uændrede.").format(
            new=done.new, changed=done.changed, same=done.same
        ),
    )
    return redirect(body.address)


def _membership(key: UUID) -> tuple[Membership, Body]:
    """A membership as it is known now, and its body; 404 when it is taken back or never was."""
    row = (
        Membership.objects.filter(key=key)
        .known_at()
        .select_related("body", "person", "represents")
        .first()
    )
    if row is None:
        raise Http404
    return row, body_or_404(row.body.kind, row.body.place)


def _deviation(key: UUID) -> tuple[Deviation, Body]:
    """An agreement as it is known now, and its body; 404 when it is taken back or never was."""
    row = Deviation.objects.filter(key=key).known_at().select_related("body").first()
    if row is None:
        raise Http404
    return row, body_or_404(row.body.kind, row.body.place)


def _form_page(
    request: HttpRequest,
    form: forms.Styled,
    body: Body,
    heading: str,
    button: str,
    explains: str = "",
    law: dict[str, Any] | None = None,
    take_back: str = "",
) -> HttpResponse:
    context = {
        "form": form.render_ready(),
        "body": body,
        "heading": heading,
        "button": button,
        "explains": explains,
        "law": law or {},
        "take_back": take_back,
        "cancel": body.address,
        "people": getattr(form, "known_people", ()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "bodies/form.html", context, status=status)
