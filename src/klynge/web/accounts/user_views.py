"""The administrator's pages: who can log in, and as what."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klynge.web.accounts import links, rules, second_step
from klynge.web.accounts.forms import DescribedUserForm, RolesForm, UserForm
from klynge.web.accounts.models import Role, User
from klynge.web.accounts.views import WHAT_ROLES_GIVE

View = Callable[..., HttpResponse]


def _administrator(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("accounts.manage_users"):
            raise PermissionDenied(_("Kun administratorer kan oprette og ændre brugere."))
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@_administrator
def users(request: HttpRequest) -> HttpResponse:
    """Everybody who can log in; closed users when asked for."""
    wanted = request.GET.get("q", "").strip()[:100]
    closed = request.GET.get("lukkede") == "1"
    found = User.objects.prefetch_related("roles").filter(is_active=not closed)
    if wanted:
        found = found.filter(
            Q(name__icontains=wanted)
            | Q(username__icontains=wanted)
            | Q(organisation__icontains=wanted)
        )
    context = {
        "users": found,
        "with_second_step": second_step.those_who_have(),
        "wanted": wanted,
        "closed": closed,
    }
    return render(request, "accounts/users.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_administrator
def new_user(request: HttpRequest) -> HttpResponse:
    """A new user, and the link by which they choose a password."""
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = rules.create_user(by=request.user, **form.cleaned_data)
        return _link(request, made)
    return render(request, "accounts/new_user.html", {"form": form, "roles": _roles()})


@require_http_methods(["GET", "HEAD", "POST"])
@_administrator
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One user: what they are called (changed here), their roles, and what may be done."""
    found = _user(pk)
    form = DescribedUserForm(request.POST or None, instance=_user(pk))
    if request.method == "POST" and form.is_valid():
        rules.describe_user(by=request.user, user=found, **form.cleaned_data)
        return _done(request, found, _("Gemt."))
    return _page(request, found, form=form)


@require_POST
@_administrator
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Give and take roles."""
    found = _user(pk)
    form = RolesForm(request.POST, user=found)
    if not form.is_valid():
        return _page(request, found, refused=form.errors["roles"])
    return _try(
        request,
        found,
        lambda: rules.set_roles(by=request.user, user=found, roles=form.cleaned_data["roles"]),
        _("Rollerne er gemt og gælder med det samme."),
    )


@require_POST
@_administrator
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Let nobody log in as the user any more."""
    found = _user(pk)
    told = _("Brugeren er lukket og logget ud.")
    return _try(request, found, lambda: rules.close_user(by=request.user, user=found), told)


@require_POST
@_administrator
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a closed user log in again."""
    found = _user(pk)
    rules.open_user(by=request.user, user=found)
    return _done(request, found, _("Brugeren kan logge ind igen."))


@require_POST
@_administrator
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link by which the user chooses a new password."""
    found = _user(pk)
    if not found.is_active:
        return _page(request, found, refused=[_("Brugeren er lukket. Åbn den først.")])
    return _link(request, found)


@require_POST
@_administrator
def reset_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """For a telephone that is lost."""
    found = _user(pk)
    second_step.take_away(by=request.user, user=found)
    return _done(request, found, _("Koder fra den gamle telefon gælder ikke mere."))


@never_cache
def _link(request: HttpRequest, found: User) -> HttpResponse:
    context = {
        "found": found,
        "link": links.to_choose_a_password(found, by=request.user, request=request),
    }
    return render(request, "accounts/link.html", context)


def _user(pk: int) -> User:
    return get_object_or_404(User.objects.prefetch_related("roles"), pk=pk)


def _try(request: HttpRequest, found: User, change: Callable[[], None], told: str) -> HttpResponse:
    try:
        change()
    except ValidationError as refused:
        return _page(request, found, refused=refused.messages)
    return _done(request, found, told)


def _done(request: HttpRequest, found: User, told: str) -> HttpResponse:
    messages.success(request, told)
    return redirect("accounts:user", pk=found.pk)


def _page(
    request: HttpRequest,
    found: User,
    *,
    form: DescribedUserForm | None = None,
    refused: list[str] | None = None,
) -> HttpResponse:
    context = {
        "found": found,
        "form": form or DescribedUserForm(instance=found),
        "held": {role.name for role in found.roles.all()},
        "roles": _roles(),
        "has_second_step": second_step.has(found),
        "refused": refused or [],
    }
    return render(request, "accounts/user.html", context, status=409 if refused else 200)


def _roles() -> list[tuple[str, str, str]]:
    return [(name, Role.Name(name).label, text) for name, text in WHAT_ROLES_GIVE.items()]
