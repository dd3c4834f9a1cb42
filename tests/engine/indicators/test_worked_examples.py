"""A hand-worked example of every indicator: so many counted, out of so many, in Randers in 2024.

Each line is one person and what the person adds: (counted, out of). The sum is what the engine must
say. Why a person counts or not stands beside.
"""

from __future__ import annotations

import pytest

from klynge.engine.indicators import ALL
from tests.engine.people import Person, counted

OLD = Person(born="1950-06-01")  # 73 on 1 January 2024
ADULT = Person(born="1984-06-01")  # 39
CHILD = Person(born="2014-06-01")  # 9
COPD = OLD.with_diagnosis("DJ441", "2023-05-01")
DEMENTIA = OLD.with_diagnosis("DG309", "2023-05-01")
SCHIZOPHRENIA = ADULT.with_diagnosis("DF200", "2023-05-01")
WARD = "kardiologi"
FIBRILLATION = OLD.with_diagnosis("DI489", "2024-05-01")


def _bought(*codes: str, who: Person = OLD, indication: str | None = None) -> Person:
    """Medicine handed over in 2023, a month between."""
    for month, code in enumerate(codes, start=1):
        who = who.with_medicine(code, f"2023-{2 * month - 1:02}-29", indication=indication)
    return who


MAN = Person(born="1984-06-01", woman=False)
TYPE_1 = (
    OLD.with_medicine("A10AB05", "2023-01-29")
    .with_medicine("A10AE04", "2023-03-01")
    .with_diagnosis("DE109")
)


def _seen(on: str, *, referred: str, acute: bool = False, kind: str = "ALCA00") -> Person:
    """A visit to psychiatry."""
    return ADULT.with_stay(on, hours=1, acute=acute, psychiatric=True, kind=kind, referred=referred)


Line = tuple[Person, tuple[int, int], str]
EXAMPLES: dict[str, list[Line]] = {
    "doedsfald_1000": [
        (Person(died="2024-03-01"), (1, 1), "died in the year"),
        (Person(died="2025-01-01"), (0, 1), "the day after it"),
        (Person(died="2023-12-31"), (0, 0), "not there on 1 January"),
    ],
    "prim_kontakter": [
        (ADULT.with_gp("2401", contacts=2).with_gp("2452"), (3, 1), "two and one"),
        (ADULT.with_gp("2352").with_gp("2501"), (0, 1), "weeks of other years"),
        (ADULT.with_gp("2410", contacts=0), (0, 1), "a service that is no contact"),
        (ADULT.with_gp("2410", child=1), (0, 1), "for a child"),
        (ADULT.with_gp("2410", specialty="501001"), (0, 1), "not general practice"),
    ],
    "sgh_patienter": [
        (ADULT.with_stay("2024-02-01", hours=1).with_stay("2024-03-01"), (1, 1), "once a person"),
        (ADULT.with_stay("2024-12-31", hours=48), (0, 1), "it ended the year after"),
        (ADULT.with_stay("2024-02-01", kind="ALCA03"), (0, 1), "a virtual contact"),
    ],
    "sgh_ophold_1000": [
        (ADULT.with_stay("2024-02-01", hours=1).with_stay("2024-03-01"), (2, 1), "both kinds"),
        (
            ADULT.with_stay("2024-02-01", hours=1).with_stay("2024-02-01 16:00", hours=1),
            (1, 1),
            "three hours apart: one stay",
        ),
        (ADULT.with_stay("2023-12-31", hours=48), (1, 1), "it ended in the year"),
    ],
    "indl_1000": [
        (ADULT.with_stay("2024-02-01", hours=12), (1, 1), "12 hours"),
        (ADULT.with_stay("2024-02-01", hours=11.9), (0, 1), "less"),
        (ADULT.with_stay("2024-02-01", psychiatric=True, acute=False), (1, 1), "psychiatry too"),
        (ADULT.with_stay("2023-12-31", hours=48), (0, 1), "began the year before"),
    ],
    "akut_indl_1000": [
        (ADULT.with_stay("2024-02-01"), (1, 1), "acute"),
        (ADULT.with_stay("2024-02-01", acute=False), (0, 1), "planned"),
        (ADULT.with_stay("2024-02-01", psychiatric=True), (0, 1), "psychiatric"),
    ],
    "korttid_med": [
        (
            ADULT.with_stay("2024-02-01", hours=2, specialty="akutmedicin").with_stay(
                "2024-02-01 14:00", hours=20, specialty=WARD
            ),
            (1, 1),
            "through the emergency department to a medical ward, 22 hours",
        ),
        (ADULT.with_stay("2024-02-01", hours=20, specialty="akutmedicin"), (0, 1), "no ward"),
        (ADULT.with_stay("2024-02-01", hours=24, specialty=WARD), (0, 1), "24 hours"),
        (ADULT.with_stay("2024-02-01", hours=20, specialty="kirurgi"), (0, 1), "surgery"),
    ],
    "genind_som_u67": [
        (ADULT.with_stay("2024-02-01").with_stay("2024-02-20"), (1, 2), "back after 17 days"),
        (ADULT.with_stay("2024-02-01").with_stay("2024-03-20"), (0, 2), "after 46 days"),
        (CHILD.with_stay("2024-02-01"), (0, 1), "a child too"),
        (OLD.with_stay("2024-02-01").with_stay("2024-02-20"), (0, 0), "73: in genind_67"),
        (Person(born="1957-01-01").with_stay("2024-02-01"), (0, 0), "67 on 1 January"),
        (Person(born="1957-01-02").with_stay("2024-02-01"), (0, 1), "66 on 1 January"),
    ],
    "fald_hofte": [
        (
            OLD.with_stay("2024-02-01", hours=2, diagnosis="DR529").with_stay(
                "2024-02-01 15:00", diagnosis="DS7201"
            ),
            (1, 1),
            "found at the second contact",
        ),
        (OLD.with_stay("2024-02-01", diagnosis="DS723"), (0, 1), "the shaft of the femur"),
        (ADULT.with_stay("2024-02-01", diagnosis="DS720"), (0, 0), "under 65"),
    ],
    "med_sengedage_65": [
        (OLD.with_stay("2024-02-27", "2024-03-02", specialty=WARD), (4, 1), "over a leap day"),
        (OLD.with_stay("2023-12-30", "2024-01-02", specialty=WARD), (3, 1), "ended in the year"),
        (OLD.with_stay("2024-02-01", hours=2, specialty=WARD), (0, 1), "no night"),
        (OLD.with_stay("2024-02-01", "2024-02-05", specialty="kirurgi"), (0, 1), "surgery"),
    ],
    "hjemmehjaelp_mod": [
        (OLD.with_home_help("202401"), (1, 1), "granted in January"),
        (OLD.with_home_help("202402"), (0, 1), "from February"),
        (OLD.with_home_help("202401", personal=0.0, practical=None), (0, 1), "nothing granted"),
        (
            OLD.with_home_help("202401", personal=None, practical=None, granted=True),
            (1, 1),
            "granted, no minutes told",
        ),
    ],
    "hjemmehjaelp_timer": [
        (OLD.with_home_help("202401", personal=60, practical=30), (90, 1), "90 minutes"),
        (
            OLD.with_home_help("202401", personal=10, practical=None).with_home_help(
                "202401", personal=None, practical=20
            ),
            (30, 1),
            "two rows of a month are added",
        ),
        (
            OLD.with_home_help("202401", personal=None, practical=None, granted=True),
            (0, 0),
            "granted, no minutes told",
        ),
        (OLD, (0, 0), "no recipient"),
    ],
    "sygepleje_mod": [
        (OLD.nursed("2024-01-01", "2024-05-01"), (1, 1), "once a person"),
        (OLD.nursed("2023-12-31", "2025-01-01"), (0, 1), "the days around the year"),
    ],
    "aeldre_tvaers_praksis": [
        (OLD.nursed("2024-05-01").with_gp("2410"), (1, 1), "both in the year"),
        (OLD.nursed("2024-05-01").with_gp("2310"), (0, 1), "practice the year before"),
        (OLD.with_gp("2410"), (0, 0), "no nursing"),
    ],
    "aeldre_tvaers_sygehus": [
        (OLD.nursed("2024-05-01").with_stay("2024-06-01", hours=1), (1, 1), "both in the year"),
        (OLD.nursed("2024-05-01"), (0, 1), "no stay"),
    ],
    # The stay is from Friday 1 March to Sunday 3 March; week 9 is 26 February to 3 March.
    "kontakt_foer_praksis": [
        (OLD.with_stay("2024-03-01", specialty=WARD).with_gp("2408"), (1, 1), "23-25 February"),
        (OLD.with_stay("2024-03-01", specialty=WARD).with_gp("2407"), (0, 1), "to 18 February"),
        (OLD.with_stay("2024-03-01", specialty=WARD).with_gp("2410"), (0, 1), "the week after"),
        (OLD.with_stay("2024-03-01", specialty="kirurgi").with_gp("2408"), (0, 0), "surgery"),
    ],
    "kontakt_efter_praksis": [
        (OLD.with_stay("2024-03-01", specialty=WARD).with_gp("2410"), (1, 1), "4-10 March"),
        (OLD.with_stay("2024-03-01", specialty=WARD).with_gp("2411"), (0, 1), "from 11 March"),
        (Person(died="2024-03-03").with_stay("2024-03-01", specialty=WARD), (0, 0), "died"),
    ],
    "kontakt_foer_sygepleje": [
        (OLD.with_stay("2024-03-01", specialty=WARD).nursed("2024-02-23"), (1, 1), "7 days"),
        (OLD.with_stay("2024-03-01", specialty=WARD).nursed("2024-02-22"), (0, 1), "8 days"),
        (OLD.with_stay("2024-03-01", specialty=WARD).nursed("2024-03-02"), (0, 1), "during"),
    ],
    "kontakt_efter_sygepleje": [
        (OLD.with_stay("2024-03-01", specialty=WARD).nursed("2024-03-03"), (1, 1), "same day"),
        (OLD.with_stay("2024-03-01", specialty=WARD).nursed("2024-03-10"), (1, 1), "7 days"),
        (OLD.with_stay("2024-03-01", specialty=WARD).nursed("2024-03-11"), (0, 1), "8 days"),
    ],
    "plejehjem_efter_akut": [
        (OLD.with_stay("2024-03-01").in_care_home("2024-04-02"), (1, 1), "30 days"),
        (OLD.with_stay("2024-03-01").in_care_home("2024-04-03"), (0, 1), "31 days"),
        (
            OLD.with_stay("2024-03-01").in_care_home("2023-01-01", "2024-03-20").in_care_home(
                "2024-03-20"
            ),
            (0, 1),
            "from one home to another",
        ),
    ],
    "doed_efter_akut": [
        (Person(died="2024-04-02").with_stay("2024-03-01"), (1, 1), "30 days"),
        (Person(died="2024-04-03").with_stay("2024-03-01"), (0, 1), "31 days"),
        (Person(died="2024-03-03").with_stay("2024-03-01"), (0, 0), "during the stay"),
    ],
    "plejehjem_indl": [
        (OLD.in_care_home("2023-01-01").with_stay("2024-03-01"), (1, 1), "while living there"),
        (
            OLD.in_care_home("2023-01-01", "2024-03-01").with_stay("2024-03-01"),
            (0, 1),
            "the day they moved out",
        ),
        (OLD.in_care_home("2024-02-01").with_stay("2024-03-01"), (0, 0), "moved in later"),
    ],
    "genop_planer": [
        (ADULT.with_plan("2024-03-01").with_plan("2024-04-01", kind="AWG2B"), (2, 1), "general"),
        (ADULT.with_plan("2024-03-01", kind="AWG1"), (0, 1), "specialised"),
    ],
    "genop_vent": [
        (ADULT.with_plan("2024-03-01", offered="2024-03-08"), (1, 1), "7 days"),
        (
            ADULT.with_plan("2024-02-28", discharged="2024-03-01", offered="2024-03-08"),
            (1, 1),
            "7 days from the discharge, not from the plan",
        ),
        (ADULT.with_plan("2024-03-01", offered="2024-03-09"), (0, 1), "8 days"),
        (ADULT.with_plan("2024-03-01"), (0, 0), "no offer"),
        (ADULT.with_plan("2024-03-01", offered="2024-03-09", held_back="udskudt"), (0, 0), "late"),
    ],
    # Admitted from Friday 1 March to Sunday 10 March.
    "faerdigbeh_som": [
        (ADULT.with_stay("2024-03-01", "2024-03-10").marked("2024-03-06"), (4, 1), "6 to 10 March"),
        (ADULT.with_stay("2024-03-01", "2024-03-10").marked("2024-03-06")
         .marked("2024-03-07", "AWX1").marked("2024-03-09"), (2, 1), "taken back for two days"),
        (ADULT.with_stay("2024-03-01", "2024-03-10").marked("2024-03-06").marked("2024-03-08"),
         (4, 1), "marked twice"),
        (ADULT.with_stay("2024-03-01", "2024-03-10").marked("2024-03-10"), (0, 1), "the last day"),
        (ADULT.with_stay("2024-03-01", "2024-03-10").marked("2024-03-11"), (0, 1), "after it"),
        (ADULT.with_stay("2024-03-01", "2024-03-10", psychiatric=True).marked("2024-03-06"),
         (0, 1), "psychiatric"),
        (CHILD.with_stay("2024-03-01", "2024-03-10").marked("2024-03-06"), (0, 0), "a child"),
    ],
    "faerdigbeh_psyk": [
        (ADULT.with_stay("2023-12-20", "2024-01-10", psychiatric=True).marked("2023-12-30"),
         (11, 1), "all of them in the year of discharge"),
        (ADULT.with_stay("2024-03-01", psychiatric=True, unfinished=True).marked("2024-03-06"),
         (0, 1), "not finished"),
    ],
    "forebyg_besoeg": [
        (Person(born="1945-06-01").visited("2024-05-01"), (1, 1), "78 years"),
        (Person(born="1945-06-01").visited("2023-05-01"), (0, 1), "the year before"),
        (OLD.visited("2024-05-01"), (0, 0), "73 years"),
    ],
    "rehab_83a": [(OLD.in_reablement(2024), (1, 1), ""), (OLD.in_reablement(2023), (0, 1), "")],
    "kron_119": [
        (COPD.in_prevention("2024-02-01", "2024-05-01"), (1, 1), "in the year"),
        (COPD.in_prevention("2023-11-01", "2024-01-01"), (1, 1), "ended on its first day"),
        (COPD.in_prevention("2023-11-01", "2023-12-31"), (0, 1), "ended the day before"),
        (COPD.in_prevention("2023-11-01"), (1, 1), "goes on"),
        (COPD.in_prevention("2025-01-01"), (0, 1), "not yet"),
        (OLD.in_prevention("2024-02-01"), (0, 0), "no chronic disease"),
    ],
    "traening_86": [
        (OLD.in_training("202401").in_training("202412"), (1, 1), "once a person"),
        (OLD.in_training("202312"), (0, 1), "the year before"),
    ],
    "dosispak": [
        (ADULT.with_medicine("C10AA01", "2024-05-01", dose_packed=True), (1, 1), "packed"),
        (ADULT.with_medicine("C10AA01", "2024-05-01"), (0, 1), "not packed"),
    ],
    "polyfarmaci": [
        (
            OLD.with_medicines("2023-12-31", "C10AA01", "C09AA05", "B01AC06", "A02BC01", "N02BE01"),
            (1, 1),
            "five the day before",
        ),
        (
            OLD.with_medicines("2023-07-05", "C10AA01", "C09AA05", "B01AC06", "A02BC01", "N02BE01"),
            (1, 1),
            "180 days before",
        ),
        (
            OLD.with_medicines("2023-07-04", "C10AA01", "C09AA05", "B01AC06", "A02BC01", "N02BE01"),
            (0, 1),
            "181 days before",
        ),
        (
            OLD.with_medicines("2023-12-31", "C10AA01", "C10AA01", "C09AA05", "B01AC06", "A02BC01"),
            (0, 1),
            "four different ones",
        ),
    ],
    "antipsyk_demens": [
        (DEMENTIA.with_medicine("N05AX08", "2024-05-01"), (1, 1), "risperidone"),
        (DEMENTIA.with_medicine("N05AN01", "2024-05-01"), (0, 1), "lithium"),
        (OLD.with_medicine("N05AX08", "2024-05-01"), (0, 0), "no dementia"),
    ],
    "ruks_praev_astma": [
        (CHILD.with_diagnosis("DJ459", "2023-05-01"), (1, 1), "a diagnosis"),
        (CHILD.with_medicines("2022-05-01", "R03AC02").with_medicines("2023-05-01", "R03BA02"),
         (1, 1), "two dispensings 365 days apart"),
        (CHILD.with_medicines("2022-05-01", "R03AC02").with_medicines("2023-05-02", "R03BA02"),
         (0, 1), "366 days apart"),
        (COPD.with_diagnosis("DJ459", "2022-05-01"), (0, 1), "left when COPD came"),
        (OLD.with_diagnosis("DJ459", "2013-01-01"), (0, 1), "nothing for ten years"),
    ],
    "ruks_praev_t1d": [
        (ADULT.with_diagnosis("DE109", "2022-05-01").with_medicine("A10AB01", "2023-01-01"),
         (1, 1), "a diagnosis and insulin"),
        (ADULT.with_diagnosis("DE109", "2022-05-01"), (0, 1), "no insulin"),
        (ADULT.with_diagnosis("DE109", "2022-05-01").with_diagnosis("DE119", "2022-06-01")
         .with_medicine("A10AB01", "2023-01-01"), (0, 1), "no majority"),
    ],
    "ruks_praev_demens": [
        (DEMENTIA, (1, 1), "a diagnosis"),
        (OLD.with_medicine("N06DA02", "2023-01-01").with_medicine("N06DA02", "2023-04-01"),
         (1, 1), "medicine twice"),
        (OLD.with_medicine("N06DA02", "2023-01-01"), (0, 1), "medicine once"),
        (ADULT, (0, 0), "39 years"),
    ],
    "ruks_praev_leddegigt": [
        (ADULT.with_diagnosis("DM059", "2023-01-01").with_diagnosis("DM069", "2023-01-31"),
         (1, 1), "two, 30 days apart"),
        (ADULT.with_diagnosis("DM059", "2023-01-01").with_diagnosis("DM069", "2023-01-30"),
         (0, 1), "29 days apart"),
        (ADULT.with_diagnosis("DM059", "2023-01-01").with_medicine("L01BA01", "2023-02-01"),
         (1, 1), "one and methotrexate"),
        (ADULT.with_diagnosis("DM061", "2023-01-01").with_diagnosis("DM061", "2023-06-01"),
         (0, 1), "adult-onset Still's disease is another"),
        (ADULT.with_diagnosis("DM059", "2023-01-01", type="B")
         .with_diagnosis("DM059", "2023-06-01"), (0, 1), "one of them is secondary"),
    ],
    "ruks_praev_osteoporose": [
        (OLD.with_medicine("M05BA04", "2023-12-31"), (1, 1), "one dispensing"),
        (OLD.with_diagnosis("DM809", "2024-01-01"), (1, 1), "on 1 January"),
        (OLD.with_diagnosis("DM809", "2024-01-02"), (0, 1), "the day after"),
    ],
    "ruks_inc_kol": [
        (OLD.with_diagnosis("DJ441", "2024-05-01"), (1, 1), "new in the year"),
        (COPD.with_diagnosis("DJ441", "2024-05-01"), (0, 1), "had it already"),
    ],
    "ruks_inc_astma": [
        (CHILD.with_diagnosis("DJ459", "2024-05-01"), (1, 1), "new"),
        (CHILD.with_diagnosis("DJ459", "2023-05-01"), (0, 1), "had it already"),
    ],
    "ruks_inc_t1d": [
        (ADULT.with_diagnosis("DE109", "2023-05-01").with_medicine("A10AB01", "2024-01-01"),
         (1, 1), "the insulin came in the year"),
    ],
    "ruks_inc_t2d": [
        (ADULT.with_medicine("A10BJ06", "2023-05-01").with_medicine("A10BJ06", "2024-05-01"),
         (1, 1), "the second dispensing decides"),
        (ADULT.with_diagnosis("DE119", "2023-05-01"), (0, 1), "had it already"),
    ],
    "ruks_inc_demens": [(OLD.with_diagnosis("DG309", "2024-05-01"), (1, 1), "new")],
    "ruks_inc_leddegigt": [
        (ADULT.with_diagnosis("DM059", "2023-12-15").with_diagnosis("DM059", "2024-01-14"),
         (1, 1), "the second diagnosis decides"),
    ],
    "ruks_inc_osteoporose": [(OLD.with_medicine("M05BA04", "2024-12-31"), (1, 1), "new")],
    "ruks_inc_hjertesvigt": [
        (ADULT.with_diagnosis("DI509", "2024-05-01"), (1, 1), "new"),
        (ADULT.with_diagnosis("DI509", "2025-01-01"), (0, 1), "the year after"),
    ],
    "ruks_kronisk": [
        (COPD, (1, 1), "one"),
        (COPD.with_diagnosis("DI509", "2023-01-01"), (1, 1), "two are one person"),
        (ADULT, (0, 1), "none"),
    ],
    "ruks_multi": [
        (COPD.with_diagnosis("DI509", "2023-01-01"), (1, 1), "two"),
        (COPD, (0, 1), "one"),
        (COPD.with_diagnosis("DJ440", "2023-01-01"), (0, 1), "the same twice"),
    ],
    "akut_kol": [
        (COPD.with_stay("2024-02-01").with_stay("2024-05-01"), (2, 1), "two, for anything"),
        (COPD.with_stay("2024-02-01", acute=False), (0, 1), "planned"),
        (OLD.with_stay("2024-02-01"), (0, 0), "no COPD"),
        (OLD.with_diagnosis("DJ441", "2024-01-02").with_stay("2024-02-01"), (0, 0), "too late"),
    ],
    "akut_t2d": [
        (ADULT.with_diagnosis("DE119", "2023-05-01").with_stay("2024-02-01"), (1, 1), "diabetes"),
        (ADULT.with_stay("2024-02-01"), (0, 0), "no diabetes"),
    ],
    "genind_kol": [
        (COPD.with_stay("2024-02-01").with_stay("2024-02-10"), (1, 2), "back after a week"),
        (OLD.with_stay("2024-02-01").with_stay("2024-02-10"), (0, 0), "no COPD"),
    ],
    "kron_forbrug_praksis": [
        (COPD.with_gp("2410", contacts=3), (3, 1), "three contacts"),
        (OLD.with_gp("2410", contacts=3), (0, 0), "no disease"),
    ],
    "kron_forbrug_sygehus": [(COPD.with_stay("2024-02-01", hours=1), (1, 1), "one stay")],
    "kron_forbrug_sygepleje": [
        (COPD.nursed("2024-02-01", "2024-02-01", "2024-02-02"), (2, 1), "two days"),
    ],
    "psyk_amb_1000": [
        (ADULT.with_stay("2024-02-01", hours=1, psychiatric=True), (1, 1), "a visit"),
        (ADULT.with_stay("2024-02-01", psychiatric=True), (0, 1), "an admission"),
        (ADULT.with_stay("2024-02-01", hours=1), (0, 1), "somatic"),
    ],
    "korttid_psyk": [
        (ADULT.with_stay("2024-02-01", hours=20, psychiatric=True), (1, 1), "20 hours"),
        (ADULT.with_stay("2024-02-01", hours=24, psychiatric=True), (0, 1), "24 hours"),
        (ADULT.with_stay("2024-02-01", hours=20, psychiatric=True, acute=False), (0, 0), "planned"),
    ],
    # The stay is from Friday 1 March to Sunday 3 March.
    "psyk_opfoelg_7": [
        (ADULT.with_stay("2024-03-01", psychiatric=True)
         .with_stay("2024-03-10 11:00", hours=1, psychiatric=True), (1, 1), "within 7 days"),
        (ADULT.with_stay("2024-03-01", psychiatric=True)
         .with_stay("2024-03-10 13:00", hours=1, psychiatric=True), (0, 1), "7 days and an hour"),
        (ADULT.with_stay("2024-03-01", psychiatric=True).with_gp("2410"), (1, 1), "practice"),
        (ADULT.with_stay("2024-03-01", psychiatric=True).with_gp("2411"), (0, 1), "later"),
    ],
    "psyk_opfoelg_30": [
        (ADULT.with_stay("2024-03-01", psychiatric=True).with_gp("2414"), (1, 1), "1-2 April"),
        (ADULT.with_stay("2024-03-01", psychiatric=True).with_gp("2415"), (0, 1), "8 April"),
    ],
    "psyk_dobbelt": [
        (ADULT.with_stay("2024-03-01", psychiatric=True).with_diagnosis("DF102", "2024-06-01"),
         (1, 1), "alcohol, found elsewhere"),
        (ADULT.with_stay("2024-03-01", psychiatric=True).with_diagnosis("DF171", "2024-06-01"),
         (0, 1), "tobacco"),
        (ADULT.with_diagnosis("DF102", "2024-06-01"), (0, 0), "not in psychiatry"),
    ],
    "psykofarmaka": [
        (ADULT.with_medicine("N06BA04", "2024-05-01"), (1, 1), "for ADHD"),
        (ADULT.with_medicine("N06BX03", "2024-05-01"), (0, 1), "another stimulant"),
    ],
    "osdc_praev_t2d": [
        (ADULT.with_test("2023-02-01", "48").with_test("2023-05-01", "48"), (1, 1), "two tests"),
        (ADULT.with_test("2023-02-01", "48").with_test("2023-05-01", "47"), (0, 1), "47 is low"),
        (
            ADULT.with_test("2023-02-01", "6,5", code="NPU03835").with_gp(
                "2310", specialty="540101"
            ),
            (1, 1),
            "6.5 % and the podiatrist",
        ),
        (
            ADULT.with_test("2023-02-01", "48").with_gp("2310", specialty="540101", child=1),
            (0, 1),
            "the podiatrist saw a child",
        ),
        (ADULT.with_test("2023-02-01", "48").with_diagnosis("DE119"), (1, 1), "and a diagnosis"),
        (ADULT.with_test("2023-05-01", "48").with_test("2024-01-02", "48"), (0, 1), "second late"),
        (ADULT.with_test("2023-05-01", "48").with_test("2024-01-01", "48"), (1, 1), "on the day"),
        (OLD.with_medicines("2023-05-01", "A10BA02", "A10BB09"), (0, 1), "one kind on one day"),
        (_bought("A10BA02", "A10BA02"), (1, 1), "metformin twice, 73"),
        (_bought("A10BA02", "A10BA02", who=ADULT), (0, 1), "a woman under 40: ovaries"),
        (_bought("A10BA02", "A10BA02", who=MAN), (1, 1), "a man under 40"),
        (_bought("A10BA02", "A10BA02", indication="0000276"), (0, 1), "for her ovaries at 73"),
        (_bought("A10BJ06", "A10BK01"), (0, 1), "used for other diseases too"),
        (
            ADULT.with_test("2023-02-01", "48").with_test("2023-05-01", "48").with_diagnosis(
                "DO800", "2023-08-01"
            ),
            (0, 1),
            "pregnant: gave birth in August",
        ),
        (
            ADULT.with_diagnosis("DE119", "2023-03-01").with_diagnosis("DE119", "2023-05-01")
            .with_diagnosis("DO800", "2023-08-01"),
            (1, 1),
            "diagnoses count in pregnancy too",
        ),
    ],
    "osdc_inc_t2d": [
        (ADULT.with_test("2024-02-01", "48").with_test("2024-05-01", "48"), (1, 1), "in 2024"),
        (ADULT.with_test("2023-02-01", "48").with_test("2023-05-01", "48"), (0, 1), "in 2023"),
    ],
    "osdc_praev_t1d": [
        (TYPE_1, (1, 1), "insulin alone, and a main diagnosis of type 1 at a medical ward"),
        (_bought("A10AB05", "A10AE04"), (0, 1), "insulin alone, no diagnosis: type 2"),
        (
            _bought("A10AB05", "A10AE04").with_diagnosis("DE109", specialty="kirurgi"),
            (0, 1),
            "the diagnosis of surgeons does not tell the type",
        ),
        (TYPE_1.with_medicine("A10BA02", "2023-04-01", ddd=30.0), (1, 1), "two thirds insulin"),
        (TYPE_1.with_medicine("A10BA02", "2023-04-01", ddd=30.01), (0, 1), "a little less"),
        (
            TYPE_1.with_medicine("A10BA02", "2022-08-02", ddd=1.0),
            (1, 1),
            "insulin 180 days after the first medicine",
        ),
        (TYPE_1.with_medicine("A10BA02", "2022-08-01", ddd=1.0), (0, 1), "181 days"),
        (
            TYPE_1.with_medicine("A10BA02", "2023-04-01", ddd=1.0).with_diagnosis(
                "DE119", specialty="medicinsk endokrinologi"
            ),
            (0, 1),
            "endocrinologists say type 2, and go before other wards",
        ),
        (_bought("A10AE56", "A10AE56").with_diagnosis("DE109"), (0, 1), "insulin with GLP-1: none"),
    ],
    "osdc_inc_t1d": [
        (TYPE_1, (0, 1), "in 2023"),
        (
            OLD.with_diagnosis("DE109", "2024-02-01").with_medicine("A10AB05", "2024-03-01"),
            (1, 1),
            "in 2024",
        ),
    ],
    "psyk_vent": [
        (_seen("2024-03-02", referred="2024-02-01"), (1, 1), "30 days"),
        (_seen("2024-03-03", referred="2024-02-01"), (0, 1), "31 days"),
        (_seen("2024-01-02", referred="2023-12-20"), (1, 1), "counts in the year of the visit"),
        (
            _seen("2024-02-20", referred="2024-02-01").with_stay(
                "2024-06-01", hours=1, acute=False, psychiatric=True, referred="2024-02-01"
            ),
            (1, 1),
            "later visits follow the same referral",
        ),
        (_seen("2024-03-02", referred="2024-02-01", kind="ALCA03"), (1, 1), "a virtual one"),
        (_seen("2024-03-02", referred="2024-02-01", acute=True), (0, 0), "an acute one"),
        (_seen("2024-03-02", referred=""), (0, 0), "no date of referral"),
        (
            ADULT.with_stay("2024-03-02", hours=1, acute=False, referred="2024-02-01"),
            (0, 0),
            "a somatic one",
        ),
    ],
    "charlson_3_65": [
        (COPD.with_diagnosis("DI219").with_diagnosis("DI501"), (1, 1), "1 + 1 + 1"),
        (OLD.with_diagnosis("DE119").with_diagnosis("DE112"), (0, 1), "diabetes counts once: 2"),
        (OLD.with_diagnosis("DC509").with_diagnosis("DC787"), (1, 1), "spread cancer alone: 6"),
        (OLD.with_diagnosis("DK729", "2019-01-01"), (1, 1), "severe liver disease, 1,826 days ago"),
        (OLD.with_diagnosis("DK729", "2018-12-31"), (0, 1), "1,827 days ago"),
        (OLD.with_diagnosis("DK729", "2024-01-01"), (1, 1), "on the day itself"),
        (OLD.with_diagnosis("DK729", revoked=True), (0, 1), "revoked"),
        (ADULT.with_diagnosis("DC787"), (0, 0), "under 65"),
    ],
    "nmi_10_65": [
        (OLD.with_diagnosis("DF102"), (1, 1), "alcohol: 12"),
        (OLD.with_diagnosis("DG309").with_medicine("C10AA05", "2023-11-01"), (0, 1), "9 - 3"),
        (OLD.with_diagnosis("DG309").with_medicine("N02AA01", "2023-11-01"), (1, 1), "9 + 2"),
        (OLD.with_diagnosis("DG309").with_medicine("N02AA01", "2023-07-05"), (1, 1), "180 days"),
        (OLD.with_diagnosis("DG309").with_medicine("N02AA01", "2023-07-04"), (0, 1), "181 days"),
        (OLD.with_diagnosis("DF102", "2024-01-01"), (0, 1), "the day itself does not count"),
    ],
    "ak_af": [
        (FIBRILLATION.with_medicine("B01AF02", "2024-05-31"), (1, 1), "73 and a woman; day 30"),
        (FIBRILLATION.with_medicine("B01AF02", "2024-06-01"), (0, 1), "day 31"),
        (FIBRILLATION.with_medicine("B01AA03", "2024-01-02"), (1, 1), "120 days before"),
        (FIBRILLATION.with_medicine("B01AA03", "2024-01-01"), (0, 1), "121 days before"),
        (FIBRILLATION.with_medicine("B01AC06", "2024-05-01"), (0, 1), "aspirin"),
        (ADULT.with_diagnosis("DI489", "2024-05-01"), (0, 0), "39 and a woman: 1 point"),
        (
            ADULT.with_diagnosis("DI109", "2020-05-01").with_diagnosis("DI489", "2024-05-01"),
            (0, 1),
            "and high blood pressure: 2",
        ),
        (FIBRILLATION.with_diagnosis("DI480", "2023-05-01"), (0, 0), "not the first"),
        (OLD.with_diagnosis("DI489", "2025-12-15"), (0, 0), "another year"),
        (
            Person(born="1950-06-01", died="2024-05-30").with_diagnosis("DI489", "2024-05-01"),
            (0, 0),
            "died after 29 days",
        ),
    ],
    "ruks_skizo": [
        (SCHIZOPHRENIA, (1, 1), "a diagnosis"),
        (ADULT.with_diagnosis("DF200", "2023-05-01", revoked=True), (0, 1), "revoked"),
        (ADULT.with_diagnosis("DF209", "2023-05-01", type="+"), (0, 1), "a supplement only"),
    ],
    "ruks_inc_skizo": [(ADULT.with_diagnosis("DF200", "2024-05-01"), (1, 1), "new")],
    "psyk_somatik": [
        (SCHIZOPHRENIA.with_stay("2024-03-01"), (1, 1), "somatic"),
        (SCHIZOPHRENIA.with_stay("2024-03-01", psychiatric=True), (0, 1), "psychiatric"),
        (ADULT.with_stay("2024-03-01"), (0, 0), "no schizophrenia"),
    ],
}  # fmt: skip
ELSEWHERE = {
    "pop_folketal", "pop_aldersandel", "prim_andel", "forebyg_65", "genind_67", "plejehjem",
    "ruks_praev_kol", "ruks_praev_t2d", "ruks_praev_hjertesvigt", "psyk_patienter", "psyk_indl",
    "genind_psyk_30",
}  # fmt: skip
"""Worked out in `test_population.py`, `test_frail.py`, `test_chronic.py`, `test_psychiatry.py`."""


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_example_comes_out_as_worked_by_hand(code: str) -> None:
    lines = EXAMPLES[code]
    people = [person for person, _adds, _why in lines]
    expected = tuple(sum(adds[at] for _person, adds, _why in lines) for at in (0, 1))

    found = counted(code, *people).get("730", (0, 0))

    assert found == expected, _first_that_differs(code, lines)


def _first_that_differs(code: str, lines: list[Line]) -> str:
    for person, adds, why in lines:
        alone = counted(code, person).get("730", (0, 0))
        if alone != adds:
            return f"{why}: {alone}, not {adds}"
    return "together they are something else than each alone"


def test_every_indicator_has_an_example() -> None:
    codes = {indicator.code for indicator in ALL}

    assert codes == EXAMPLES.keys() | ELSEWHERE
    assert not EXAMPLES.keys() & ELSEWHERE
