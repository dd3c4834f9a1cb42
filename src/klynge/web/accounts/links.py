"""Links by which somebody chooses their own password: for one user, once, and for three days.

Nobody but the user ever knows the password. The link is shown to the administrator who asked for
it, once, and is kept nowhere; it stops working when it is used, and when the user logs in.
"""

from __future__ import annotations

from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note


def to_choose_a_password(user: User, *, by: User | None, request: HttpRequest | None = None) -> str:
    """A new link for `user`: a whole address when the request says what the site is called."""
    note("password link made", about=user, by=by)
    address = reverse(
        "accounts:choose_password",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        },
    )
    return request.build_absolute_uri(address) if request else address
