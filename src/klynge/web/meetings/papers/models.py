"""The DOCX templates a secretary has handed in. Change them through rules.py, not here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.fields import by_whom


class PaperTemplate(models.Model):
    """A template that was edited in Word and found to work. A replaced one is kept.

    use: which papers it is for (`template_uses.uses`): "moede", or "sag-" and the id of a format.
    retired_at: when it was replaced or taken out of use; None for the one in force.
    """

    use = models.CharField(_("bruges til"), max_length=60)
    file_name = models.CharField(_("filnavn"), max_length=200)
    content = models.BinaryField(_("indhold"))
    sha256 = models.CharField(_("kontrolsum"), max_length=64)
    added_at = models.DateTimeField(_("tilføjet"))
    added_by = by_whom(_("tilføjet af"))
    retired_at = models.DateTimeField(_("taget ud af brug"), null=True, blank=True)

    class Meta:
        verbose_name = _("skabelon til papirer")
        verbose_name_plural = _("skabeloner til papirer")
        ordering = ("use", "-added_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("use",),
                condition=Q(retired_at__isnull=True),
                name="papers_one_template_in_force",
            ),
        )

    def __str__(self) -> str:
        return self.use
