"""Which people or events a number is about, as a key: equal keys are the same people or events.

Two indicators may show the same number: the citizens with COPD are counted by one and divided by in
another. Hidden in one and shown in the other would be no protection, so the disclosure control must
know; and what it cannot protect together is refused when the definitions are loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from klynge.engine.indicators.admitting import ages_admitted, ages_let_in
from klynge.engine.indicators.indicator import Indicator
from klynge.engine.indicators.relations import Have, Span
from klynge.engine.indicators.rendering import condition
from klynge.engine.indicators.tree import And, Condition, Everything
from klynge.engine.indicators.words import nearest
from klynge.faults import Fault
from klynge.texts import _

RESIDENTS = "residents-1-january"
"""All who lived in one of the 98 kommuner, whatever ages of them an indicator looks at."""


def denominator_key(indicator: Indicator) -> str:
    """What the denominator is about; ages are left out, for one population may be shown at many."""
    if indicator.out_of == "events":
        return " ".join(["events", *_events(indicator), *_beside_age(indicator.people)])
    return _of_people(_beside_age(indicator.people))


def people_counted(indicator: Indicator) -> str:
    """The key of the population that the numerator is the size of; "" when it is no population
    that another indicator could divide by."""
    counted = indicator.counts == "people" and indicator.kind == "proportion"
    events, dated_by = indicator.events, indicator.dated_by
    if not counted or events is None or dated_by is None or indicator.at_least > 1:
        return ""
    if indicator.follow_up_days or ages_admitted(indicator.people) is None:
        return ""
    return _of_people([_sql(Have(events, dated_by, indicator.window))])


def shared_faults(indicators: Sequence[Indicator]) -> list[Fault]:
    """What is shown by two indicators in a way that cannot be protected together."""
    return [
        *_counted_twice(indicators),
        *_guests_at_other_ages(indicators),
        *_different_rules(indicators),
    ]


def _counted_twice(indicators: Sequence[Indicator]) -> Iterator[Fault]:
    seen: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        if indicator.events is None:
            continue
        here = {_numerator(indicator)}
        if indicator.out_of == "events":
            here.add(_numerator(indicator, outcome=False))
        for key in here:
            others = seen.setdefault(key, [])
            met = [other for other in others if not _are_apart(other, indicator)]
            others.append(indicator)
            other = next((o for o in met if not _is_same_denominator(key, o, indicator)), None)
            if other is not None:
                yield Fault(
                    f"{other.code}, {indicator.code}",
                    _("De to indikatorer viser det samme tal."),
                    _("ét sted for hvert tal: skjult det ene sted og vist det andet er det ikke"
                      " beskyttet"),
                    _("Slå dem sammen til én indikator, eller tæl noget forskelligt."),
                )  # fmt: skip


def _are_apart(one: Indicator, other: Indicator) -> bool:
    """No age is let in by both, so no event is in both."""
    ages = ages_let_in(one.people), ages_let_in(other.people)
    return ages[0] is not None and ages[1] is not None and not ages[0] & ages[1]


def _is_same_denominator(key: str, one: Indicator, other: Indicator) -> bool:
    """Both divide by those events: they are protected as one population."""
    both = (one.out_of, other.out_of) == ("events", "events")
    return both and key == _numerator(one, outcome=False) == _numerator(other, outcome=False)


def _guests_at_other_ages(indicators: Sequence[Indicator]) -> Iterator[Fault]:
    hosts = {key: found for found in indicators if (key := people_counted(found))}
    for indicator in indicators:
        host = hosts.get(denominator_key(indicator)) if indicator.out_of == "people" else None
        if host is None or shows_the_same_cells(host, indicator):
            continue
        yield Fault(
            indicator.code,
            _("Den deles med de borgere, som {host} tæller, men ved andre aldre eller steder.")
            .format(host=host.code),
            _("samme ages=, samme aldre i people= og samme domain= som {host}").format(
                host=host.code
            ),
            _('Skriv ages={ages} og domain="{domain}".').format(
                ages=host.ages, domain=host.domain
            ),
        )  # fmt: skip


def shows_the_same_cells(host: Indicator, guest: Indicator) -> bool:
    """Whether what the one counts and the other divides by is the same number cell by cell."""
    psychiatric = [each.domain == "psykiatri" for each in (host, guest)]
    age = [_sql(part) for part in _parts(host.people) if ages_admitted(part) is not None]
    guests = [_sql(part) for part in _parts(guest.people) if ages_admitted(part) is not None]
    return (
        host.ages == guest.ages
        and psychiatric[0] == psychiatric[1]
        and guest.denominator_ages == "same"
        and set(age) == set(guests)
    )


def _different_rules(indicators: Sequence[Indicator]) -> Iterator[Fault]:
    rules = {rule for each in indicators for rule in (*each.diseases, *each.chronic)}
    names = [rule.disease for rule in rules]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault(
            name,
            _("To definitioner har hver sin regel for den samme sygdom."),
            _("én regel til hvert navn"),
            nearest(name, names) if names.count(name) < 2 else _("Giv den ene et andet navn."),
        )


def _of_people(others: Iterable[str]) -> str:
    told = sorted(others)
    return " ".join(["residents", *told]) if told else RESIDENTS


def _beside_age(people: Condition) -> list[str]:
    """The parts of a condition about residents that are not about age alone."""
    return [_sql(part) for part in _parts(people) if ages_admitted(part) is None]


def _parts(people: Condition) -> list[Condition]:
    if isinstance(people, And):
        return [*_parts(people.left), *_parts(people.right)]
    return [] if isinstance(people, Everything) else [people]


def _events(indicator: Indicator) -> list[str]:
    dated_by = indicator.dated_by
    if indicator.events is None or dated_by is None:
        return []
    names = (dated_by.starts, dated_by.ends) if isinstance(dated_by, Span) else (dated_by,)
    return [
        indicator.events.table,
        _sql(indicator.events),
        *(column.name for column in names),
        f"{indicator.window.name} {indicator.window.days} {indicator.follow_up_days}",
    ]


def _numerator(indicator: Indicator, *, outcome: bool = True) -> str:
    extra = [indicator.counts, str(indicator.at_least)]
    extra += [column.name for column in (indicator.adds, indicator.different) if column is not None]
    if outcome and indicator.outcome is not None:
        extra.append(_sql(indicator.outcome))
    elif indicator.counts == "people" and indicator.out_of == "events":
        extra[0] = "events"
    return " ".join([*_events(indicator), *_beside_age(indicator.people), *extra])


def _sql(part: Condition) -> str:
    return condition(part, "r").sql(dialect="duckdb")
