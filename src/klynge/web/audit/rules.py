"""Adding to what has happened. Call inside the transaction that does the thing itself."""

from __future__ import annotations

from typing import Any

from django.db import models

from klynge.web.audit.models import Event

SYSTEM = "system"


def note(what: str, *, about: models.Model | str = "", by: Any) -> Event:
    """Write down that `what` happened to `about`, done by user `by` (None: the system itself).

    what: a few words in the past tense ("decision recorded"), never a personal value.
    about: a saved object, or a text when there is no object (a file, a place).
    """
    return Event.objects.create(what=what, **_about(about), **_by(by))


def _about(about: models.Model | str) -> dict[str, str]:
    if isinstance(about, models.Model):
        return {
            "about_kind": about._meta.label_lower,
            "about_id": str(about.pk),
            "about_text": str(about)[:500],
        }
    return {"about_text": about[:500]}


def _by(by: Any) -> dict[str, str]:
    if by is None:
        return {"by_id": "", "by_text": SYSTEM}
    return {"by_id": str(by.pk), "by_text": str(by)[:200]}
