"""The main navigation: one entry a room that has a page of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from klynge.web.bodies import body_urls, kinds
from klynge.web.site import dates


@dataclass(frozen=True)
class Entry:
    """One link of the main navigation. `current`: this page is in that room."""

    label: str
    address: str
    current: bool


# Label, the name of its page, and the names whose pages belong under it.
ROOMS = (
    (_("Mit arbejde"), "meetings:mine", ("meetings:mine",)),
    (_("Danmark"), "site:home", ("site:home",)),
    (_("Klynger"), "bodies:list", ("bodies:",)),
    (_("Organer"), "bodies:overview", tuple(f"bodies:{name}" for name in body_urls.NAMES)),
    (_("Møder"), "meetings:home", ("meetings:",)),
    (_("Beslutninger"), "decisions:home", ("decisions:",)),
    (_("Mål"), "goals:home", ("goals:",)),
    (_("Initiativer"), "initiatives:home", ("initiatives:",)),
    (_("Midler"), "funds:home", ("funds:",)),
    (_("Aftaler"), "agreements:home", ("agreements:",)),
    (_("Offentligt"), "publishing:overview", ("publishing:",)),
    (_("Tal"), "figures:home", ("figures:",)),
    (_("Datapakker"), "figures:packs", ("figures:pack",)),
    (_("Brugere"), "accounts:users", ("accounts:user", "accounts:new_user")),
)
# What somebody must be allowed to do for the room's page to be theirs.
NEEDS = {
    "publishing:overview": "publishing.publish",
    "accounts:users": "accounts.manage_users",
}


def entries(request: HttpRequest) -> list[Entry]:
    """The entries of rooms that are there, with the one this page belongs to marked."""
    if not request.user.is_authenticated:
        return []
    here = _best(request.resolver_match.view_name if request.resolver_match else "")
    return [
        Entry(_label(request, name, label), address, current=name == here)
        for label, name, _names in ROOMS
        if (address := _address(name)) and _may(request, name)
    ]


def _may(request: HttpRequest, name: str) -> bool:
    """Whether the page is for this user: most rooms are everybody's."""
    return name not in NEEDS or request.user.has_perm(NEEDS[name])


def _label(request: HttpRequest, name: str, label: str) -> str:
    """The places' entry is called what they are called on the chosen date."""
    organising = kinds.organising(dates.on(request)) if name == "bodies:list" else ""
    return str(_("Sundhedsråd") if organising == kinds.SUNDHEDSRAAD else label)


def _best(view: str) -> str:
    """The name of the entry whose prefix fits `view` most closely."""
    fits = [
        (len(prefix), name)
        for _label, name, prefixes in ROOMS
        for prefix in prefixes
        if view.startswith(prefix)
    ]
    return max(fits)[1] if fits else ""


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
