"""The second step of logging in: a code from an app on the user's telephone, or a recovery code.

Between the two steps nobody is logged in: the session only remembers whose password was right, for
ten minutes. Codes and their limits are django-otp's; a wrong one makes the next wait longer.
"""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass
from time import time

import segno
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.db import transaction
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from klynge.web.accounts.models import User
from klynge.web.audit.rules import note

CODE, SET_UP = "code", "set up"
MINUTES = 10
RECOVERY_CODES = 8
_WAITING = "waiting_for_second_step"


@dataclass(frozen=True)
class Waiting:
    """Somebody whose password was right. backend: what said so. then: the page they wanted."""

    user: User
    backend: str
    then: str


def asked_of(user: User) -> str:
    """CODE, SET_UP or "" for nothing: what else `user` must do to log in."""
    if has(user):
        return CODE
    return SET_UP if settings.KLYNGE_SECOND_STEP == "everybody" else ""


def has(user: User) -> bool:
    """Whether `user` has an app that gives codes."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def those_who_have() -> set[int]:
    """The keys of all users who have such an app."""
    return set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))


def wait(request: HttpRequest, user: User, then: str) -> None:
    """Remember that the first step went well."""
    request.session.cycle_key()
    request.session[_WAITING] = {
        "user": user.pk,
        BACKEND_SESSION_KEY: user.backend,
        "then": then,
        "since": time(),
    }


def waiting(request: HttpRequest) -> Waiting | None:
    """Who is between the two steps in this session, when it is not too long ago."""
    kept = request.session.get(_WAITING)
    if not kept or time() - kept["since"] > MINUTES * 60:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return Waiting(user, kept[BACKEND_SESSION_KEY], kept["then"]) if user else None


def forget(request: HttpRequest) -> None:
    """Nobody waits in this session any more."""
    request.session.pop(_WAITING, None)


@transaction.atomic
def accepts(user: User, code: str) -> bool:
    """Whether `code` is one of `user`'s that has not been used: from the app, or for recovery."""
    told = "".join(code.split())
    kind = TOTPDevice if told.isascii() and told.isdigit() else StaticDevice
    devices = kind.objects.select_for_update().filter(user=user, confirmed=True)
    right = any(device.verify_token(told.lower()) for device in devices)
    if right and kind is StaticDevice:
        note("recovery code used", about=user, by=user)
    return right


def being_set_up(user: User) -> TOTPDevice:
    """The app `user` is about to take into use: one at a time, and no code is asked for yet."""
    found: TOTPDevice
    found, _new = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    return found


def secret_of(device: TOTPDevice) -> str:
    """The app's key in groups of four, to be written by hand where no camera is."""
    key = b32encode(device.bin_key).decode()
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def picture_of(device: TOTPDevice) -> str:
    """The app's key as a QR code: an address of an image in itself."""
    return str(segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=2))


@transaction.atomic
def take_into_use(user: User, code: str) -> list[str] | None:
    """Ask for codes of the new app from now on, and of no other; None when `code` is not its.

    Returns recovery codes, each for one log-in without the app. They are shown once.
    """
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None or not device.verify_token("".join(code.split())):
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    StaticDevice.objects.filter(user=user).delete()
    recovery = StaticDevice.objects.create(user=user, name="recovery")
    codes = [StaticToken.random_token() for _each in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=recovery, token=code) for code in codes)
    note("second step set up", about=user, by=user)
    return codes


@transaction.atomic
def take_away(*, by: User, user: User) -> None:
    """Ask `user` for no code any more: for a telephone that is lost. Where everybody must have a
    second step they set it up anew at their next log-in."""
    removed = TOTPDevice.objects.filter(user=user).delete()[0]
    removed += StaticDevice.objects.filter(user=user).delete()[0]
    if removed:
        note("second step taken away", about=user, by=by)
