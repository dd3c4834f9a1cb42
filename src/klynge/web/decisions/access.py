"""Who may read which decision. Every page, list, file and search asks here.

A decision follows the item it was made on: who may not read the item may not read what came of it.
A closed one is for the secretariat and the body's members (then or now), one for the authorities
alone for those of them who sit for the region or a kommune. Until the minutes are approved, only
the secretariat and the members read it. Others see `public_text`, and nothing where that is empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from klynge.web.accounts.models import User
from klynge.web.decisions.models import Decision
from klynge.web.meetings import access as meetings
from klynge.web.meetings.readers import Reader, today


@dataclass(frozen=True)
class Shown:
    """A decision as one user may see it: `text` is all there is when it is not readable."""

    decision: Decision
    text: str
    readable: bool


class Eyes:
    """What one user may see of decisions; the user's seats are read once for all of them."""

    def __init__(self, user: User) -> None:
        self._readers = meetings.Readers(user)

    def may_see(self, decision: Decision) -> bool:
        """Whether the decision itself may be read."""
        days = {decision.decided_on, today()}
        return any(self._sees(decision, self._readers.of(decision.body_id, day)) for day in days)

    def show(self, decision: Decision) -> Shown | None:
        """The decision as it may be shown; None when not even that it is there."""
        if self.may_see(decision):
            return Shown(decision, decision.text, True)
        if decision.is_restricted and decision.public_text and decision.is_out:
            return Shown(decision, decision.public_text, False)
        return None

    def _sees(self, decision: Decision, reader: Reader) -> bool:
        if reader.all:
            return True
        if decision.item is not None and not reader.may_see(decision.item):
            return False
        if decision.authorities_only and not reader.authority:
            return False
        if (decision.closed or not decision.is_out) and not reader.member:
            return False
        return reader.inside


def may_see(decision: Decision, user: User) -> bool:
    """Whether a user may read a decision."""
    return Eyes(user).may_see(decision)


def shown(decisions: Iterable[Decision], user: User) -> list[Shown]:
    """Those of some decisions that a user may know of, as they may see them."""
    eyes = Eyes(user)
    return [found for decision in decisions if (found := eyes.show(decision))]
