"""What may happen to a sharing out and its keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.accounts.models import User
from klynge.web.audit.rules import note
from klynge.web.bodies import clock, history
from klynge.web.bodies import rules as body_rules
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.funds import ledger, money, sharing
from klynge.web.funds.ledger import Kind, Move
from klynge.web.funds.models import Entry, Key, Pool, Sharing
from klynge.web.funds.rules import must_administer, open_pool, terms_on

# The body that decides on the money of a place.
BODY_OF = {"klynge": "klynge-politisk", "sundhedsraad": "sundhedsraad"}


@transaction.atomic
def begin_sharing(
    *,
    by: User | None,
    pool: Pool,
    name: str,
    amount: int,
    place_kind: str,
    places: Sequence[str],
    on: date,
) -> Sharing:
    """Something to weigh keys about. Moves no money."""
    must_administer(by)
    left = ledger.totals([pool])[pool.pk][Kind.FREE]
    reasons = []
    if not name.strip():
        reasons.append(_("Skriv, hvad fordelingen skal hedde."))
    if amount <= 0:
        reasons.append(_("Beløbet skal være større end 0."))
    if amount > left:
        reasons.append(
            _("Der er {left} ledige i puljen, og du vil fordele {amount}").format(
                left=money.kroner(left), amount=money.kroner(amount)
            )
        )
    reasons += _reasons_against_places(place_kind, places)
    if reasons:
        raise NotAllowed(*reasons)
    made = Sharing.objects.create(
        pool=pool,
        name=" ".join(name.split()),
        amount=amount,
        place_kind=place_kind,
        places=list(places),
        on=on,
        created_at=clock.now(),
    )
    note("sharing begun", about=made, by=by)
    return made


@transaction.atomic
def add_key(
    *, by: User | None, sharing: Sharing, name: str, method: str, asked: Mapping[str, Any]
) -> Key:
    """A key with what each place would get by it; refused whole when a place has no weight."""
    must_administer(by)
    name = " ".join(name.split()) or str(Key.Method(method).label)
    reasons = []
    if sharing.adopted_id:
        reasons.append(_("Fordelingen er vedtaget. Begynd en ny for at sammenligne flere nøgler."))
    if sharing.keys.filter(name=name).exists():
        reasons.append(_("Der er allerede en nøgle, der hedder “{name}”.").format(name=name))
    if reasons:
        raise NotAllowed(*reasons)
    key = Key.objects.create(
        sharing=sharing,
        name=name,
        method=method,
        asked=dict(asked),
        result=_computed(sharing, method, asked),
        computed_at=clock.now(),
    )
    note("sharing key added", about=key, by=by)
    return key


@transaction.atomic
def remove_key(*, by: User | None, key: Key) -> None:
    """Take a key out of the comparison; not the adopted one."""
    must_administer(by)
    if key.sharing.adopted_id:
        raise NotAllowed(_("Fordelingen er vedtaget, og nøglerne bliver stående."))
    note("sharing key removed", about=key, by=by)
    key.delete()


@transaction.atomic
def adopt_key(
    *, by: User | None, key: Key, decision: str, decided_on: date, valid_on: date
) -> Sharing:
    """The body chose a key: the money moves.

    Klynger and sundhedsråd get a pool each, under the same terms; kommuner and partners are paid.
    """
    must_administer(by)
    shared = Sharing.objects.select_related("pool").get(pk=key.sharing_id)
    ledger.lock(shared.pool)
    shared.refresh_from_db()
    reasons = []
    if shared.adopted_id:
        reasons.append(_("Fordelingen er allerede vedtaget."))
    if not decision.strip():
        reasons.append(_("Skriv, hvor og hvornår fordelingen er besluttet."))
    if decided_on > valid_on:
        reasons.append(_("Pengene kan ikke flyttes, før fordelingen er besluttet."))
    if reasons:
        raise NotAllowed(*reasons)
    free = ledger.account(shared.pool, Kind.FREE)
    moves = [_move(by, shared, row, free, valid_on, decision) for row in key.result["rows"]]
    entry = ledger.post(
        by=by,
        pool=shared.pool,
        kind=Entry.Kind.SHARE,
        text=_("Fordelt efter “{key}”: {decision}").format(key=key.name, decision=decision.strip()),
        valid_on=valid_on,
        moves=[move for move in moves if move.amount],
    )
    shared.adopted, shared.entry = key, entry
    shared.decision, shared.decided_on = " ".join(decision.split())[:300], decided_on
    shared.save(update_fields=["adopted", "entry", "decision", "decided_on"])
    note("sharing key adopted", about=shared, by=by)
    return shared


def asked_of(shared: Sharing) -> sharing.Asked:
    """A sharing as it is computed with."""
    return sharing.Asked(shared.amount, shared.place_kind, tuple(shared.places), shared.on)


def _computed(shared: Sharing, method: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    return sharing.compute(method, asked, asked_of(shared))


def _reasons_against_places(kind: str, places: Sequence[str]) -> list[str]:
    reasons = []
    if not places:
        reasons.append(_("Vælg mindst ét sted at fordele på."))
    twice = sorted({place for place in places if list(places).count(place) > 1})
    if twice:
        reasons.append(_("Det samme står to gange: {places}.").format(places=", ".join(twice)))
    if kind != Sharing.Kind.PARTNER:
        known = {place.id for place in structure.places(kind)}
        unknown = [place for place in places if place not in known]
        if unknown:
            reasons.append(_("Ukendte steder: {places}.").format(places=", ".join(unknown)))
    return reasons


def _move(
    by: User | None, shared: Sharing, row: Mapping[str, Any], free: Any, on: date, decision: str
) -> Move:
    """A part's way out of the pool: into a pool of its own, or paid to a party."""
    if shared.place_kind not in BODY_OF:
        return Move(free, ledger.account(shared.pool, Kind.SHARED, party=row["name"]), row["ore"])
    kind = BODY_OF[shared.place_kind]
    body = history.find(kind, row["id"]) or body_rules.open_body(by=by, kind=kind, place=row["id"])
    terms = terms_on(shared.pool, on)
    part = open_pool(
        by=by,
        body=body,
        name=f"{shared.pool.name}: {row['name']}",
        source=shared.pool.name,
        holder=shared.pool.holder,
        first_day=shared.pool.first_day,
        last_day=shared.pool.last_day,
        frame=row["ore"],
        frame_on=on,
        parent=shared.pool,
        frame_from=free,
        terms={
            "purpose": terms.purpose,
            "limits": terms.limits,
            "refused": terms.refused,
            "ground": terms.ground,
            "carry_over": terms.carry_over,
            "fact_source": terms.fact_source,
            "certainty": terms.certainty,
            "decision": decision,
        },
    )
    return Move(free, ledger.account(part, Kind.FREE), row["ore"])
