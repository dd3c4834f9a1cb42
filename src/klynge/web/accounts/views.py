"""Log in, log out, and the page about oneself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.demo import PASSWORD, PEOPLE
from klynge.web.accounts.forms import LoginForm
from klynge.web.accounts.models import Role

WHAT_ROLES_GIVE = {
    Role.Name.SECRETARIAT: _("Fører klyngens arbejde: alle steder og tal."),
    Role.Name.MEMBER: _("Læser alt, der hører til arbejdet i klyngen."),
    Role.Name.ANALYST: _("Indlæser datapakker og offentliggjorte tal."),
    Role.Name.CASE_OFFICER: _("Forbereder sager hjemme i egen myndighed."),
    Role.Name.ADMINISTRATOR: _("Opretter brugere og giver roller."),
}


@method_decorator(login_not_required, name="dispatch")
class Login(LoginView):
    """The one page everybody may see, besides the accessibility statement."""

    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

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


def mine(request: HttpRequest) -> HttpResponse:
    """The user's own name, organisation and roles."""
    roles = [(name, Role.Name(name).label, text) for name, text in WHAT_ROLES_GIVE.items()]
    return render(request, "accounts/mine.html", {"roles": roles})
