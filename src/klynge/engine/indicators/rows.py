"""The spine tables as an author writes them: `residents.age`, `stays.acute`, `stays.span` ..."""

from __future__ import annotations

from typing import Any

from klynge.engine.indicators.codelists import Codelist
from klynge.engine.indicators.relations import AnyContact, FollowedWithin, HasDisease, Span
from klynge.engine.indicators.tree import (
    Column,
    Condition,
    Everything,
    Flag,
    Part,
    PeriodDay,
    TextColumn,
)
from klynge.engine.indicators.words import nearest, refuse
from klynge.engine.spine import tables
from klynge.engine.spine.chronic import ChronicRule
from klynge.engine.spine.tables import Kind, SpineTable
from klynge.texts import _


class Rows:
    """The rows of one spine table. Its columns are attributes."""

    def __init__(self, table: SpineTable) -> None:
        self._table = table

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        column = self._table.column(name)
        if column is None or name == "pid":
            known = [column.name for column in self._table.columns if column.name != "pid"]
            raise refuse(
                _("{table} har ingen kolonne, der hedder '{name}'.").format(
                    table=self._table.name, name=name
                ),
                _("en af kolonnerne i docs/reference/spine.md"),
                nearest(name, known),
            )
        if column.kind is Kind.YES_NO:
            return Flag(self._table.name, name)
        kind = TextColumn if column.kind is Kind.TEXT else Column
        return kind(self._table.name, name, column.kind, column.may_be_missing)

    @property
    def all(self) -> Condition:
        """Every row."""
        return Everything(self._table.name)

    @property
    def span(self) -> Span:
        """From start to end of what the row is about."""
        if not self._table.ends:
            raise refuse(
                _("{table} har ikke både en start og en slutning.").format(table=self._table.name),
                _("en tabel med start og slutning: contacts, stays eller care_home"),
                _("Brug kolonnen med datoen i dated_by=."),
            )
        return Span(getattr(self, self._table.starts), getattr(self, self._table.ends))


class Stays(Rows):
    """Hospital stays."""

    def followed_within(self, *, days: int, by: Condition) -> Condition:
        """Another stay of the same person, for which `by` holds, began after this one ended and
        at most `days` times 24 hours after.

        An indicator that asks this counts only stays that the extract follows for so long.
        """
        right = isinstance(by, Condition) and by.table == self._table.name
        if not right or isinstance(days, bool) or not isinstance(days, int) or days < 1:
            raise refuse(
                _("followed_within(...) skal have et antal dage og en betingelse om stays."),
                _("followed_within(days=30, by=stays.acute & stays.admission)"),
                _("Ret days= til et helt tal over 0 og by= til en betingelse om stays."),
            )
        return FollowedWithin(self._table.name, days, by)

    def any_diagnosis_in(self, codes: Codelist) -> Condition:
        """A contact of the stay, not only the first, has a main diagnosis on the codelist."""
        if not isinstance(codes, Codelist):
            raise refuse(
                _("any_diagnosis_in(...) fik noget, der ikke er en kodeliste."),
                _('en kodeliste: codelist("navn")'),
                _("Hent kodelisten med codelist(...)."),
            )
        return AnyContact(self._table.name, codes)


class Onsets(Rows):
    """Chronic diseases a person has had."""

    def of(self, rule: ChronicRule) -> Condition:
        """The onset is of the disease that `rule` tells."""
        if not isinstance(rule, ChronicRule):
            raise refuse(
                _("of(...) fik noget, der ikke er en regel for en sygdom."),
                _("en regel: ChronicRule(...)"),
                _("Skriv onsets.of(KOL), hvor KOL = ChronicRule(...)."),
            )
        return HasDisease(self._table.name, rule)


class Period:
    """The period that is counted, such as the year 2024."""

    first_day = PeriodDay("first_day")
    day_after = PeriodDay("day_after")

    def __getattr__(self, name: str) -> Part:
        if name.startswith("_"):
            raise AttributeError(name)
        raise refuse(
            _("Perioden har ikke noget, der hedder '{name}'.").format(name=name),
            _("PERIOD.first_day eller PERIOD.day_after (den første dag efter perioden)"),
            nearest(name, ("first_day", "day_after")),
        )


PERIOD = Period()
residents = Rows(tables.RESIDENTS)
contacts = Rows(tables.CONTACTS)
stays = Stays(tables.STAYS)
gp_weeks = Rows(tables.GP_WEEKS)
dispensings = Rows(tables.DISPENSINGS)
diagnoses = Rows(tables.DIAGNOSES)
onsets = Onsets(tables.ONSETS)
care_home = Rows(tables.CARE_HOME)
deaths = Rows(tables.DEATHS)
