"""What may happen to a hand-over: planned, chosen in, carried out whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import rules as permissions
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klynge.web.accounts.models import User
from klynge.web.accounts.rules import is_administrator, is_secretariat
from klynge.web.audit.rules import note
from klynge.web.bodies import clock, handover, rules
from klynge.web.bodies.closing import Closing, closing, named, records_of
from klynge.web.bodies.following import after
from klynge.web.bodies.handover import CARRY, CLOSE, Kind
from klynge.web.bodies.handover_plan import Choices, Item, Plan, plan
from klynge.web.bodies.models import BodyLink, BodyRecord, Handover, HandoverChoice
from klynge.web.bodies.reasons import NotAllowed
from klynge.web.bodies.standing import Body

__all__ = ["NotAllowed"]

permissions.add_perm("bodies.hand_over", is_secretariat | is_administrator)

Amounts = dict[str, int]


@dataclass
class Count:
    """One kind counted: open at the old and the new bodies, before and after, and what was done."""

    kind: str
    title: str
    old_before: Amounts
    new_before: Amounts
    done: dict[str, Amounts] = field(default_factory=dict)
    old_after: Amounts = field(default_factory=dict)
    new_after: Amounts = field(default_factory=dict)

    @property
    def agrees(self) -> bool:
        """Nothing is left at the old bodies, and the new ones have what was carried and no more."""
        carried = Counter(self.new_before)
        carried.update(self.done.get(CARRY, {}))
        went = Counter[str]()
        for amounts in self.done.values():
            went.update(amounts)
        return (
            not any(self.old_after.values())
            and _same(self.new_after, carried)
            and _same(self.old_before, went)
        )


@transaction.atomic
def draft(*, by: User | None, closing: Closing) -> Handover:
    """A plan that choices can be kept in: the one that is there already, or a new one."""
    _must_be_allowed(by)
    found, new = Handover.objects.get_or_create(
        key=closing.key,
        carried_out_at=None,
        defaults={
            "on": closing.on,
            "sources": [named(place) for place in closing.sources],
            "targets": [named(place) for place in closing.targets],
            "created_at": clock.now(),
            "created_by": by,
        },
    )
    if new:
        note("hand-over planned", about=found, by=by)
    return found


@transaction.atomic
def choose(*, by: User | None, handover: Handover, values: Mapping[tuple[str, str], str]) -> int:
    """Keep what is chosen for some matters, by (kind, key); returns how many were changed.

    Raises NotAllowed for a plan that is carried out and for what cannot be chosen.
    """
    _must_be_allowed(by)
    held = _open_plan(handover)
    items = {(item.matter.kind, item.matter.key): item for item in plan(closing_of(held)).items}
    wrong = [key for key, value in values.items() if not _can_be(items.get(key), value)]
    if wrong:
        raise NotAllowed(
            _("{n} valg passer ikke længere til planen. Se den igennem igen.").format(n=len(wrong))
        )
    changed = 0
    for (kind, key), value in values.items():
        there = HandoverChoice.objects.filter(handover=held, kind=kind, matter=key).first()
        if there is None or there.value != value:
            changed += 1
            HandoverChoice.objects.update_or_create(
                handover=held,
                kind=kind,
                matter=key,
                defaults={"value": value, "chosen_at": clock.now(), "chosen_by": by},
            )
    if changed:
        note(f"hand-over: {changed} chosen", about=held, by=by)
    return changed


@transaction.atomic
def drop(*, by: User | None, handover: Handover) -> None:
    """Throw a plan away that was not carried out."""
    _must_be_allowed(by)
    held = _open_plan(handover)
    note("hand-over dropped", about=held, by=by)
    held.delete()


@transaction.atomic
def carry_out(*, by: User | None, closing: Closing) -> Handover | None:
    """Hand everything over; None when there is nothing left to hand over.

    The choices are those of the plan that is kept for the same places and day, else the suggested.
    Raises NotAllowed when something is left without a choice, when a choice cannot be carried out,
    and when what is open before and after does not agree. Then nothing at all has changed.
    """
    _must_be_allowed(by)
    _lock(closing.records())
    held = Handover.objects.select_for_update().filter(key=closing.key, carried_out_at=None).first()
    found = plan(closing, choices_of(held))
    if found.why_not:
        raise NotAllowed(*found.why_not)
    if not found.items and _all_linked(closing):
        return None
    held = held or draft(by=by, closing=closing)
    targets = _open_targets(by, closing)
    counts = [_count(kind, closing, targets) for kind in handover.kinds()]
    done = [_do(item, held, targets, by) for kind in handover.kinds() for item in _of(kind, found)]
    _count_again(counts, found, closing, targets)
    _link(held, closing, targets)
    held.carried_out_at, held.carried_out_by = clock.now(), by
    held.report = _report(closing, counts, done)
    held.save(update_fields=["carried_out_at", "carried_out_by", "report"])
    note("hand-over carried out", about=held, by=by)
    return held


def try_out(*, by: User | None, closing: Closing) -> Handover | None:
    """Carry it out, and take it all back: what would happen, counted as it will be.

    Raises NotAllowed as `carry_out` does.
    """
    with transaction.atomic():
        done = carry_out(by=by, closing=closing)
        transaction.set_rollback(True)
    return done


def closing_of(handover: Handover) -> Closing:
    """The places and the day of a plan. Raises BadInput when they are not to be found any more."""
    return closing(handover.sources, handover.targets, handover.on)


def choices_of(handover: Handover | None) -> Choices:
    """What is chosen in a plan."""
    if handover is None:
        return {}
    rows = HandoverChoice.objects.filter(handover=handover)
    return {(row.kind, row.matter): row.value for row in rows}


def _must_be_allowed(by: User | None) -> None:
    if by is not None and not by.has_perm("bodies.hand_over"):
        raise NotAllowed(_("Kun sekretariatet og administratorer kan overdrage et organ."))


def _open_plan(handover: Handover) -> Handover:
    held = Handover.objects.select_for_update().filter(pk=handover.pk).first()
    if held is None:
        raise NotAllowed(_("Planen er der ikke længere."))
    if held.carried_out_at is not None:
        raise NotAllowed(_("Overdragelsen er gennemført og kan ikke ændres."))
    return held


def _can_be(item: Item | None, value: str) -> bool:
    return item is not None and value in dict(item.options)


def _lock(records: Iterable[BodyRecord]) -> None:
    """Nobody else changes these bodies meanwhile. One order, so that no two wait for each other."""
    keys = sorted(record.pk for record in records)
    list(BodyRecord.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _open_targets(by: User | None, closing: Closing) -> dict[tuple[str, str], BodyRecord]:
    found = {
        body.key: rules.open_body(by=by, kind=body.kind.id, place=body.place.id)
        for body in closing.new
    }
    _lock(found.values())
    return found


def _of(kind: Kind, found: Plan) -> Sequence[Item]:
    return next((group.items for group in found.groups if group.kind.id == kind.id), ())


def _do(
    item: Item, held: Handover, targets: Mapping[tuple[str, str], BodyRecord], by: User | None
) -> dict[str, Any]:
    """Carry out one step; returns its line of the report."""
    step, matter = item.step, item.matter
    assert step is not None
    kind = handover.kind_called(matter.kind)
    assert kind is not None
    how: dict[str, Any] = {"on": held.on, "by": by}
    how["reason"] = _("Overdragelse {day}: {goes}").format(
        day=date_format(held.on, "DATE_FORMAT"), goes=item.in_words
    )
    address = matter.address
    if step.choice == CARRY and step.to is not None:
        address = kind.carry_over(matter, to=targets[step.to.key], **how) or address
    elif step.choice == CLOSE:
        kind.close(matter, **how)
    elif step.party is not None:
        home = rules.organisation(
            kind=step.party.kind,
            name=step.party.name,
            place_kind=step.party.place_kind,
            place=step.party.place,
        )
        assert home is not None
        kind.send_home(matter, party=home, **how)
    return {
        "kind": matter.kind,
        "body": [matter.body.kind, matter.body.place],
        "title": matter.title,
        "detail": matter.detail,
        "draft": matter.draft,
        "choice": step.choice,
        "value": item.value,
        "goes": item.in_words,
        "address": address,
        "amounts": dict(matter.amounts),
    }


def _count(kind: Kind, closing: Closing, targets: Mapping[Any, BodyRecord]) -> Count:
    old, new = closing.records(), list(targets.values())
    return Count(
        kind=kind.id,
        title=str(kind.title),
        old_before=dict(kind.tally(old, closing.on)),
        new_before=dict(kind.tally(new, closing.on)),
    )


def _count_again(
    counts: Sequence[Count], found: Plan, closing: Closing, targets: Mapping[Any, BodyRecord]
) -> None:
    """Read everything once more; raises NotAllowed when it does not add up."""
    old, new = closing.records(), list(targets.values())
    for count in counts:
        kind = handover.kind_called(count.kind)
        assert kind is not None
        for item in _of(kind, found):
            assert item.step is not None
            done = Counter(count.done.get(item.step.choice, {}))
            done.update(item.matter.amounts)
            count.done[item.step.choice] = dict(done)
        count.old_after = dict(kind.tally(old, closing.on))
        count.new_after = dict(kind.tally(new, closing.on))
    wrong = [count.title for count in counts if not count.agrees]
    if wrong:
        raise NotAllowed(
            _("Optællingen før og efter stemmer ikke for: {kinds}. Intet er ændret.").format(
                kinds=", ".join(wrong)
            )
        )


def _same(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    return {k: v for k, v in one.items() if v} == {k: v for k, v in other.items() if v}


def _pairs(closing: Closing) -> list[tuple[Body, Body]]:
    """Which old body is followed by which new one, of those in this hand-over."""
    new = {body.key: body for body in closing.new}
    return [
        (old, new[each.key])
        for old in closing.old
        for each in (after(old) or closing.follows(old.place))
        if each.key in new
    ]


def _all_linked(closing: Closing) -> bool:
    recorded = {(record.kind, record.place): record for record in closing.records()}
    there = set(
        BodyLink.objects.filter(old__in=recorded.values()).values_list(
            "old__kind", "old__place", "new__kind", "new__place"
        )
    )
    return all((*old.key, *new.key) in there for old, new in _pairs(closing) if old.key in recorded)


def _link(held: Handover, closing: Closing, targets: Mapping[tuple[str, str], BodyRecord]) -> None:
    recorded = {(record.kind, record.place): record for record in closing.records()}
    for old, new in _pairs(closing):
        if old.key in recorded:
            BodyLink.objects.get_or_create(
                old=recorded[old.key],
                new=targets[new.key],
                defaults={"on": closing.on, "handover": held},
            )


def _report(
    closing: Closing, counts: Sequence[Count], done: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    recorded = {(record.kind, record.place) for record in records_of(closing.old)}
    return {
        "bodies": [
            {"old": list(old.key), "new": list(new.key), "names": [old.name, new.name]}
            for old, new in _pairs(closing)
            if old.key in recorded
        ],
        "counts": [
            {
                "kind": count.kind,
                "title": count.title,
                "old_before": count.old_before,
                "new_before": count.new_before,
                "done": count.done,
                "old_after": count.old_after,
                "new_after": count.new_after,
            }
            for count in counts
            if count.old_before or count.new_after
        ],
        "matters": list(done),
    }
