"""What a body cannot agree on: the law lets only some rules be deviated from."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.bodies.models import Deviation


def reasons_against(row: Deviation) -> list[str]:
    """Every reason why an agreement cannot be recorded."""
    known = {each.id: each for each in structure.rules(row.body.kind)}
    reasons = []
    if row.rule not in known:
        reasons.append(_("Reglen gælder ikke for dette organ."))
    elif not known[row.rule].deviation:
        paragraph = known[row.rule].paragraph
        reasons.append(
            _("Reglen kan ikke fraviges ved aftale ({paragraph}).").format(paragraph=paragraph)
        )
    if not row.decision:
        reasons.append(_("Skriv, hvornår og hvor afvigelsen er besluttet."))
    same = Deviation.objects.filter(body=row.body, rule=row.rule, subject=row.subject).known_at()
    if any(_overlap(row, other) for other in same):
        reasons.append(_("Der er allerede en aftale om den regel i samme tid."))
    return reasons


def _overlap(one: Deviation, other: Deviation) -> bool:
    first = max(one.valid_from, other.valid_from)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)
