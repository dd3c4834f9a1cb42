"""What happened. Rows are added through `klynge.web.audit.rules.note` and never changed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class NeverChanged(TypeError):
    """Somebody tried to change or remove what has happened."""

    def __init__(self) -> None:
        super().__init__("events are added and never changed or removed")


class EventQuerySet(models.QuerySet["Event"]):
    """Reads and adds; what would change or remove rows is refused."""

    def update(self, **_values: Any) -> int:
        raise NeverChanged

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NeverChanged

    def bulk_update(self, *_objects: Any, **_values: Any) -> int:
        raise NeverChanged

    def about(self, thing: models.Model) -> EventQuerySet:
        """The events that concern `thing`, also after it is gone."""
        return self.filter(about_kind=thing._meta.label_lower, about_id=str(thing.pk))


class Event(models.Model):
    """One thing that happened.

    What it is about and who did it are written as text and ids, without foreign keys, so that an
    event outlives both.
    """

    what = models.CharField(_("hvad"), max_length=200)
    about_kind = models.CharField(_("om hvilken slags"), max_length=100, blank=True)
    about_id = models.CharField(_("om hvilket nummer"), max_length=100, blank=True)
    about_text = models.CharField(_("om"), max_length=500, blank=True)
    by_id = models.CharField(_("brugernummer"), max_length=100, blank=True)
    by_text = models.CharField(_("af"), max_length=200)
    at = models.DateTimeField(_("hvornår"), auto_now_add=True, db_index=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("hændelse")
        verbose_name_plural = _("hændelser")
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("about_kind", "about_id"), name="audit_event_about"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise NeverChanged
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NeverChanged
