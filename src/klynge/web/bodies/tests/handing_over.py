"""A filled database to hand over, and a kind of open matter as a room above would register it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from klynge import structure
from klynge.web.bodies import handover, handover_rules, rules
from klynge.web.bodies.closing import closing
from klynge.web.bodies.handover import COUNT, OERE, Matter
from klynge.web.bodies.models import BodyRecord, Organisation
from klynge.web.bodies.tests.builders import FIRST, a_body, a_person, a_seat

ON = date(2027, 1, 1)
GRANT = "bevilling"


class Grants(handover.Kind):
    """Unspent money. It lies in a table of this room that the tests have no other use for:

    an organisation named "bevilling NUMBER ØRE KOMMUNE" whose place is the body.
    """

    id = "grants"
    title = "Ubrugte midler"
    order = 10
    fails_at: str = ""  # the number of the grant at which it breaks down
    loses: int = 0  # øre that go astray each time

    def open_matters(self, bodies, on) -> Iterator[Matter]:
        by_key = {(_kind(body), body.place): body for body in bodies}
        rows = Organisation.objects.filter(kind="andet", name__startswith=GRANT).order_by("pk")
        for row in rows:
            body = by_key.get((row.place_kind, row.place))
            if body is not None:
                _word, number, oere, kommune = row.name.split(" ")
                yield Matter(
                    kind=self.id,
                    key=str(row.pk),
                    body=body,
                    title=f"Bevilling {number}",
                    kommune=kommune.strip("-"),
                    amounts={COUNT: 1, OERE: int(oere)},
                )

    def carry_over(self, matter, *, to, on, by, reason):
        row = self._row(matter)
        word, number, oere, kommune = row.name.split(" ")
        row.name = f"{word} {number} {int(oere) - self.loses} {kommune}"
        row.place_kind, row.place = _kind(to), to.place
        row.save()
        return f"/bevilling/{number}/"

    def close(self, matter, *, on, by, reason):
        self._row(matter).delete()

    def send_home(self, matter, *, party, on, by, reason):
        row = self._row(matter)
        row.place_kind, row.place = party.place_kind, party.place
        row.save()

    def _row(self, matter) -> Organisation:
        if self.fails_at and matter.title == f"Bevilling {self.fails_at}":
            raise RuntimeError("the power goes")
        return Organisation.objects.get(pk=matter.key)


def a_grant(body: BodyRecord, number: int, oere: int, kommune: str = "-") -> Organisation:
    return Organisation.objects.create(
        kind="andet",
        name=f"{GRANT} {number} {oere} {kommune}",
        place_kind=_kind(body),
        place=body.place,
    )


def _kind(body: BodyRecord) -> str:
    """What of the kind there is room for in the borrowed table."""
    return body.kind[:20]


@contextmanager
def grants(**how) -> Iterator[Grants]:
    """The kind registered for as long as the block runs."""
    kind = Grants()
    for name, value in how.items():
        setattr(kind, name, value)
    handover.register(kind)
    try:
        yield kind
    finally:
        handover.unregister(kind.id)


def a_klynge(place: str, *, number: int = 0, members: int = 3) -> tuple[BodyRecord, BodyRecord]:
    """Both levels of a klynge with members whose terms have no end, papers, and a grant."""
    political, professional = a_body("klynge-politisk", place), a_body("klynge-faglig", place)
    code = structure.members("klynge", place, on=FIRST)[0].kommune
    for body in (political, professional):
        for _number in range(members - 1):
            a_seat(body, a_person())
        a_seat(body, a_person(), party="kommune", kommune=code)
        a_paper(body)
    a_grant(political, 100 + number, 1_250_075 + number)
    return political, professional


def a_paper(body: BodyRecord, kind: str = "forretningsorden"):
    return rules.adopt_document(
        by=None,
        body=body,
        kind=kind,
        decision="Møde 1",
        valid_from=FIRST,
        texts={"moeder": "Fire", "formaal": "Sammenhæng"},
        numbers={"quorum": 5} if kind == "forretningsorden" else {},
    )


def everything() -> dict[str, list]:
    """Every row of every table, to see that nothing has changed."""
    from django.apps import apps

    rooms = [config for config in apps.get_app_configs() if config.name.startswith("klynge.web.")]
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for config in rooms
        for model in config.get_models()
    }


def carry_out(*sources, to=(), on=ON, by=None):
    return handover_rules.carry_out(by=by, closing=closing(list(sources), list(to), on))


def choose(sources, values, by=None):
    held = handover_rules.draft(by=by, closing=closing(sources, [], ON))
    handover_rules.choose(by=by, handover=held, values=values)
    return held


def item_titled(found, title):
    return next(item for item in found.items if item.matter.title == title)
