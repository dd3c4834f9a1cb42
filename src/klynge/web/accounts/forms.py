"""What we ask when somebody logs in, and when an administrator makes or changes a user."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.models import Role, User


class _Styled:
    """A form whose fields have the design system's class; Django links hints and errors itself."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "form-input"


class LoginForm(_Styled, AuthenticationForm):
    """User name and password; says what went wrong without saying which of the two it was."""

    error_messages = {  # noqa: RUF012
        "invalid_login": _("Brugernavn og adgangskode passer ikke sammen. Prøv igen."),
        "inactive": _("Brugeren er lukket. Spørg jeres administrator."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Adgangskode")


class CodeForm(_Styled, forms.Form):
    """The code of the second step."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=20,
        error_messages={"required": _("Skriv koden.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class TelephoneForm(CodeForm):
    """A telephone taken into use by somebody who is logged in: an open screen is not enough."""

    password = forms.CharField(
        label=_("Din adgangskode"),
        strip=False,
        error_messages={"required": _("Skriv din adgangskode.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("password", "code")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request = request

    def clean_password(self) -> str:
        """The password, which counts as an attempt to log in."""
        told: str = self.cleaned_data["password"]
        name = self._request.user.get_username()
        if authenticate(self._request, username=name, password=told) is None:
            raise forms.ValidationError(_("Adgangskoden passer ikke."))
        return told


class NewPasswordForm(_Styled, SetPasswordForm):
    """A password chosen by a link."""


class OtherPasswordForm(_Styled, PasswordChangeForm):
    """Another password instead of the one that is written too."""


class DescribedUserForm(_Styled, forms.ModelForm):
    """What a user is called and where they work."""

    class Meta:
        model = User
        fields = ("name", "organisation")


class UserForm(_Styled, forms.ModelForm):
    """A new user, without a password: they choose it themselves by a link."""

    roles = forms.MultipleChoiceField(
        label=_("Roller"),
        choices=Role.Name.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Vælg mindst én rolle.")},
    )

    class Meta:
        model = User
        fields = ("name", "username", "organisation")
        help_texts = {  # noqa: RUF012
            "username": _("Det, personen logger ind med: bogstaver, tal og tegnene @ . + - _"),
        }


class RolesForm(forms.Form):
    """The roles a user is to hold; none is a choice too."""

    roles = forms.MultipleChoiceField(
        label=_("Roller"),
        choices=Role.Name.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].initial = [role.name for role in user.roles.all()]
