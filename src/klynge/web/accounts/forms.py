"""What we ask when somebody logs in."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """User name and password; says what went wrong without saying which of the two it was."""

    error_messages = {  # noqa: RUF012
        "invalid_login": _("Brugernavn og adgangskode passer ikke sammen. Prøv igen."),
        "inactive": _("Brugeren er lukket. Spørg jeres administrator."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Adgangskode")
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-input"
