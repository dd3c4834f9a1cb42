"""Who may do what in the meetings room; what they may see stands in access.py."""

from __future__ import annotations

from typing import Any

import rules
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_case_officer, is_member, is_secretariat
from klynge.web.bodies.reasons import NotAllowed

rules.add_perm("meetings.edit", is_secretariat)
rules.add_perm("meetings.propose_item", is_secretariat | is_member | is_case_officer)


class ChangedMeanwhile(NotAllowed):
    """Somebody else saved first.

    conflicts: what both changed, as (name, theirs, yours). merged: what would be saved if all of
    yours were kept where both changed, and all of theirs elsewhere; for showing the form again.
    """

    def __init__(
        self,
        reason: str,
        conflicts: tuple[tuple[str, Any, Any], ...] = (),
        merged: dict[str, Any] | None = None,
    ) -> None:
        self.conflicts = conflicts
        self.merged = merged or {}
        super().__init__(reason)


def must_edit(by: User | None) -> None:
    """Raise NotAllowed unless `by` is the secretariat, or None: the system itself."""
    if by is not None and not by.has_perm("meetings.edit"):
        raise NotAllowed(_("Kun sekretariatet kan ændre møder og dagsordener."))


def must_be_version(current: int, given: int | None) -> None:
    """Raise ChangedMeanwhile when what was read is not what is there now; None: do not ask."""
    if given is not None and given != current:
        raise ChangedMeanwhile(
            _("En anden har ændret det imens. Se, hvad der står nu, og gem igen.")
        )
