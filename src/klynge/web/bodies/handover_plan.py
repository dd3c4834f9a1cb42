"""A plan to hand over: every open matter with what is chosen for it, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klynge.web.bodies import handover
from klynge.web.bodies.closing import Closing
from klynge.web.bodies.handover import CARRY, CLOSE, HOME, Kind, Matter, Party, Step
from klynge.web.bodies.standing import Body

Choices = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Item:
    """One open matter in a plan.

    step: None when nothing valid is chosen for it. chosen: somebody chose it. guessed: where it
    goes is only the likeliest. options: what can be chosen, as (value, words).
    """

    matter: Matter
    step: Step | None
    chosen: bool
    guessed: bool
    options: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """What the choice is called in a form."""
        return f"{self.matter.kind}|{self.matter.key}"

    @property
    def value(self) -> str:
        return value_of(self.step) if self.step else ""

    @property
    def in_words(self) -> str:
        """Where it goes, in words."""
        return dict(self.options).get(self.value, "")


@dataclass(frozen=True)
class Group:
    """The matters of one kind. why_not: why these choices cannot be carried out."""

    kind: Kind
    items: tuple[Item, ...]
    why_not: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What will happen. Make one with `plan`."""

    closing: Closing
    groups: tuple[Group, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for group in self.groups for item in group.items)

    @property
    def unsettled(self) -> int:
        """How many matters nothing valid is chosen for."""
        return sum(item.step is None for item in self.items)

    @property
    def unseen(self) -> int:
        """How many matters stand as they were suggested."""
        return sum(not item.chosen for item in self.items)

    @property
    def guessed(self) -> int:
        """How many go where they most likely belong, which nobody has confirmed."""
        return sum(item.guessed for item in self.items)

    @property
    def why_not(self) -> tuple[str, ...]:
        """Every reason why the plan cannot be carried out; none when nothing is left."""
        reasons = [reason for group in self.groups for reason in group.why_not]
        if self.unsettled:
            reasons.insert(0, _("{n} sager mangler et valg.").format(n=self.unsettled))
        return tuple(reasons)


def plan(closing: Closing, choices: Choices | None = None) -> Plan:
    """The plan as it is now: the open matters are read anew, with what was chosen for each."""
    records, chosen = closing.records(), choices or {}
    groups = []
    for kind in handover.kinds():
        matters = kind.open_matters(records, closing.on) if records else ()
        items = tuple(_item(matter, closing, chosen) for matter in matters)
        steps = [item.step for item in items if item.step]
        if items:
            why_not = tuple(kind.reasons_against(steps, closing.on))
            groups.append(Group(kind, items, why_not))
    return Plan(closing, tuple(groups))


def value_of(step: Step) -> str:
    """A step as it is written in a form and kept with a plan."""
    if step.choice == CARRY and step.to:
        return f"{CARRY}:{step.to.place.id}"
    if step.choice == HOME and step.party:
        return f"{HOME}:{step.party.id}"
    return step.choice


def _item(matter: Matter, closing: Closing, choices: Choices) -> Item:
    options = _options(matter, closing)
    value = choices.get((matter.kind, matter.key), "")
    chosen = value in dict(options)
    suggested, guessed = (
        (_step(matter, closing, value), False) if chosen else _usual(matter, closing)
    )
    return Item(matter, suggested, chosen, guessed and suggested is not None, options)


def _options(matter: Matter, closing: Closing) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    if CARRY in matter.choices:
        found += [
            (f"{CARRY}:{body.place.id}", _("går over til {body}").format(body=body.name))
            for body in closing.can_go_to(matter)
        ]
    if CLOSE in matter.choices:
        found.append((CLOSE, _("afsluttes")))
    if HOME in matter.choices:
        found += [
            (f"{HOME}:{party.id}", _("går hjem til {party}").format(party=party.name))
            for party in closing.can_go_home_to(matter)
        ]
    return tuple(found)


def _step(matter: Matter, closing: Closing, value: str) -> Step:
    choice, _colon, where = value.partition(":")
    return Step(
        matter,
        choice,
        to=_body(where, closing) if choice == CARRY else None,
        party=_party(where, matter, closing) if choice == HOME else None,
    )


def _usual(matter: Matter, closing: Closing) -> tuple[Step | None, bool]:
    """What is done unless somebody chooses, and whether where it goes is a guess."""
    if matter.suggested == CARRY:
        to, guessed = closing.goes_to(matter)
        return (Step(matter, CARRY, to=to), guessed) if to else (None, False)
    if matter.suggested == HOME:
        party = closing.home_of(matter)
        return (Step(matter, HOME, party=party), False) if party else (None, False)
    return Step(matter, CLOSE), False


def _body(id: str, closing: Closing) -> Body | None:
    return next((body for body in closing.new if body.place.id == id), None)


def _party(id: str, matter: Matter, closing: Closing) -> Party | None:
    return next((party for party in closing.can_go_home_to(matter) if party.id == id), None)
