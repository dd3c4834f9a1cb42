"""What can be wrong with an indicator, all of it told at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from klynge.engine.indicators import ages
from klynge.engine.indicators.admitting import EVERY_AGE, ages_admitted, ages_let_in
from klynge.engine.indicators.indicator import EVERYWHERE, Indicator
from klynge.engine.indicators.person_time import LOST_AGES, shared_ages
from klynge.engine.indicators.relations import Span
from klynge.engine.indicators.tree import (
    Column,
    Condition,
)
from klynge.engine.indicators.words import authors_line, heading, nearest
from klynge.engine.spine.tables import Kind
from klynge.faults import DefinitionError, Fault
from klynge.texts import _

# A problem, what was expected, and the remedy.
_Slip = tuple[str, str, str]

_CHOICES: dict[str, tuple[object, ...]] = {
    "theme": ("population", "frail", "chronic", "psychiatry"),
    "domain": ("somatik", "psykiatri", "begge"),
    "kind": ("count", "proportion", "rate"),
    "per": (1, 100, 1000, 100000),
    "better": ("lower", "higher", "neither"),
    "certainty": ("S", "P", "K"),
    "counts": ("people", "events"),
    "denominator_ages": ("same", "all"),
}
_TEXTS = ("title", "numerator", "unit", "certainty_note", "leaves_out", "weak_points")


def check(indicator: Indicator) -> None:
    """Raise DefinitionError with every fault of `indicator`."""
    slips = [
        *_choice_slips(indicator),
        *_text_slips(indicator),
        *_owner_slips(indicator),
        *_age_slips(indicator),
        *_people_slips(indicator),
        *_event_slips(indicator),
        *_fraction_slips(indicator),
        *_month_slips(indicator),
        *_person_time_slips(indicator),
        *_number_slips(indicator),
    ]
    if slips:
        where = f"{authors_line()} ({indicator.code})"
        raise DefinitionError(heading(), [Fault(where, *slip) for slip in slips])


def _choice_slips(indicator: Indicator) -> Iterator[_Slip]:
    for field, choices in _CHOICES.items():
        value = getattr(indicator, field)
        if value not in choices or isinstance(value, bool):
            words = [str(choice) for choice in choices]
            yield (
                _("{field} er '{value}'.").format(field=field, value=value),
                _("en af: {words}").format(words=", ".join(words)),
                nearest(str(value), words),
            )
    unknown = [kind for kind in indicator.standardised_at if kind not in EVERYWHERE]
    if unknown:
        yield (
            _("standardised_at har ukendte slags steder: {kinds}.").format(
                kinds=", ".join(unknown)
            ),
            _("nogle af: {words}").format(words=", ".join(EVERYWHERE)),
            nearest(unknown[0], EVERYWHERE),
        )
    if not indicator.code.replace("_", "").isalnum() or indicator.code != indicator.code.lower():
        yield (
            _("Koden '{code}' kan ikke bruges.").format(code=indicator.code),
            _("små bogstaver, cifre og _, fx forebyg_65"),
            _("Ret code=."),
        )


def _text_slips(indicator: Indicator) -> Iterator[_Slip]:
    missing = [field for field in _TEXTS if not _is_bilingual(getattr(indicator, field))]
    below, is_count = indicator.denominator, indicator.kind == "count"
    if (below is None) != is_count or not (below is None or _is_bilingual(below)):
        missing.append("denominator")
    if missing:
        yield (
            _("Teksten mangler på dansk eller engelsk i: {fields}.").format(
                fields=", ".join(missing)
            ),
            _('{"da": "...", "en": "..."}; denominator=None for en optælling (kind="count")'),
            _("Skriv begge tekster."),
        )
    if not indicator.sources:
        yield (
            _("Der er ingen kilde."),
            _("mindst én kilde i sources=(...)"),
            _("Skriv, hvor definitionen er læst, også når den kun er delvist belagt."),
        )


def _owner_slips(indicator: Indicator) -> Iterator[_Slip]:
    if not isinstance(indicator.owner, str) or not indicator.owner.strip():
        yield (
            _("Der er ingen ejer."),
            _('owner="den, der svarer for definitionen"'),
            _("Skriv et navn på en gruppe eller rolle, som andre kan spørge."),
        )
    if not isinstance(indicator.review_by, date):
        yield (
            _("Der er ingen dato for, hvornår definitionen skal ses efter."),
            "review_by=date(2027, 11, 1)",
            _("Skriv en dato; et til to år frem er almindeligt."),
        )


def _age_slips(indicator: Indicator) -> Iterator[_Slip]:
    try:
        ages.spans(indicator.ages)
    except (ValueError, TypeError):
        yield (
            _("En aldersgruppe i ages= er ikke skrevet som en aldersgruppe."),
            _('"all", "18-44" eller "80+"'),
            _("Ret ages=."),
        )
        return
    if not indicator.ages or len(set(indicator.ages)) != len(indicator.ages):
        yield (
            _("ages= er tom eller nævner en aldersgruppe to gange."),
            _('ages=("all", "65-79", "80+")'),
            _("Ret ages=."),
        )
        return
    if "all" in indicator.ages and ages.has_holes(indicator.ages):
        yield (
            _('Aldersgrupperne har huller, så "all" ikke er dem alle tilsammen.'),
            _("aldersgrupper uden huller"),
            _('Ret ages=, eller udelad "all".'),
        )


def _people_slips(indicator: Indicator) -> Iterator[_Slip]:
    if not isinstance(indicator.people, Condition) or indicator.people.table != "residents":
        yield (
            _("people= er ikke en betingelse om residents."),
            _("people=residents.age >= 65, eller people=residents.all"),
            _("Skriv, hvem der kan tælles; betingelser om hændelser hører til i events=."),
        )
        return
    admitted = ages_let_in(indicator.people)
    try:
        low, high = ages.whole(indicator.ages)
    except (ValueError, TypeError):
        return
    # A share of all residents counts them by band, whoever `people` are.
    if admitted is None or indicator.denominator_ages == "all":
        return
    if admitted != {age for age in EVERY_AGE if low <= age <= ages.end((low, high))}:
        yield (
            _("people= og ages= er ikke enige om, hvor gamle folk skal være."),
            _("de samme aldre i people= og i aldersgrupperne tilsammen"),
            _("Ret people= eller ages=; de går fra {low} år.").format(low=low),
        )


def _event_slips(indicator: Indicator) -> Iterator[_Slip]:
    if indicator.events is None:
        if indicator.dated_by is not None or indicator.counts == "events":
            yield (
                _('dated_by= eller counts="events" er givet, men der er ingen events=.'),
                _("events= sammen med dated_by="),
                _("Skriv, hvilke hændelser der tæller, i events=."),
            )
        return
    if not isinstance(indicator.events, Condition) or indicator.events.table in ("", "residents"):
        yield (
            _("events= er ikke en betingelse om en tabel med hændelser."),
            _("events=stays.acute & stays.diagnosis.is_in(LISTE)"),
            _("Betingelser om personer hører til i people=."),
        )
        return
    if not isinstance(indicator.dated_by, (Column, Span)):
        yield (
            _("dated_by= mangler, så hændelserne ikke kan lægges i en periode."),
            _("en kolonne eller et spænd: dated_by=stays.started_at, dated_by=care_home.span"),
            _("Skriv, hvornår en hændelse hører til."),
        )
        return
    if indicator.dated_by.table != indicator.events.table:
        yield (
            _("dated_by= er fra {other}, men events= er fra {table}.").format(
                other=indicator.dated_by.table, table=indicator.events.table
            ),
            _("den samme tabel"),
            _("Vælg en kolonne fra {table}.").format(table=indicator.events.table),
        )
    if isinstance(indicator.dated_by, Column):
        yield from _dated_by_slips(indicator.dated_by, indicator)


def _dated_by_slips(column: Column, indicator: Indicator) -> Iterator[_Slip]:
    is_year = column.kind is Kind.NUMBER and column.name == "year"
    if is_year and indicator.window.is_snapshot:
        yield (
            _("Et år har ingen første dag at se på."),
            _("window=IN_THE_PERIOD, når dated_by= er et år"),
            _("Ret window=."),
        )
    elif not is_year and column.kind not in (Kind.DAY, Kind.MOMENT):
        yield (
            _("dated_by= er hverken en dato, et tidspunkt eller et år."),
            _("dated_by=stays.started_at"),
            _("Vælg en kolonne med en dato."),
        )


def _month_slips(indicator: Indicator) -> Iterator[_Slip]:
    """Months must add up to the year, so only events in the period can be told by month."""
    dated = isinstance(indicator.dated_by, Column) and indicator.dated_by.kind in (
        Kind.DAY,
        Kind.MOMENT,
    )
    adds_up = (
        indicator.counts == "events"
        and dated
        and not indicator.window.is_snapshot
        and indicator.adds is None
        and indicator.at_least == 1
        and indicator.kind != "count"
        and "all" in indicator.ages
    )
    if indicator.by_month and not adds_up:
        yield (
            _("by_month= er givet, men månederne kan ikke lægges sammen til året."),
            _('counts="events", en dato i dated_by=, window=IN_THE_PERIOD og "all" i ages='),
            _("Udelad by_month=, eller tæl hændelser."),
        )


def _person_time_slips(indicator: Indicator) -> Iterator[_Slip]:
    """Person-years are known of residents by age, at the ages of the time they lost."""
    if not indicator.per_person_years:
        return
    right = (
        indicator.out_of == "people"
        and indicator.events is not None
        and not indicator.window.is_snapshot
        and indicator.adds is None
        and indicator.domain != "psykiatri"
        and indicator.denominator_ages == "same"
        and ages_admitted(indicator.people) is not None
    )
    try:
        right = right and bool(shared_ages(indicator))
    except ValueError:
        return  # an age that is not written as one is told by itself
    if not right:
        yield (
            _("per_person_years= er givet, men personårene kendes ikke."),
            _(
                "hændelser i året blandt borgere efter alder alene, og mindst én af"
                " aldersgrupperne {ages}"
            ).format(ages=", ".join(LOST_AGES[1:])),
            _("Udelad per_person_years=, eller ret people= og ages=."),
        )


def _fraction_slips(indicator: Indicator) -> Iterator[_Slip]:
    if (indicator.out_of is None) != (indicator.kind == "count"):
        yield (
            _("kind= og out_of= passer ikke sammen."),
            _('out_of=None for en optælling (kind="count"), ellers "people" eller "events"'),
            _("Ret kind= eller out_of=."),
        )
    if indicator.out_of not in (None, "people", "events"):
        yield (
            _("out_of er '{value}'.").format(value=indicator.out_of),
            _('"people", "events" eller None'),
            nearest(str(indicator.out_of), ("people", "events")),
        )
    share = indicator.out_of == "events"
    if share != (indicator.outcome is not None):
        yield (
            _("outcome= og out_of= passer ikke sammen."),
            _('outcome= siger, hvilke af hændelserne der tælles, når out_of="events"'),
            _("Giv begge, eller ingen af dem."),
        )
    if share and (indicator.counts != "events" or indicator.kind != "proportion"):
        yield (
            _("En andel af hændelser er ikke skrevet som en sådan."),
            _('counts="events", out_of="events" og kind="proportion"'),
            _("Ret counts= eller kind=."),
        )
    outcome, events = indicator.outcome, indicator.events
    if outcome is not None and events is not None and outcome.table != events.table:
        yield (
            _("outcome= er om en anden tabel end events=."),
            _("den samme tabel"),
            _("Skriv outcome= om {table}.").format(table=events.table),
        )
    if indicator.out_of == "people" and indicator.counts == "events" and indicator.kind != "rate":
        yield (
            _("Hændelser ud af personer er ikke en andel: en person kan have flere."),
            _('kind="rate", eller counts="people"'),
            _("Ret kind= eller counts=."),
        )


def _number_slips(indicator: Indicator) -> Iterator[_Slip]:
    """at_least=, different=, adds= and followed_for=."""
    for field in ("at_least", "followed_for"):
        value, least = getattr(indicator, field), int(field == "at_least")
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            yield (
                _("{field} er '{value}'.").format(field=field, value=value),
                _("et helt tal, mindst {least}").format(least=least),
                _("Ret {field}=.").format(field=field),
            )
            return
    table = indicator.events.table if isinstance(indicator.events, Condition) else ""
    for field in ("adds", "different"):
        column = getattr(indicator, field)
        if column is not None and not (isinstance(column, Column) and column.table == table):
            yield (
                _("{field}= er ikke en kolonne i den tabel, events= handler om.").format(
                    field=field
                ),
                _("en kolonne, fx adds=contacts.nights eller different=dispensings.substance"),
                _("Ret {field}=.").format(field=field),
            )
            return
    several = indicator.at_least > 1
    if (several or indicator.different is not None) and (
        indicator.counts != "people" or indicator.out_of == "events" or not several
    ):
        yield (
            _("at_least= og different= siger, hvornår en person tæller med."),
            _('at_least= på 2 eller mere sammen med counts="people"'),
            _("Ret counts= eller at_least=."),
        )
    if indicator.adds is not None:
        yield from _adding_slips(indicator, indicator.adds)


def _adding_slips(indicator: Indicator, adds: Column) -> Iterator[_Slip]:
    if adds.kind is not Kind.NUMBER:
        yield (
            _("adds= er ikke et helt tal."),
            _("en kolonne med et helt tal, fx adds=contacts.nights"),
            _("Ret adds=."),
        )
    if indicator.counts != "events" or indicator.kind != "rate" or indicator.outcome is not None:
        yield (
            _("En sum er ikke skrevet som en sådan."),
            _('counts="events" og kind="rate", uden outcome='),
            _("Ret counts= eller kind=."),
        )
    if indicator.standardised_at:
        yield (
            _(
                "En sum har ingen standardiseret værdi: dens interval er ikke det, en optælling"
                " har."
            ),
            "standardised_at=NOWHERE",
            _("Skriv standardised_at=NOWHERE."),
        )


def _is_bilingual(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(value.get(language), str) and value[language].strip()
        for language in ("da", "en")
    )
