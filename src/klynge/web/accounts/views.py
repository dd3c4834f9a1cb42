"""Log in, log out, and the pages about oneself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import (
    LoginView,
    LogoutView,
    PasswordChangeView,
    PasswordResetConfirmView,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from klynge.web.accounts import second_step
from klynge.web.accounts.demo import PASSWORD, PEOPLE
from klynge.web.accounts.forms import (
    CodeForm,
    LoginForm,
    NewPasswordForm,
    OtherPasswordForm,
    TelephoneForm,
)
from klynge.web.accounts.models import Role, User
from klynge.web.audit.rules import note

WHAT_ROLES_GIVE = {
    Role.Name.SECRETARIAT: gettext_lazy("Fører klyngens arbejde: alle steder og tal."),
    Role.Name.MEMBER: gettext_lazy("Læser alt, der hører til arbejdet i klyngen."),
    Role.Name.ANALYST: gettext_lazy("Indlæser datapakker og offentliggjorte tal."),
    Role.Name.CASE_OFFICER: gettext_lazy("Forbereder sager hjemme i egen myndighed."),
    Role.Name.ADMINISTRATOR: gettext_lazy("Opretter brugere og giver roller."),
}


@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    """The first step: user name and password."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: LoginForm) -> HttpResponse:
        """Logs in, or leads to the second step."""
        user = form.get_user()
        asked = second_step.asked_of(user)
        if not asked:
            return super().form_valid(form)
        second_step.wait(self.request, user, then=self.get_redirect_url())
        return redirect(_STEPS[asked])

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """With the demo's users, but only in a demo."""
        if settings.KLYNGE_DEMO:
            more |= {
                "demo_users": [(username, role.label) for username, *_names, role in PEOPLE],
                "demo_password": PASSWORD,
            }
        return super().get_context_data(**more)


class Logout(LogoutView):
    """Ends the session; POST only, so that a link on another site cannot do it."""


@login_not_required
@never_cache
def locked(request: HttpRequest, *_args: object, **_more: object) -> HttpResponse:
    """429: too many wrong passwords for one user name. The answer is the same for a name that
    nobody has."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step: a code."""
    who = second_step.waiting(request)
    if who is None:
        return _begin_again(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_step.accepts(who.user, form.cleaned_data["code"]):
            return _let_in(request, who)
        form.add_error("code", _wrong_code())
    return render(request, "accounts/code.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters("code", "password")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Taking an app into use: by oneself, or because the log-in asks for it."""
    who = None if request.user.is_authenticated else second_step.waiting(request)
    if who is None and not request.user.is_authenticated:
        return _begin_again(request)
    user = who.user if who else request.user
    if who and second_step.asked_of(user) != second_step.SET_UP:
        # Set up in another window meanwhile: a password alone must not replace that.
        return redirect("accounts:code")
    proven = who is not None or not user.has_usable_password()
    asked = request.POST or None
    form = CodeForm(asked) if proven else TelephoneForm(asked, request=request)
    if request.method == "POST" and form.is_valid():
        codes = second_step.take_into_use(user, form.cleaned_data["code"])
        if codes is not None:
            then = _let_in(request, who).url if who else resolve_url("accounts:mine")
            return render(request, "accounts/recovery.html", {"codes": codes, "then": then})
        form.add_error("code", _wrong_code())
    device = second_step.being_set_up(user)
    context = {
        "form": form,
        "picture": second_step.picture_of(device),
        "secret": second_step.secret_of(device),
        "replaces": second_step.has(user),
    }
    return render(request, "accounts/set_up.html", context)


@method_decorator(login_not_required, name="dispatch")
class ChoosePassword(PasswordResetConfirmView):
    """A password chosen by a link (see `links`)."""

    template_name = "accounts/choose_password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("accounts:login")

    def get_user(self, uidb64: str) -> User | None:
        """Whose link it is; nobody when the user is closed."""
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Says that one may log in now."""
        answer = super().form_valid(form)
        note("password chosen", about=self.user, by=self.user)
        messages.success(self.request, _("Adgangskoden er valgt. Log ind med den."))
        return answer


class OtherPassword(PasswordChangeView):
    """Another password instead of one's own."""

    template_name = "accounts/other_password.html"
    form_class = OtherPasswordForm
    success_url = reverse_lazy("accounts:mine")

    def form_valid(self, form: OtherPasswordForm) -> HttpResponse:
        """Ends one's other sessions, as Django does, and says so."""
        answer = super().form_valid(form)
        note("password changed", about=self.request.user, by=self.request.user)
        told = _("Adgangskoden er ændret. Du er logget ud alle andre steder.")
        messages.success(self.request, told)
        return answer


def mine(request: HttpRequest) -> HttpResponse:
    """The user's own name, organisation, roles and ways of logging in."""
    roles = [(name, Role.Name(name).label, text) for name, text in WHAT_ROLES_GIVE.items()]
    context = {
        "roles": roles,
        "has_second_step": second_step.has(request.user),
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "accounts/mine.html", context)


_STEPS = {second_step.CODE: "accounts:code", second_step.SET_UP: "accounts:set_up"}


def _let_in(request: HttpRequest, who: second_step.Waiting) -> Any:
    second_step.forget(request)
    login(request, who.user, backend=who.backend)
    return redirect(who.then or settings.LOGIN_REDIRECT_URL)


def _begin_again(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Der gik for lang tid. Log ind igen."))
    return redirect("accounts:login")


def _wrong_code() -> str:
    return _(
        "Koden passer ikke, eller den er brugt. Vent på den næste kode, og se efter, at telefonens"
        " ur går rigtigt."
    )
