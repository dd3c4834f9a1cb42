"""The spine tables as an author writes them: `residents.age`, `stays.acute`, `stays.span` ..."""

from __future__ import annotations

from typing import Any

from klynge.engine.indicators.codelists import Codelist
from klynge.engine.indicators.relations import (
    During,
    FollowedWithin,
    HasDisease,
    Have,
    PrecededWithin,
    Span,
    Window,
    WithContact,
)
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
                _("en tabel med start og slutning, fx stays eller care_home"),
                _("Brug kolonnen med datoen i dated_by=."),
            )
        return Span(getattr(self, self._table.starts), getattr(self, self._table.ends))


class Residents(Rows):
    """People who lived in a kommune on 1 January."""

    def have(self, events: Condition, dated_by: Column | Span, window: Window) -> Condition:
        """They have at least one such event in the window: `dated_by` and `window` place it as
        they do for the events of an indicator."""
        right = isinstance(events, Condition) and events.table not in ("", self._table.name)
        dated = isinstance(dated_by, (Column, Span)) and right and dated_by.table == events.table
        if not right or not dated or not isinstance(window, Window):
            raise refuse(
                _(
                    "residents.have(...) skal have hændelser fra én tabel, hvornår de sker, og et"
                    " vindue."
                ),
                _("residents.have(onsets.of(KOL), onsets.began_on, BY_THE_FIRST_DAY)"),
                _("Skriv de tre i den rækkefølge, med en kolonne fra hændelsernes egen tabel."),
            )
        return Have(events, dated_by, window)


class Stays(Rows):
    """Hospital stays."""

    def followed_within(self, *, days: int, by: Condition) -> Condition:
        """Something else of the same person, for which `by` holds, began after this stay ended and
        at most `days` after.

        What tells the moment it began must begin within `days` times 24 hours; what tells the day
        may begin on the day the stay ended; of what tells the week (general practice), a day of
        that week may be one of those days.
        An indicator that asks this counts only stays that the extract follows for so long.
        """
        self._check_near("followed_within", days, by)
        return FollowedWithin(self._table.name, days, by)

    def preceded_within(self, *, days: int, by: Condition) -> Condition:
        """Something else of the same person, for which `by` holds, began before this stay did and
        at most `days` before; told in moments, days or weeks as for `followed_within`."""
        self._check_near("preceded_within", days, by)
        return PrecededWithin(self._table.name, days, by)

    def during(self, by: Condition) -> Condition:
        """The stay began while something else of the person's, for which `by` holds, went on."""
        table = tables.TABLES.get(by.table) if isinstance(by, Condition) else None
        if table is None or not table.ends:
            raise refuse(
                _("during(...) skal have en betingelse om en tabel med start og slutning."),
                "stays.during(care_home.all)",
                _("Brug preceded_within(...) eller followed_within(...) om en enkelt dag."),
            )
        return During(self._table.name, by)

    def _check_near(self, name: str, days: object, by: object) -> None:
        table = tables.TABLES.get(by.table) if isinstance(by, Condition) else None
        right = table is not None and bool(table.starts)
        if not right or isinstance(days, bool) or not isinstance(days, int) or days < 1:
            raise refuse(
                _(
                    "{name}(...) skal have et antal dage og en betingelse om en tabel, der siger,"
                    " hvornår noget begyndte."
                ).format(name=name),
                f"{name}(days=30, by=stays.acute & stays.admission)",
                _("Ret days= til et helt tal over 0, og by= til en betingelse om én tabel."),
            )

    def any_diagnosis_in(self, codes: Codelist) -> Condition:
        """A contact of the stay, not only the first, has a main diagnosis on the codelist."""
        if not isinstance(codes, Codelist):
            raise refuse(
                _("any_diagnosis_in(...) fik noget, der ikke er en kodeliste."),
                _('en kodeliste: codelist("navn")'),
                _("Hent kodelisten med codelist(...)."),
            )
        return self.with_contact(Rows(tables.CONTACTS).diagnosis.is_in(codes))

    def with_contact(self, by: Condition) -> Condition:
        """A contact of the stay, not only the first, for which `by` holds."""
        if not isinstance(by, Condition) or by.table != tables.CONTACTS.name:
            raise refuse(
                _("with_contact(...) skal have en betingelse om contacts."),
                'stays.with_contact(contacts.specialty == "kardiologi")',
                _("Skriv betingelsen om contacts."),
            )
        return WithContact(self._table.name, by)


class Onsets(Rows):
    """Chronic diseases a person has had."""

    def of(self, *rules: ChronicRule) -> Condition:
        """The onset is of the disease that a rule tells, or of one of several."""
        if not rules or not all(isinstance(rule, ChronicRule) for rule in rules):
            raise refuse(
                _("of(...) fik noget, der ikke er en regel for en sygdom."),
                _("en regel: chronic_disease(...)"),
                _("Skriv onsets.of(KOL), hvor KOL = chronic_disease(...)."),
            )
        return HasDisease(self._table.name, rules)


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
residents = Residents(tables.RESIDENTS)
contacts = Rows(tables.CONTACTS)
stays = Stays(tables.STAYS)
gp_weeks = Rows(tables.GP_WEEKS)
dispensings = Rows(tables.DISPENSINGS)
diagnoses = Rows(tables.DIAGNOSES)
onsets = Onsets(tables.ONSETS)
care_home = Rows(tables.CARE_HOME)
deaths = Rows(tables.DEATHS)
ready_for_discharge = Rows(tables.READY_FOR_DISCHARGE)
preventive_visits = Rows(tables.PREVENTIVE_VISITS)
training = Rows(tables.TRAINING)
prevention = Rows(tables.PREVENTION)
comorbidity = Rows(tables.COMORBIDITY)
atrial_fibrillation = Rows(tables.ATRIAL_FIBRILLATION)
osdc_diabetes = Rows(tables.OSDC_DIABETES)
psychiatric_referrals = Rows(tables.PSYCHIATRIC_REFERRALS)
reablement = Rows(tables.REABLEMENT)
migrations = Rows(tables.MIGRATIONS)
time_lost = Rows(tables.TIME_LOST)
home_nursing = Rows(tables.HOME_NURSING)
home_help = Rows(tables.HOME_HELP)
rehabilitation_plans = Rows(tables.REHABILITATION_PLANS)
