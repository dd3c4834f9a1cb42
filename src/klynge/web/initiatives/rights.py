"""Who may change initiatives, and holding one while it is changed."""

from __future__ import annotations

import rules
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_administrator, is_secretariat
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.initiatives.models import Initiative

rules.add_perm("initiatives.edit", is_secretariat | is_administrator)


def must_edit(by: User | None) -> None:
    """Raises NotAllowed for those who may not."""
    if by is not None and not by.has_perm("initiatives.edit"):
        raise NotAllowed(_("Kun sekretariatet og administratorer kan ændre initiativer."))


def held_one(initiative: Initiative) -> Initiative:
    """The initiative as it is now, and nobody else changes it before the transaction ends."""
    return Initiative.objects.select_for_update().get(pk=initiative.pk)
