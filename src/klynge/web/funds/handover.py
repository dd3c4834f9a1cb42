"""What the funds room hands over when a body closes: its pools, with their running grants.

A pool moves whole: its books, its grants and its calls are one story, and the money stays where it
is in the ledger. Only which body decides on it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klynge.web.accounts.models import User
from klynge.web.bodies import handover
from klynge.web.bodies.handover import CARRY, CLOSE, COUNT, OERE, Matter
from klynge.web.bodies.models import BodyRecord
from klynge.web.funds import ledger, money, rules
from klynge.web.funds.ledger import Kind
from klynge.web.funds.models import Pool


class OpenPools(handover.Kind):
    """Pools that are not closed: unspent money and running grants."""

    id = "pools"
    title = gettext_lazy("Puljer og bevillinger")
    order = 60

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterable[Matter]:
        """Every open pool of the bodies; its amounts are the free and the committed øre."""
        pools = list(Pool.objects.filter(body__in=bodies, closed_on=None).select_related("body"))
        sums = ledger.totals(pools)
        for pool in pools:
            own = sums[pool.pk]
            held = own[Kind.FREE] + own[Kind.RESERVED] + own[Kind.PAID]
            running = pool.grants.filter(closed_on=None).count()
            yield Matter(
                kind=self.id,
                key=str(pool.pk),
                body=pool.body,
                title=pool.name,
                detail=_("{free} ledige; {n} løbende bevillinger").format(
                    free=money.kroner(own[Kind.FREE]), n=running
                ),
                address=reverse("funds:pool", args=[pool.pk]),
                choices=(CARRY,) if held or running else (CARRY, CLOSE),
                amounts={COUNT: 1, OERE: held, "bevillinger": running},
            )

    def carry_over(
        self, matter: Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> str | None:
        """The pool is decided on by another body from now on."""
        pool = rules.hand_over(by=by, pool=_pool(matter), to=to, reason=reason)
        return reverse("funds:pool", args=[pool.pk])

    def close(self, matter: Matter, *, on: date, by: User | None, reason: str) -> None:
        """Close an empty pool. Raises NotAllowed while it holds money."""
        rules.close_pool(by=by, pool=_pool(matter), on=min(on, ledger.today()), text=reason)


def _pool(matter: Matter) -> Pool:
    return Pool.objects.get(pk=int(matter.key))
