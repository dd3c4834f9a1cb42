"""What holds for a body's meetings: from the law, else from its own forretningsorden.

Nothing is settled here: the law is `klynge.structure`'s dated data, the forretningsorden what the
body has adopted (`bodies.papers.local_rule`). Where both are silent, that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klynge import structure
from klynge.web.bodies import history, papers
from klynge.web.bodies.models import BodyDocument, BodyRecord
from klynge.web.meetings.models import MinutesReview
from klynge.web.meetings.taking_part import Round

LAW, LOCAL, SILENT = "law", "local", "silent"
REMARK_DAYS = 10


@dataclass(frozen=True)
class Quorum:
    """How many must be there for an item, and who says so.

    source: LAW, LOCAL or SILENT. share: (1, 2) is half of the seats; more: more than that.
    number: a fixed number instead. conflicted_count: whether seats in conflict of interest count;
    None when the rule does not say, and then they do not. parties: each party must be there.
    text: the rule in words. where: its paragraph, or the version of the forretningsorden.
    """

    source: str
    text: str
    where: str = ""
    number: int | None = None
    share: tuple[int, int] | None = None
    more: bool = False
    conflicted_count: bool | None = None
    parties: bool = False

    def needed(self, seats: int) -> int | None:
        """How many seats must be filled out of `seats`; None when no rule says."""
        if self.number is not None:
            return self.number
        if self.share is None:
            return None
        parts, whole = self.share
        over, rest = divmod(seats * parts, whole)
        return over + 1 if self.more or rest else over

    @property
    def about_conflict(self) -> str:
        """How the rule takes those in conflict of interest, in words; empty where none rules."""
        if self.source == SILENT:
            return ""
        if self.conflicted_count:
            return _("Den, der er inhabil, tæller med.")
        if self.conflicted_count is None:
            return _("Reglen siger intet om den, der er inhabil; vi har ikke talt dem med.")
        if self.source == LAW:
            return _(
                "Den, der er inhabil, er ikke til stede ved punktet og tæller ikke med"
                " (vores slutning)."
            )
        return _("Den, der er inhabil, tæller ikke med.")


@dataclass(frozen=True)
class Verdict:
    """Whether there was a quorum for an item. met: None when no rule says how many.

    missing_parties: parties that the rule asks for and that were not there, in words.
    """

    rule: Quorum
    here: int
    seats: int
    needed: int | None
    missing_parties: tuple[str, ...] = ()

    @property
    def met(self) -> bool | None:
        if self.needed is None and not self.rule.parties:
            return None
        return self.here >= (self.needed or 0) and not self.missing_parties

    @property
    def in_words(self) -> str:
        """As in "Beslutningsdygtig: 9 af 16 pladser, mindst 8 kræves."."""
        counted = _("{here} af {seats} pladser").format(here=self.here, seats=self.seats)
        if self.met is None:
            return _("{counted}; ingen regel siger, hvor mange der skal være.").format(
                counted=counted
            )
        parts = [counted]
        if self.needed is not None:
            parts.append(_("mindst {n} kræves").format(n=self.needed))
        if self.missing_parties:
            parts.append(_("uden {parties}").format(parties=", ".join(self.missing_parties)))
        begins = _("Beslutningsdygtig") if self.met else _("Ikke beslutningsdygtig")
        return f"{begins}: {', '.join(parts)}."


def quorum(body: BodyRecord, on: date) -> Quorum:
    """The body's quorum on a day: the law's, else the forretningsorden's, else silence."""
    rule = _law(body, on, "quorum")
    if rule is not None:
        said: dict[str, Any] = rule.test["quorum"]
        return Quorum(
            LAW,
            rule.text.said_in(get_language() or "da"),
            rule.paragraph,
            share=tuple(said["share"]),
            more=said.get("more", False),
            conflicted_count=said["conflicted"] != "away",
        )
    number = papers.local_rule(body, "quorum", on)
    parties = bool(papers.local_rule(body, "quorum_parties", on))
    if number is None and not parties:
        return Quorum(
            SILENT,
            _(
                "Hverken loven eller organets forretningsorden siger, hvor mange der skal være til"
                " stede."
            ),
        )
    counted = papers.local_rule(body, "quorum_conflicted", on)
    document = history.documents(body, on)[BodyDocument.Kind.FORRETNINGSORDEN]
    return Quorum(
        LOCAL,
        _local_text(number, parties),
        _("Forretningsordenen, version {n}, gælder fra {day}").format(
            n=document.number, day=date_format(document.valid_from, "DATE_FORMAT")
        ),
        number=None if number is None else int(number),
        conflicted_count=None if counted is None else bool(counted),
        parties=parties,
    )


def judge(rule: Quorum, at: Round) -> Verdict:
    """Whether an item had its quorum."""
    here = at.filled + (at.conflicted if rule.conflicted_count else 0)
    every = {part.attendance.party for part in at.parts if part.attendance.counts}
    missing = (
        tuple(_party(party) for party in sorted(every - at.parties) if party)
        if rule.parties
        else ()
    )
    return Verdict(rule, min(here, at.seats), at.seats, rule.needed(at.seats), missing)


@dataclass(frozen=True)
class Voting:
    """Whether the body votes when it does not agree, and who says so."""

    allowed: bool
    text: str
    where: str = ""


def voting(body: BodyRecord, on: date) -> Voting:
    """How the body decides on a day."""
    rule = _law(body, on, "votes")
    if rule is not None:
        return Voting(True, rule.text.said_in(get_language() or "da"), rule.paragraph)
    local = papers.local_rule(body, "votes", on)
    if local is not None:
        text = (
            _("Forretningsordenen siger, at der kan stemmes, når der ikke er enighed.")
            if local
            else _("Forretningsordenen siger, at der ikke stemmes: organet beslutter i enighed.")
        )
        return Voting(bool(local), text)
    return Voting(
        False,
        _(
            "Hverken loven eller organets forretningsorden siger, at der stemmes. Organet beslutter"
            " i enighed, og den, der er uenig, kan få det ført til referat."
        ),
    )


def approval(body: BodyRecord, on: date) -> tuple[str, str]:
    """Who approves the minutes (MinutesReview.Rule), and who says so."""
    chosen = papers.local_rule(body, "minutes_approval", on)
    if chosen in MinutesReview.Rule.values:
        return str(chosen), _("Efter organets forretningsorden")
    return (
        MinutesReview.Rule.CHAIRS,
        _("Forretningsordenen siger det ikke; Klynge går ud fra, at formændene godkender"),
    )


def remark_days(body: BodyRecord, on: date) -> int:
    """How many working days there are for remarks to the minutes; 10 when nothing is settled."""
    found = papers.local_rule(body, "objection_days", on)
    return REMARK_DAYS if found is None else int(found)


def _law(body: BodyRecord, on: date, test: str) -> structure.Rule | None:
    rules = structure.rules(body.kind, on)
    return next((rule for rule in rules if rule.test and test in rule.test), None)


def _local_text(number: int | float | str | None, parties: bool) -> str:
    said = []
    if number is not None:
        said.append(_("Mindst {n} medlemmer skal være til stede.").format(n=number))
    if parties:
        said.append(_("Hver part skal være til stede."))
    return " ".join(said)


def _party(id: str) -> str:
    word = structure.word("party", id)
    said = word.name.said_in(get_language() or "da") if word else id
    return said[:1].lower() + said[1:]
