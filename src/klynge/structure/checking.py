"""Is this composition lawful, and by which paragraph? The law is in data; this only tests it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from klynge.structure.law import NO_RULES, Rule, rule, rules
from klynge.structure.model import Text, weakest
from klynge.structure.places import place
from klynge.structure.seats import Body, Deviation, Finding, Member
from klynge.structure.setting import Setting, setting

UNLIMITED = 10_000


@dataclass(frozen=True, slots=True)
class _Breach:
    """A rule that does not hold: how, for whom, and by how much."""

    rule: Rule
    how: str
    subject: str = ""
    found: int = 0
    least: int = 0
    most: int = 0
    people: tuple[str, ...] = ()
    deviation: Deviation | None = None
    covered: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.rule.id, self.how, self.subject


def check(
    body: Body, members: Sequence[Member], on: date, *, deviations: Sequence[Deviation] = ()
) -> tuple[Finding, ...]:
    """What in the composition of a body on a day is not as the law says, in the order of the rules.

    Lawful is when every finding is covered by an agreement: see `is_lawful`. Members who do not
    sit on that day are used only to tell since when. Raises NoSuchBody, UnknownPlace, and KeyError
    for a deviation from a rule there is not.
    """
    for deviation in deviations:
        rule(deviation.rule)
    where = setting(body, on)
    history = _History(body, members, deviations)
    return tuple(
        _finding(where, breach, history.since(breach, where))
        for breach in _breaches(where, members, deviations)
    )


def is_lawful(findings: Iterable[Finding]) -> bool:
    """Is there no finding, or is each covered by a recorded agreement?"""
    return all(finding.covered for finding in findings)


def check_meetings(body: Body, held: Sequence[date], year: int) -> tuple[Finding, ...]:
    """Were the meetings of a calendar year as many as the law asks?

    Empty when they were, and when the rule does not hold the whole year through.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = len({on for on in held if on.year == year})
    whole_year = {each.id for each in rules(body.kind, first)}
    findings = []
    for each in rules(body.kind, last):
        least = (each.test or {}).get("meetings", 0)
        if each.id in whole_year and found < least:
            breach = _Breach(each, "missing", found=found, least=least)
            findings.append(_finding(setting(body, last), breach, None, year=year))
    return tuple(findings)


def _breaches(
    where: Setting, members: Sequence[Member], deviations: Sequence[Deviation]
) -> list[_Breach]:
    serving = [member for member in members if member.serves(where.on)]
    applicable = [each for each in rules(where.body.kind, where.on) if each.test]
    found = [breach for each in applicable for breach in _test(each, where, serving, deviations)]
    if not any(each.topic == "seats" for each in applicable):
        found.insert(0, _Breach(rule(NO_RULES), "unknown"))
    return [_with_deviation(breach, where.on, deviations) for breach in found]


def _test(
    each: Rule, where: Setting, serving: Sequence[Member], deviations: Sequence[Deviation]
) -> Iterator[_Breach]:
    test = each.test or {}
    if "count" in test:
        yield from _counts(each, where, serving, deviations)
    elif "all" in test:
        yield from _each_is(each, where, serving)
    elif "term" in test:
        yield from _within_term(each, where, serving)


def _counts(
    each: Rule, where: Setting, serving: Sequence[Member], deviations: Sequence[Deviation]
) -> Iterator[_Breach]:
    test = each.test or {}
    kind = test.get("each", "")
    subjects = {_subject_of(each, where): True}
    if kind:
        subjects = where.subjects(kind, test.get("optional", ""))
    if test["count"].get("kommune") == "fixed-observer" and not where.fixed_observer():
        return
    for subject, required in subjects.items():
        chosen = where.select(test["count"], serving, subject=subject, each=kind)
        least, most = _limits(each, where, subject)
        breach = _Breach(
            each,
            "",
            subject,
            found=len({member.person for member in chosen}),
            least=least if required else 0,
            most=most,
            people=tuple(dict.fromkeys(member.person for member in chosen)),
        )
        yield from _beyond(breach, where.on, deviations)


def _subject_of(each: Rule, where: Setting) -> str:
    test = each.test or {}
    return where.fixed_observer() if test["count"].get("kommune") == "fixed-observer" else ""


def _limits(each: Rule, where: Setting, subject: str) -> tuple[int, int]:
    test = each.test or {}
    if "seats" in test:
        seats = where.seats(test["seats"], subject)
        return seats, seats
    return test.get("min", 0), test.get("max", UNLIMITED)


def _beyond(breach: _Breach, on: date, deviations: Sequence[Deviation]) -> Iterator[_Breach]:
    """The breach, if the number is beyond the law's limits or not the one agreed instead."""
    agreed = _agreed(breach, on, deviations)
    if agreed is not None and breach.found != agreed:
        breach = replace(breach, least=agreed, most=agreed)
    if breach.found < breach.least:
        yield replace(breach, how="missing")
    elif breach.found > breach.most:
        yield replace(breach, how="too_many")


def _agreed(breach: _Breach, on: date, deviations: Sequence[Deviation]) -> int | None:
    for deviation in deviations:
        if breach.rule.deviation and deviation.speaks_of(breach.rule, breach.subject, on):
            return deviation.agreed
    return None


def _each_is(each: Rule, where: Setting, serving: Sequence[Member]) -> Iterator[_Breach]:
    test = each.test or {}
    wanted = test.get("be_one_of") or ([test["be"]] if "be" in test else [])
    for member in where.select(test["all"], serving):
        barred = "be_not" in test and where.matches(test["be_not"], member)
        lacking = bool(wanted) and not any(where.matches(one, member) for one in wanted)
        if barred or lacking:
            yield _Breach(each, "wrong", member.kommune or member.person, people=(member.person,))


def _within_term(each: Rule, where: Setting, serving: Sequence[Member]) -> Iterator[_Breach]:
    term = (each.test or {})["term"]
    first = date.fromisoformat(term.get("from", "0001-01-01"))
    last = date.fromisoformat(term.get("to", "9999-12-31"))
    for member in where.select({}, serving):
        if (member.valid_from or first) < first or (member.valid_to or last) > last:
            yield _Breach(each, "wrong", member.person, people=(member.person,))


def _with_deviation(breach: _Breach, on: date, deviations: Sequence[Deviation]) -> _Breach:
    for deviation in deviations:
        if deviation.speaks_of(breach.rule, breach.subject, on):
            kept = deviation.agreed is None or deviation.agreed == breach.found
            return replace(breach, deviation=deviation, covered=breach.rule.deviation and kept)
    return breach


class _History:
    """Since when something has been so, told from who sat on earlier days."""

    def __init__(
        self, body: Body, members: Sequence[Member], deviations: Sequence[Deviation]
    ) -> None:
        self._body, self._members, self._deviations = body, members, deviations
        self._known: dict[date, set[tuple[str, str, str]]] = {}

    def since(self, breach: _Breach, where: Setting) -> date | None:
        """The first day of the unbroken time, up to today, in which the rule did not hold.

        None when a member has no first day: then the list does not tell who sat before.
        """
        undated = any(member.valid_from is None for member in self._members)
        if breach.how == "unknown" or undated:
            return None
        begins = max(where.kind.valid_from, where.place.valid_from, breach.rule.valid_from)
        since = where.on
        for day in _days_of_change(self._members, begins, where.on):
            if breach.key not in self._breaches_on(day):
                break
            since = day
        return since

    def _breaches_on(self, day: date) -> set[tuple[str, str, str]]:
        if day not in self._known:
            found = _breaches(setting(self._body, day), self._members, self._deviations)
            self._known[day] = {breach.key for breach in found}
        return self._known[day]


def _days_of_change(members: Sequence[Member], begins: date, on: date) -> list[date]:
    """The days from `begins` to `on` on which somebody came or had left; the latest first."""
    came = {member.valid_from for member in members if member.valid_from}
    left = {m.valid_to + timedelta(days=1) for m in members if m.valid_to and m.valid_to < on}
    return sorted((day for day in {begins} | came | left if begins <= day <= on), reverse=True)


def _finding(
    where: Setting, breach: _Breach, since: date | None, *, year: int | None = None
) -> Finding:
    certainty, note = _how_sure(where, breach)
    words = {
        "found": breach.found,
        "min": breach.least,
        "max": breach.most,
        "subject": _name(breach.subject),
        "who": ", ".join(breach.people),
        "year": year,
    }
    mend = "mend_too_many" if breach.how == "too_many" else "mend"
    what = "missing" if breach.how == "unknown" else breach.how
    return Finding(
        rule=breach.rule,
        how=breach.how,
        count=_how_many(breach),
        subject=breach.subject,
        people=breach.people,
        what=_filled(breach.rule.said[what], words),
        mend=_filled(breach.rule.said[mend], words),
        certainty=certainty,
        certainty_note=note,
        since=since,
        deviation=breach.deviation,
        covered=breach.covered,
    )


def _how_many(breach: _Breach) -> int:
    if breach.how == "missing":
        return breach.least - breach.found
    return breach.found - breach.most if breach.how == "too_many" else 1


def _how_sure(where: Setting, breach: _Breach) -> tuple[str, Text]:
    """No surer than the rule, nor than that the kommune belongs there at all."""
    rule, row = breach.rule, where.kommuner.get(breach.subject)
    if row is None:
        return rule.certainty, rule.certainty_note
    notes = [note for note in (rule.certainty_note, row.certainty_note) if note]
    return weakest(rule.certainty, row.certainty), Text(
        " ".join(notes), " ".join(note.en for note in notes)
    )


def _filled(template: Text, words: dict[str, object]) -> Text:
    return Text(template.format(**words), template.en.format(**words))


def _name(subject: str) -> str:
    for kind in ("kommune", "klynge"):
        try:
            return f"{place(kind, subject).name} ({subject})"
        except KeyError:
            continue
    return subject
