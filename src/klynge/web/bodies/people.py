"""Finding a person by what somebody wrote."""

from __future__ import annotations

import re
from collections import Counter

from django.utils.translation import gettext as _

from klynge.web.bodies.models import Person

_NUMBERED = re.compile(r"(?P<name>.*) \(nr\. (?P<number>\d+)\)$")


class Several(str):
    """There are several of that name: what to write instead."""


def known() -> tuple[str, ...]:
    """What everybody who is known can be written as; two of the same name with their number."""
    everybody = list(Person.objects.all())
    times = Counter(person.name for person in everybody)
    return tuple(
        person.name if times[person.name] == 1 else f"{person.name} (nr. {person.pk})"
        for person in everybody
    )


def label(person: Person) -> str:
    """What one person can be written as."""
    if Person.objects.filter(name=person.name).count() == 1:
        return person.name
    return f"{person.name} (nr. {person.pk})"


def called(written: str, someone_else: bool = False) -> Person | Several | None:
    """The person who is meant; None for somebody new; Several when it cannot be told."""
    written = " ".join(written.split())
    numbered = _NUMBERED.match(written)
    if numbered:
        found = Person.objects.filter(pk=int(numbered["number"]), name=numbered["name"]).first()
        if found:
            return found
    there = list(Person.objects.filter(name=written))
    if someone_else or not there:
        return None
    if len(there) == 1:
        return there[0]
    ways = ", ".join(f"{person.name} (nr. {person.pk})" for person in there)
    return Several(_("Flere har det navn. Skriv en af: {ways}.").format(ways=ways))
