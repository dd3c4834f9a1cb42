"""The plan of a grant: its conditions, and the instalments that make it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from klynge.web.funds import money
from klynge.web.funds.models import Condition, Grant, Instalment


def reasons_against(
    amount: int, instalments: Sequence[Mapping[str, Any]], conditions: Sequence[Mapping[str, Any]]
) -> list[str]:
    """Why the instalments do not make up the grant, or wait for what is not written."""
    reasons = []
    total = sum(one["amount"] for one in instalments)
    if amount <= 0:
        reasons.append(_("Beløbet skal være større end 0."))
    if any(one["amount"] <= 0 for one in instalments):
        reasons.append(_("En rate skal være større end 0."))
    if total != amount:
        reasons.append(
            _("Raterne er {total} tilsammen, og der bevilges {amount} Forskellen er {difference}")
            .format(
                total=money.kroner(total),
                amount=money.kroner(amount),
                difference=money.kroner(abs(total - amount)),
            )
        )  # fmt: skip
    days = [one["due_on"] for one in instalments]
    if days != sorted(days):
        reasons.append(_("Skriv raterne i den rækkefølge, de betales."))
    wrong = [one for one in instalments if not 0 <= (one.get("condition") or 0) <= len(conditions)]
    if wrong:
        reasons.append(_("En rate venter på et vilkår, der ikke er skrevet."))
    return reasons


def keep(
    made: Grant, instalments: Sequence[Mapping[str, Any]], conditions: Sequence[Mapping[str, Any]]
) -> None:
    """Keep the conditions, and the instalments with what each waits for."""
    written = [
        Condition.objects.create(grant=made, text=one["text"], due_on=one.get("due_on"))
        for one in conditions
    ]
    for number, one in enumerate(instalments, start=1):
        at = one.get("condition") or 0
        Instalment.objects.create(
            grant=made,
            number=number,
            amount=one["amount"],
            due_on=one["due_on"],
            condition=written[at - 1] if at else None,
        )
