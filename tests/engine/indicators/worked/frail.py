"""Worked by hand: frail older people."""

from __future__ import annotations

from tests.engine.indicators.worked.persons import ADULT, CHILD, DEMENTIA, OLD, WARD, Line
from tests.engine.people import Person

EXAMPLES: dict[str, list[Line]] = {
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
    "genop_ventedage": [
        (ADULT.with_plan("2024-02-28", discharged="2024-03-01", offered="2024-03-08"), (7, 1), ""),
        (ADULT.with_plan("2024-02-28", offered="2024-03-01"), (2, 1), "over the leap day"),
        (ADULT.with_plan("2023-12-28", discharged="2024-12-30", offered="2025-01-02"), (3, 1),
         "over new year; counts in the year of the discharge"),
        (ADULT.with_plan("2024-03-01", discharged="2024-03-09", offered="2024-03-05"), (0, 1),
         "offered before the discharge"),
        (ADULT.with_plan("2024-03-01", offered="2024-03-03")
         .with_plan("2024-05-01", offered="2024-05-11"), (12, 1), "two plans, 2 and 10 days"),
        (ADULT.with_plan("2024-03-01"), (0, 1), "no offer"),
        (ADULT.with_plan("2024-03-01", offered="2024-03-09", held_back="udskudt"), (0, 1), "late"),
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
    "forebyg_besoeg": [
        (Person(born="1945-06-01").visited("2024-05-01"), (1, 1), "78 years"),
        (Person(born="1945-06-01").visited("2023-05-01"), (0, 1), "the year before"),
        (OLD.visited("2024-05-01"), (0, 0), "73 years"),
    ],
    "rehab_83a": [(OLD.in_reablement(2024), (1, 1), ""), (OLD.in_reablement(2023), (0, 1), "")],
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
}  # fmt: skip
