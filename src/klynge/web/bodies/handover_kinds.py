"""What this room itself hands over: members' terms, agreements to deviate, documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.accounts.models import User
from klynge.web.bodies import handover, history, rules, seating, secretariat_rules
from klynge.web.bodies.following import takes_over
from klynge.web.bodies.handover import CARRY, CLOSE, HOME, Matter, Step
from klynge.web.bodies.models import (
    FILLS_NO_SEAT,
    BodyDocument,
    BodyRecord,
    Deviation,
    Membership,
    Organisation,
    SecretariatService,
)
from klynge.web.bodies.templatetags.seats import represented

ONE_DAY = timedelta(days=1)
KEPT = ("party", "office", "area", "kommune", "organisation", "appointer")


class MembersTerms(handover.Kind):
    """Terms without an end, or with one after the body's own.

    A new body has its own composition, so a term ends unless somebody chooses otherwise.
    """

    id = "members"
    title = gettext_lazy("Medlemmernes perioder")
    order = 90

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterator[Matter]:
        rows = Membership.objects.filter(_stands(on), body__in=bodies).known_at()
        for row in rows.select_related("person", "body", "represents").order_by("body", "pk"):
            seat = row.role not in FILLS_NO_SEAT
            yield Matter(
                kind=self.id,
                key=str(row.key),
                body=row.body,
                title=row.person.name,
                detail=_seat_in_words(row),
                address=reverse("bodies:person", args=[row.person_id]),
                kommune=row.kommune,
                choices=(CLOSE, CARRY, HOME) if seat else (CLOSE, HOME),
                suggested=CLOSE,
            )

    def reasons_against(self, steps: Sequence[Step], on: date) -> Iterator[str]:
        """Nobody twice in one seat of the new body, and no two in an office that one can hold."""
        taken: dict[tuple[str, str], list[Membership]] = {}
        for step in steps:
            if step.choice != CARRY or step.to is None:
                continue
            record = history.find(*step.to.key) or BodyRecord(
                kind=step.to.kind.id,
                place=step.to.place.id,
                valid_from=step.to.valid_from,
                valid_to=step.to.valid_to,
            )
            there = taken.setdefault(step.to.key, list(history.known(record) if record.pk else ()))
            row = _seated_anew(_membership(step.matter), record, on)
            for reason in seating.reasons_against(row, there):
                yield f"{step.matter.title}, {step.to.name}: {reason}"
            there.append(row)

    def carry_over(
        self, matter: Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> str:
        old = _membership(matter)
        new = _seated_anew(old, to, on)
        self.close(matter, on=on, by=by, reason=reason)
        rules.appoint(
            by=by,
            body=to,
            person=old.person,
            valid_from=on,
            reason=reason,
            represents=old.represents,
            **{name: getattr(new, name) for name in KEPT},
        )
        return reverse("bodies:body", kwargs={"kind": to.kind, "place": to.place})

    def close(self, matter: Matter, *, on: date, by: User | None, reason: str) -> None:
        row = _membership(matter)
        rules.resign(by=by, key=row.key, last_day=_last_day(row.body, on), reason=reason)

    def send_home(
        self, matter: Matter, *, party: Organisation, on: date, by: User | None, reason: str
    ) -> None:
        """The term ends; the party appoints anew, if it is to."""
        self.close(matter, on=on, by=by, reason=reason)


class Deviations(handover.Kind):
    """Agreements to deviate: they are about the old body's law, and end with it."""

    id = "deviations"
    title = gettext_lazy("Aftaler om afvigelse")
    order = 80

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterator[Matter]:
        rows = Deviation.objects.filter(_stands(on), body__in=bodies).known_at()
        for row in rows.select_related("body").order_by("body", "pk"):
            yield Matter(
                kind=self.id,
                key=str(row.key),
                body=row.body,
                title=structure.rule(row.rule).text.said_in(get_language() or "da"),
                detail=row.decision,
                address=_address(row.body),
                kommune=row.subject if row.body.place_kind != "region" else "",
                choices=(CLOSE,),
                suggested=CLOSE,
            )

    def carry_over(
        self, matter: Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> None:
        raise NotImplementedError  # never among the choices

    def close(self, matter: Matter, *, on: date, by: User | None, reason: str) -> None:
        row = Deviation.objects.select_related("body").known_at().get(key=UUID(matter.key))
        rules.end_deviation(by=by, key=row.key, last_day=_last_day(row.body, on), reason=reason)


class Documents(handover.Kind):
    """The kommissorium and forretningsorden in force; a new body adopts its own or takes one."""

    id = "documents"
    title = gettext_lazy("Kommissorier og forretningsordener")
    order = 70

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterator[Matter]:
        for row in _in_force(bodies, on):
            version = _("version {n}, gælder fra {day}").format(
                n=row.number, day=date_format(row.valid_from, "DATE_FORMAT")
            )
            yield Matter(
                kind=self.id,
                key=str(row.pk),
                body=row.body,
                title=row.get_kind_display(),
                detail=version,
                address=reverse("bodies:document", args=[row.pk]),
                choices=(CLOSE, CARRY),
                suggested=CLOSE,
            )

    def reasons_against(self, steps: Sequence[Step], on: date) -> Iterator[str]:
        """One document of a kind in force at a time."""
        taken: dict[tuple[object, str], str] = {}
        for step in steps:
            if step.choice != CARRY or step.to is None:
                continue
            paper = BodyDocument.objects.get(pk=step.matter.key)
            there = taken.get((step.to.key, paper.kind))
            record = history.find(*step.to.key)
            if there is None and any(row.kind == paper.kind for row in _in_force([record], on)):
                there = step.to.name
            if there is not None:
                yield _(
                    "{to} kan kun have ét {document} ad gangen; der er allerede et fra {there}."
                ).format(to=step.to.name, document=step.matter.title.lower(), there=there)
            taken[step.to.key, paper.kind] = step.matter.body.name

    def carry_over(
        self, matter: Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> str:
        old = BodyDocument.objects.select_related("body").get(pk=matter.key)
        decision = _("Overtaget fra {body}, version {n} ({decision})").format(
            body=old.body.name, n=old.number, decision=old.decision
        )
        self.close(matter, on=on, by=by, reason=reason)
        new = rules.adopt_document(
            by=by,
            body=to,
            kind=old.kind,
            decision=decision[:300],
            valid_from=on,
            texts=old.texts,
            numbers=old.numbers,
            review_on=old.review_on if old.review_on and old.review_on > on else None,
        )
        return reverse("bodies:document", args=[new.pk])

    def close(self, matter: Matter, *, on: date, by: User | None, reason: str) -> None:
        document = BodyDocument.objects.select_related("body").get(pk=matter.key)
        rules.end_document(by=by, document=document, last_day=_last_day(document.body, on))


class Services(handover.Kind):
    """What a secretariat does for a body: it goes on for the one that follows, unless chosen."""

    id = "services"
    title = gettext_lazy("Sekretariatets opgaver")
    order = 60

    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterator[Matter]:
        rows = SecretariatService.objects.filter(_stands(on), body__in=bodies)
        seen: set[tuple[object, ...]] = set()
        for row in rows.select_related("body", "person", "secretariat").order_by("body", "pk"):
            # The same task at both levels, or in klynger that merge, goes over once.
            place = structure.place(row.body.place_kind, row.body.place)
            to = frozenset(each.id for each in takes_over(place, on))
            same = (to, row.secretariat_id, row.person_id, row.task)
            again = same in seen
            seen.add(same)
            who = f", {row.person}" if row.person else ""
            yield Matter(
                kind=self.id,
                key=str(row.pk),
                body=row.body,
                title=row.task,
                detail=f"{row.secretariat}{who}",
                address=reverse("bodies:secretariat", args=[row.secretariat_id]),
                choices=(CARRY, CLOSE),
                suggested=CLOSE if again else CARRY,
            )

    def reasons_against(self, steps: Sequence[Step], on: date) -> Iterator[str]:
        """The same task by the same for the same body only once."""
        seen: set[tuple[object, ...]] = set()
        for step in steps:
            if step.choice == CARRY and step.to is not None:
                row = SecretariatService.objects.get(pk=step.matter.key)
                same = (step.to.key, row.secretariat_id, row.person_id, row.task)
                if same in seen:
                    yield _("{title} går over til {to} to gange: afslut den ene.").format(
                        title=step.matter.title, to=step.to.name
                    )
                seen.add(same)

    def carry_over(
        self, matter: Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> str:
        row = SecretariatService.objects.select_related("body").get(pk=matter.key)
        self.close(matter, on=on, by=by, reason=reason)
        secretariat_rules.serve(
            by=by,
            secretariat=row.secretariat,
            body=to,
            person=row.person,
            task=row.task,
            valid_from=on,
        )
        return matter.address

    def close(self, matter: Matter, *, on: date, by: User | None, reason: str) -> None:
        row = SecretariatService.objects.select_related("body").get(pk=matter.key)
        secretariat_rules.stop(by=by, service=row, last_day=_last_day(row.body, on))


def register() -> None:
    """Let this room's own matters be part of every hand-over."""
    for kind in (MembersTerms(), Deviations(), Documents(), Services()):
        handover.register(kind)


def _stands(on: date) -> Q:
    return Q(valid_to=None) | Q(valid_to__gte=on)


def _last_day(body: BodyRecord, on: date) -> date:
    """The body's own last day, when that comes before the hand-over."""
    return min(body.valid_to or date.max, on - ONE_DAY)


def _in_force(bodies: Iterable[BodyRecord | None], on: date) -> list[BodyDocument]:
    """The last version of each kind of document that each body has, unless it is ended."""
    found: dict[tuple[int, str], BodyDocument] = {}
    rows = BodyDocument.objects.filter(body__in=[body for body in bodies if body])
    for row in rows.select_related("body").order_by("body", "kind", "number"):
        found[row.body_id, row.kind] = row
    return [row for row in found.values() if row.valid_to is None or row.valid_to >= on]


def _membership(matter: Matter) -> Membership:
    rows = Membership.objects.select_related("body", "person", "represents")
    return rows.known_at().get(key=UUID(matter.key))


def _seated_anew(old: Membership, body: BodyRecord, on: date) -> Membership:
    """The seat as it begins in the new body: an ordinary member, until the body itself decides."""
    kept = {name: getattr(old, name) for name in KEPT}
    return Membership(body=body, person=old.person, role="medlem", valid_from=on, **kept)


def _seat_in_words(row: Membership) -> str:
    whom = represented(row)
    return f"{whom}, {seating.said(structure.word('role', row.role), row.role).lower()}"


def _address(body: BodyRecord) -> str:
    return reverse("bodies:body", kwargs={"kind": body.kind, "place": body.place})
