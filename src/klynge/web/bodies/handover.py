"""The hand-over: what is open in a body that closes, and where it goes.

Each room above this one registers its kinds of open matter in its `apps.py`, with a class of its
own in a file `handover.py`:

    class OpenDecisions(handover.Kind):
        id = "decisions"
        title = _("Åbne beslutninger")
        order = 30

        def open_matters(self, bodies, on): ...
        def carry_over(self, matter, *, to, on, by, reason): ...
        def close(self, matter, *, on, by, reason): ...
        def send_home(self, matter, *, party, on, by, reason): ...

    def ready(self):
        handover.register(OpenDecisions())

The contract:

1. `open_matters` lists everything of the kind that stands open at `bodies` on the day `on`, from
   the database and from nothing else: it is asked before and after, of the old bodies and of the
   new ones, and the hand-over is refused as a whole when the two do not agree.
2. Once it is carried over, closed or sent home, a matter is open at the old body no longer. Carried
   over, it is open at `to`, with the same `amounts`.
3. The old body stays readable for ever: what it did stays where it was. Carry over by a successor
   row at the new body that points back, or by moving what has no history of its own.
4. Everything goes through the room's own rules.py, with `by` and `reason`; all in one transaction
   that is rolled back when anything at all goes wrong. What cannot be rolled back (a file, a mail)
   waits for `transaction.on_commit`.
5. `key` finds the matter again within its kind, and stays the same until it is handed over.

Nothing here knows how many bodies there are or which follow which: see handover_plan.py.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klynge.web.accounts.models import User
from klynge.web.bodies.models import BodyRecord, Organisation
from klynge.web.bodies.standing import Body

CARRY, CLOSE, HOME = "carry", "close", "home"
CHOICES = {
    CARRY: _("går over"),
    CLOSE: _("afsluttes"),
    HOME: _("går hjem til en part"),
}
# What is counted; øre are whole numbers. A room may count more under names of its own.
COUNT, OERE = "count", "oere"


@dataclass(frozen=True)
class Matter:
    """One open matter of a closing body.

    title, detail: what it is, in the reader's language. address: where it can be looked at.
    kommune: the code of the kommune it belongs to, if it does: in a split it then follows that
    kommune. choices: what can be done with it; suggested: what is done unless somebody chooses.
    amounts: what must come out alike before and after. draft: not everybody may read it yet, so
    the report, which everybody may, keeps title and detail for those who hand over.
    """

    kind: str
    key: str
    body: BodyRecord
    title: str
    detail: str = ""
    address: str = ""
    kommune: str = ""
    choices: tuple[str, ...] = (CARRY, CLOSE, HOME)
    suggested: str = CARRY
    amounts: Mapping[str, int] = field(default_factory=lambda: {COUNT: 1}, hash=False)
    draft: bool = False


@dataclass(frozen=True)
class Party:
    """Whom a matter can go home to. `id`: as in "kommune:730", "region:1082", "plo"."""

    id: str
    kind: str
    name: str
    place_kind: str = ""
    place: str = ""


@dataclass(frozen=True)
class Step:
    """What is chosen for one matter: `to` when it is carried over, `party` when it goes home."""

    matter: Matter
    choice: str
    to: Body | None = None
    party: Party | None = None


class Kind(ABC):
    """A kind of open matter. See the contract at the top of the file.

    id: never changed, it is kept with the plan. title: what they are called, many of them.
    order: kinds with a low number are carried out first.
    """

    id: ClassVar[str]
    title: ClassVar[str | Promise]
    order: ClassVar[int] = 50

    @abstractmethod
    def open_matters(self, bodies: Sequence[BodyRecord], on: date) -> Iterable[Matter]:
        """Everything of this kind that stands open at `bodies` on a day."""

    @abstractmethod
    def carry_over(
        self, matter: Matter, *, to: BodyRecord, on: date, by: User | None, reason: str
    ) -> str | None:
        """Let it go on in `to` from the day `on`; gives the address of where it is now, if any."""

    @abstractmethod
    def close(self, matter: Matter, *, on: date, by: User | None, reason: str) -> None:
        """End it with the old body: its last day is the day before `on`."""

    def send_home(
        self, matter: Matter, *, party: Organisation, on: date, by: User | None, reason: str
    ) -> None:
        """Let a party go on with it. Asked only of matters with HOME among their choices."""
        raise NotImplementedError

    def reasons_against(self, steps: Sequence[Step], on: date) -> Iterable[str]:
        """Why these choices, all of this kind, cannot be carried out; whole sentences."""
        return ()

    def tally(self, bodies: Sequence[BodyRecord], on: date) -> Mapping[str, int]:
        """What is open at `bodies`, added up. Overwrite it where a sum can be read at once."""
        return add_up(self.open_matters(bodies, on))


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let a room's kind of open matter be part of every hand-over. Registering again replaces."""
    _kinds[kind.id] = kind


def unregister(id: str) -> None:
    """Take a kind out again: for tests."""
    _kinds.pop(id, None)


def kinds() -> tuple[Kind, ...]:
    """Every registered kind, in the order they are carried out."""
    return tuple(sorted(_kinds.values(), key=lambda kind: (kind.order, kind.id)))


def kind_called(id: str) -> Kind | None:
    """The kind of that id; None when its room is not there."""
    return _kinds.get(id)


def add_up(matters: Iterable[Matter]) -> dict[str, int]:
    """The amounts of some matters together."""
    total: Counter[str] = Counter()
    for matter in matters:
        total.update(matter.amounts)
    return {name: number for name, number in total.items() if number}
