"""What each spine table holds: its columns, their kinds, and what they mean.

The definition language offers exactly these columns to an indicator, `docs/reference/spine.md` is
written from them, and a test holds the SQL models to them. Times are local Danish wall-clock times
without a zone, as registers give them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """The kinds of value a column can hold, and the SQL type of each."""

    TEXT = "VARCHAR"
    NUMBER = "INTEGER"
    DAY = "DATE"
    MOMENT = "TIMESTAMP"
    YES_NO = "BOOLEAN"


@dataclass(frozen=True, slots=True)
class SpineColumn:
    """One column. `may_be_missing`: a row may have no value there."""

    name: str
    kind: Kind
    means: str
    may_be_missing: bool = False


@dataclass(frozen=True, slots=True)
class SpineTable:
    """One table. `starts` and `ends` name the columns that say when a row's thing went on.

    A missing end means that it still goes on; an end that is a day is the first one without it, and
    one that is a moment the last with it.
    start_is_within_days: 1 when the start tells the day; 7 when it tells the week only.
    """

    name: str
    row: str
    columns: tuple[SpineColumn, ...]
    starts: str = ""
    ends: str = ""
    start_is_within_days: int = 1

    def column(self, name: str) -> SpineColumn | None:
        """The column called `name`, if there is one."""
        return next((column for column in self.columns if column.name == name), None)


def _table(
    name: str, row: str, *columns: SpineColumn, starts: str = "", ends: str = "", within: int = 1
) -> SpineTable:
    pid = SpineColumn("pid", Kind.NUMBER, "The person: a number that holds in this build only.")
    return SpineTable(name, row, (pid, *columns), starts, ends, within)


PERSONS = _table(
    "persons",
    "a person who is in at least one BEF snapshot",
    SpineColumn("pnr", Kind.TEXT, "The key the registers know the person by."),
    SpineColumn("born_on", Kind.DAY, "Birthday, from the newest snapshot.", True),
    SpineColumn("sex", Kind.TEXT, "female or male, from the newest snapshot.", True),
    SpineColumn("died_on", Kind.DAY, "Day of death.", True),
)

RESIDENTS = _table(
    "residents",
    "a person and a year, for those who lived in one of the 98 kommuner on 1 January",
    SpineColumn("year", Kind.NUMBER, "The year whose 1 January it is."),
    SpineColumn("kommune", Kind.TEXT, "The kommune, 3 digits."),
    SpineColumn("sex", Kind.TEXT, "female or male, as registered."),
    SpineColumn("age", Kind.NUMBER, "Whole years on 1 January."),
)

EDUCATION = _table(
    "education",
    "a person and the highest level of education completed so far",
    SpineColumn("level", Kind.TEXT, "low, middle or high; who has no row is unknown."),
    SpineColumn("held_from", Kind.DAY, "The day it was completed; 1 January 1900 for no day."),
    SpineColumn("held_until", Kind.DAY, "The day a higher one was completed.", True),
    starts="held_from",
    ends="held_until",
)

CONTACTS = _table(
    "contacts",
    "a physical hospital contact (ALCA00) that can be part of a stay",
    SpineColumn("contact_id", Kind.TEXT, "The register's own key of the contact."),
    SpineColumn("stay", Kind.NUMBER, "Number of the person's stay that the contact is part of."),
    SpineColumn("opens_stay", Kind.YES_NO, "The contact is the first of its stay."),
    SpineColumn("started_at", Kind.MOMENT, "When it began."),
    SpineColumn(
        "ended_at",
        Kind.MOMENT,
        "When it ended; an unfinished psychiatric contact runs to the extract's end, or to the"
        " end of the day of death.",
    ),
    SpineColumn("acute", Kind.YES_NO, "Priority ATA1 and its subcodes."),
    SpineColumn("domain", Kind.TEXT, "psykiatri when the main speciality says so, else somatik."),
    SpineColumn("specialty", Kind.TEXT, "Main speciality, in words and lower case.", True),
    SpineColumn("diagnosis", Kind.TEXT, "Main diagnosis (aktionsdiagnose), SKS.", True),
    SpineColumn("running", Kind.YES_NO, "Unfinished in the extract."),
    SpineColumn("nights", Kind.NUMBER, "Midnights between its start and its end."),
    starts="started_at",
    ends="ended_at",
)

STAYS = _table(
    "stays",
    "a hospital stay: contacts chained while they overlap or follow within the largest gap",
    SpineColumn("stay", Kind.NUMBER, "Number of the stay, counted within the person."),
    SpineColumn("started_at", Kind.MOMENT, "When the first contact began."),
    SpineColumn("ended_at", Kind.MOMENT, "When the last of its contacts to end did so."),
    SpineColumn("acute", Kind.YES_NO, "The first contact was acute."),
    SpineColumn("domain", Kind.TEXT, "somatik or psykiatri, by the first contact."),
    SpineColumn("specialty", Kind.TEXT, "Main speciality of the first contact, in words.", True),
    SpineColumn("diagnosis", Kind.TEXT, "Main diagnosis of the first contact, SKS.", True),
    SpineColumn("admission", Kind.YES_NO, "The stay was long enough to be an admission."),
    SpineColumn("under_24_hours", Kind.YES_NO, "It lasted less than 24 hours."),
    SpineColumn("running", Kind.YES_NO, "A contact of it is unfinished in the extract."),
    SpineColumn("died", Kind.YES_NO, "The person died no later than the day it ended."),
    SpineColumn("contacts", Kind.NUMBER, "How many contacts it is made of."),
    starts="started_at",
    ends="ended_at",
)

GP_WEEKS = _table(
    "gp_weeks",
    "a claim to the health insurance: a service, a person and the week it was claimed",
    SpineColumn("year", Kind.NUMBER, "The year of the claim week (the yy of HONUGE)."),
    SpineColumn("week", Kind.NUMBER, "The claim week, 1 to 53."),
    SpineColumn("week_begins_on", Kind.DAY, "Monday of the claim week."),
    SpineColumn("specialty", Kind.TEXT, "First two digits of SPECIALE; 80 is general practice."),
    SpineColumn("contacts", Kind.NUMBER, "Number of contacts the service counts for.", True),
    starts="week_begins_on",
    within=7,
)

DISPENSINGS = _table(
    "dispensings",
    "a prescription medicine handed over",
    SpineColumn("dispensed_on", Kind.DAY, "The day."),
    SpineColumn("atc", Kind.TEXT, "ATC code.", True),
    SpineColumn("substance", Kind.TEXT, "ATC code of seven characters: the substance.", True),
    SpineColumn("dose_packed", Kind.YES_NO, "Packed in doses by the pharmacy (DOSO)."),
    starts="dispensed_on",
)

DIAGNOSES = _table(
    "diagnoses",
    "a diagnosis of a hospital contact of any kind that was not later revoked",
    SpineColumn("recorded_on", Kind.DAY, "The day the contact began."),
    SpineColumn("code", Kind.TEXT, "SKS code."),
    SpineColumn("type", Kind.TEXT, "A main diagnosis, B secondary diagnosis, + supplement ..."),
    starts="recorded_on",
)

ONSETS = _table(
    "onsets",
    "a person and a chronic disease they have had by the local definition",
    SpineColumn("disease", Kind.TEXT, "Name of the disease."),
    SpineColumn("began_on", Kind.DAY, "The day the definition was first met."),
    SpineColumn("ended_on", Kind.DAY, "First day without it; most are for life.", True),
    starts="began_on",
    ends="ended_on",
)

CARE_HOME = _table(
    "care_home",
    "a time of living in a care home",
    SpineColumn("moved_in_on", Kind.DAY, "First day there."),
    SpineColumn("moved_out_on", Kind.DAY, "First day no longer there.", True),
    starts="moved_in_on",
    ends="moved_out_on",
)

HOME_NURSING = _table(
    "home_nursing",
    "a person and a day with home nursing",
    SpineColumn("nursed_on", Kind.DAY, "The day."),
    starts="nursed_on",
)

HOME_HELP = _table(
    "home_help",
    "a person and a month with home help granted",
    SpineColumn("month_begins_on", Kind.DAY, "First day of the month."),
    SpineColumn("minutes", Kind.NUMBER, "Minutes a week: personal care and practical help.", True),
    starts="month_begins_on",
)

REHABILITATION_PLANS = _table(
    "rehabilitation_plans",
    "a rehabilitation plan (section 140)",
    SpineColumn("made_on", Kind.DAY, "Day of the plan."),
    SpineColumn("kind", Kind.TEXT, "AWG2, AWG2A and AWG2B general, AWG1 specialised, AWG5 ..."),
    SpineColumn("waits_from", Kind.DAY, "Day of discharge; of the plan when none is told."),
    SpineColumn("offered_on", Kind.DAY, "Day first offered by the kommune.", True),
    SpineColumn("held_back", Kind.TEXT, "Why nothing happened within the 7 days.", True),
    SpineColumn("offered_within_7_days", Kind.YES_NO, "Offered at most 7 days after waits_from."),
    SpineColumn("days_waited", Kind.NUMBER, "Days to the offer; 0 when it came before.", True),
    starts="made_on",
)

READY_FOR_DISCHARGE = _table(
    "ready_for_discharge",
    "a time of being ready for discharge (AWA1) within a finished admission",
    SpineColumn("domain", Kind.TEXT, "somatik or psykiatri, as the stay."),
    SpineColumn("ready_on", Kind.DAY, "Day of the marker."),
    SpineColumn("discharged_on", Kind.DAY, "Day the stay ended."),
    SpineColumn("days", Kind.NUMBER, "Days until it was taken back (AWX1) or the stay ended."),
    starts="ready_on",
)

PREVENTIVE_VISITS = _table(
    "preventive_visits",
    "a person and a day with a preventive home visit",
    SpineColumn("visited_on", Kind.DAY, "The day."),
    starts="visited_on",
)

TRAINING = _table(
    "training",
    "a person and a month with municipal training (section 86)",
    SpineColumn("month_begins_on", Kind.DAY, "First day of the month."),
    starts="month_begins_on",
)

REABLEMENT = _table(
    "reablement",
    "a person and a year with reablement (section 83 a)",
    SpineColumn("year", Kind.NUMBER, "The year."),
)

PREVENTION = _table(
    "prevention",
    "a municipal offer of prevention (section 119)",
    SpineColumn("began_on", Kind.DAY, "First day."),
    SpineColumn("ended_on", Kind.DAY, "First day after it.", True),
    starts="began_on",
    ends="ended_on",
)

COMORBIDITY = _table(
    "comorbidity",
    "a resident, a year and a score with at least one sign, taken on 1 January",
    SpineColumn("taken_on", Kind.DAY, "The 1 January it is about."),
    SpineColumn("score", Kind.TEXT, "charlson or nmi."),
    SpineColumn("points", Kind.NUMBER, "The sum of its signs; of a family the highest."),
    starts="taken_on",
)

ATRIAL_FIBRILLATION = _table(
    "atrial_fibrillation",
    "a person's first diagnosis of atrial fibrillation in the extract",
    SpineColumn("diagnosed_on", Kind.DAY, "The day."),
    SpineColumn("score", Kind.NUMBER, "CHA2DS2-VASc that day."),
    SpineColumn(
        "anticoagulated",
        Kind.YES_NO,
        "Medicine against clots handed over from 120 days before to 30 days after.",
    ),
    SpineColumn("died_within_30_days", Kind.YES_NO, "Died less than 30 days after."),
    SpineColumn("followed_30_days", Kind.YES_NO, "The extract goes on for 30 days after."),
    starts="diagnosed_on",
)

OSDC_DIABETES = _table(
    "osdc_diabetes",
    "a person with diabetes by the open OSDC algorithm",
    SpineColumn("began_on", Kind.DAY, "The day of the second event of any kind."),
    SpineColumn("stable_from", Kind.DAY, "The same; missing when before 1998.", True),
    SpineColumn("type", Kind.TEXT, "T1D or T2D, by all the extract tells."),
    starts="began_on",
)

PSYCHIATRIC_REFERRALS = _table(
    "psychiatric_referrals",
    "a referral to planned psychiatric care that led to a contact",
    SpineColumn("referred_on", Kind.DAY, "The day of the referral."),
    SpineColumn("seen_on", Kind.DAY, "The day the first contact began; virtual ones count too."),
    SpineColumn("seen_within_30_days", Kind.YES_NO, "At most 30 days after the referral."),
    SpineColumn("days_waited", Kind.NUMBER, "Days from the one to the other."),
    starts="seen_on",
)

DEATHS = _table(
    "deaths",
    "a person who died",
    SpineColumn("died_on", Kind.DAY, "Day of death."),
    starts="died_on",
)

MIGRATIONS = _table(
    "migrations",
    "a day on which a person left the country or came to it",
    SpineColumn("moved_on", Kind.DAY, "The day: the first one away, or the first one here."),
    SpineColumn("direction", Kind.TEXT, "out or in."),
    starts="moved_on",
)

TIME_LOST = _table(
    "time_lost",
    "a resident of 1 January who was not here all the year, and the year",
    SpineColumn("year", Kind.NUMBER, "The year."),
    SpineColumn("days", Kind.NUMBER, "Its days after the day of death, or out of the country."),
)

TABLES: dict[str, SpineTable] = {
    table.name: table
    for table in (
        PERSONS,
        RESIDENTS,
        EDUCATION,
        CONTACTS,
        STAYS,
        GP_WEEKS,
        DISPENSINGS,
        DIAGNOSES,
        ONSETS,
        CARE_HOME,
        HOME_NURSING,
        HOME_HELP,
        REHABILITATION_PLANS,
        READY_FOR_DISCHARGE,
        PREVENTIVE_VISITS,
        TRAINING,
        REABLEMENT,
        PREVENTION,
        COMORBIDITY,
        ATRIAL_FIBRILLATION,
        OSDC_DIABETES,
        PSYCHIATRIC_REFERRALS,
        DEATHS,
        MIGRATIONS,
        TIME_LOST,
    )
}
