"""Who may see and do what with money. Closed unless opened here.

The secretariat administers. Members read, and score and agree where they sit. Administrators read.
People who apply see the open calls and their own applications and grants, and nothing else.
"""

from __future__ import annotations

from typing import Any

import rules

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import (
    is_administrator,
    is_case_officer,
    is_member,
    is_secretariat,
)


@rules.predicate
def on_its_team(user: User, thing: Any) -> bool:
    """Works on the application, or on the application behind the grant."""
    application = getattr(thing, "application", thing)
    if application is None or not user.is_authenticated:
        return False
    return bool(application.team.filter(user=user).exists())


@rules.predicate
def is_not_a_draft(user: User, thing: Any) -> bool:
    """Has been sent; a grant always has."""
    application = getattr(thing, "application", thing)
    return application is None or not application.is_draft


rules.add_perm("funds.administer", is_secretariat)
rules.add_perm("funds.see", is_secretariat | is_member | is_administrator)
rules.add_perm("funds.apply", is_secretariat | is_member | is_case_officer)
rules.add_perm(
    "funds.see_application",
    on_its_team | is_secretariat | (is_not_a_draft & (is_member | is_administrator)),
)
rules.add_perm("funds.change_application", on_its_team | is_secretariat)
rules.add_perm("funds.see_grant", on_its_team | is_secretariat | is_member | is_administrator)
rules.add_perm("funds.send_accounts", on_its_team | is_secretariat)
rules.add_perm("funds.score", is_member)
