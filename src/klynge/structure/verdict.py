"""The verdict on a composition: as text to read, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from klynge.structure.checking import is_lawful
from klynge.structure.law import Rule, rules
from klynge.structure.model import UNMARKED
from klynge.structure.page import Page, day, how_sure, said
from klynge.structure.plain import plain
from klynge.structure.seats import Body, Finding, Member
from klynge.structure.setting import fills_a_seat, setting
from klynge.texts import _, ngettext


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was asked and what was found. `unused` are columns of the file that were not read."""

    body: Body
    on: date
    members: tuple[Member, ...]
    findings: tuple[Finding, ...]
    encoding: str = ""
    unused: tuple[str, ...] = ()

    @property
    def lawful(self) -> bool:
        """Lawful by the rules that are known, agreed deviations counted."""
        return is_lawful(self.findings)

    @property
    def not_checked(self) -> tuple[Rule, ...]:
        """Rules of the body that have not been read, so that nobody takes them as kept."""
        return tuple(r for r in rules(self.body.kind, self.on) if r.certainty == "unknown")

    def as_json(self) -> dict[str, Any]:
        """The verdict as JSON; its form is in docs/reference/structure.md."""
        return {
            "body": self.body.kind,
            "place": self.body.place,
            "on": self.on.isoformat(),
            "lawful": self.lawful,
            "serving": len(_serving(self)),
            "encoding": self.encoding,
            "unused_columns": list(self.unused),
            "not_checked": [rule.id for rule in self.not_checked],
            "findings": [_finding_as_json(finding) for finding in self.findings],
        }

    def as_text(self, *, width: int = 80) -> str:
        """The verdict as text, lines no longer than `width`."""
        page = Page(width)
        _heading(page, self)
        for number, finding in enumerate(self.findings, start=1):
            _finding(page, number, finding)
        _not_used_or_checked(page, self)
        return page.text()


def _not_used_or_checked(page: Page, verdict: Verdict) -> None:
    if verdict.unused or verdict.not_checked:
        page.line()
    page.labelled(_("Ikke brugt"), ", ".join(verdict.unused), indent=0)
    for rule in verdict.not_checked:
        page.marked(
            _("Ikke kontrolleret: {rule}").format(rule=f"{rule.paragraph}. {said(rule.text)}"),
            indent=0,
        )


def _serving(verdict: Verdict) -> Sequence[Member]:
    return [m for m in verdict.members if m.serves(verdict.on) and fills_a_seat(m)]


def _heading(page: Page, verdict: Verdict) -> None:
    where = setting(verdict.body, verdict.on)
    name = where.place.name_on(verdict.on)
    page.line(f"{said(where.kind.name)}: {name} ({where.place.id}), {day(verdict.on)}")
    serving = len(_serving(verdict))
    page.line(ngettext("{n} plads besat.", "{n} pladser besat.", serving).format(n=serving))
    page.line()
    if not verdict.findings:
        page.line(_("Lovlig: intet at bemærke efter de regler, Klynge kender."))
    elif verdict.lawful:
        page.line(_("Lovlig: det, der afviger, er dækket af en registreret aftale."))
    else:
        open_ = sum(not finding.covered for finding in verdict.findings)
        page.line(ngettext("{n} ting at rette.", "{n} ting at rette.", open_).format(n=open_))


def _finding(page: Page, number: int, finding: Finding) -> None:
    page.line()
    page.line(f"{number}. {said(finding.what)}")
    rule = finding.rule
    page.labelled(_("Regel"), f"{said(rule.text)} [{rule.id}]", indent=3)
    page.labelled(_("Hjemmel"), f"{rule.paragraph} ({_in_force(finding)})", indent=3)
    page.labelled(_("Siden"), day(finding.since) if finding.since else "", indent=3)
    page.labelled(_("Gør sådan"), "" if finding.covered else said(finding.mend), indent=3)
    page.labelled(_("Aftale"), _agreement(finding), indent=3)
    if finding.certainty not in UNMARKED:
        note = f"{how_sure(finding.certainty)}: {said(finding.certainty_note)}"
        page.marked(_("Sikkerhed {note}").format(note=note), indent=3)


def _in_force(finding: Finding) -> str:
    return _("gælder fra {day}").format(day=day(finding.rule.valid_from))


def _agreement(finding: Finding) -> str:
    if finding.deviation is None:
        return _("kan fraviges ved aftale; ingen er registreret") if finding.rule.deviation else ""
    decision = finding.deviation.decision
    if finding.covered:
        return _("dækket af: {decision}").format(decision=decision)
    if not finding.rule.deviation:
        return _("reglen kan ikke fraviges; aftalen dækker ikke: {decision}").format(
            decision=decision
        )
    return _("aftalen siger {agreed}: {decision}").format(
        agreed=finding.deviation.agreed, decision=decision
    )


def _finding_as_json(finding: Finding) -> dict[str, Any]:
    rule = finding.rule
    return {
        "rule": rule.id,
        "text": plain(rule.text),
        "paragraph": rule.paragraph,
        "sources": plain(rule.sources),
        "in_force_from": rule.valid_from.isoformat(),
        "how": finding.how,
        "count": finding.count,
        "subject": finding.subject,
        "people": list(finding.people),
        "what": plain(finding.what),
        "mend": plain(finding.mend),
        "since": plain(finding.since),
        "certainty": finding.certainty,
        "certainty_note": plain(finding.certainty_note),
        "deviation_possible": rule.deviation,
        "deviation": plain(finding.deviation),
        "covered": finding.covered,
    }
