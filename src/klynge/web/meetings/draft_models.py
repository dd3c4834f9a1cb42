"""What somebody is writing and has not saved: theirs alone, and no part of the minutes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.models import User
from klynge.web.meetings.agenda_models import Item


class MinuteDraft(models.Model):
    """The unsaved minutes of an item by one user, kept while they write, so that no line is lost.

    base: the version of the minutes they began from; saving goes by it, as always.
    clauses: {clause: {"outcome": ..., "decision": ...}}, as in MinuteRevision.
    """

    item = models.ForeignKey(
        Item, models.CASCADE, related_name="minute_drafts", verbose_name=_("punkt")
    )
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("bruger"))
    base = models.PositiveIntegerField(_("skrevet oven på udgave"))
    html = models.TextField(_("tekst"), blank=True)
    clauses = models.JSONField(_("indstillingernes udfald"), default=dict)
    at = models.DateTimeField(_("hvornår"))

    class Meta:
        verbose_name = _("kladde til referat")
        verbose_name_plural = _("kladder til referat")
        constraints = (
            models.UniqueConstraint(fields=("item", "user"), name="meetings_one_draft_a_user"),
        )

    def __str__(self) -> str:
        return str(self.pk)
