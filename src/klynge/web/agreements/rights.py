"""Who may change agreements and hearings."""

from __future__ import annotations

import rules
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_administrator, is_secretariat
from klynge.web.bodies.reasons import NotAllowed

rules.add_perm("agreements.edit", is_secretariat | is_administrator)


def refusal() -> str:
    """What is said to somebody who may not."""
    return _("Kun sekretariatet og administratorer kan ændre aftaler og høringer.")


def must_edit(by: User | None) -> None:
    """Raise NotAllowed unless `by` may change agreements; None is the system itself."""
    if by is not None and not by.has_perm("agreements.edit"):
        raise NotAllowed(refusal())
