"""The pages that change what is kept of a person: the name, how to reach them, their log-in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from klynge.web.bodies import body_views, forms, rules
from klynge.web.bodies.edit_views import done, editor, posted
from klynge.web.bodies.models import Person


@editor
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """A person is called something else, in every body."""
    person = get_object_or_404(Person, pk=pk)
    form = forms.NameForm(posted(request), initial={"name": person.name})
    if form.is_valid() and done(
        form, lambda: rules.rename(by=request.user, person=person, **form.cleaned_data)
    ):
        messages.success(request, _("Navnet er rettet. Det tidligere er gemt."))
        return redirect("bodies:person", pk=pk)
    person.refresh_from_db()
    context = {"form": form.render_ready(), "person": person}
    return render(request, "bodies/rename.html", context, status=422 if form.is_bound else 200)


@require_POST
def save_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """How to reach a person; only the secretariat."""
    person = get_object_or_404(Person, pk=pk)
    if not request.user.has_perm("bodies.see_contacts"):
        raise PermissionDenied(_("Kun sekretariatet ser og retter kontaktoplysninger."))
    form = forms.ContactForm(request.POST)
    if not form.is_valid():
        return body_views.person_page(request, person, status=422, contact_form=form.render_ready())
    values = form.cleaned_data
    rules.save_contact(
        by=request.user,
        person=person,
        email=values["email"],
        phone=values["phone"],
        note_text=values["note"],
    )
    messages.success(request, _("Kontaktoplysningerne er gemt."))
    return redirect("bodies:person", pk=pk)


@require_POST
@editor
def link_user(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which log-in is the person's own, or that none is."""
    person = get_object_or_404(Person, pk=pk)
    form = forms.UserForm(request.POST, person=person)
    if form.is_valid() and done(
        form, lambda: rules.link_user(by=request.user, person=person, **form.cleaned_data)
    ):
        messages.success(request, _("Log-in er gemt."))
        return redirect("bodies:person", pk=pk)
    return body_views.person_page(request, person, status=422, user_form=form.render_ready())
