"""Worked by hand: the population."""

from __future__ import annotations

from tests.engine.indicators.worked.persons import ADULT, CHILD, OLD, WARD, Line
from tests.engine.people import Person

EXAMPLES: dict[str, list[Line]] = {
    "doedsfald_1000": [
        (Person(died="2024-03-01"), (1, 1), "died in the year"),
        (Person(died="2025-01-01"), (0, 1), "the day after it"),
        (Person(died="2023-12-31"), (0, 0), "not there on 1 January"),
    ],
    "tabt_persontid": [
        (Person(), (0, 1), "here all the year"),
        (Person(died="2024-12-30"), (1, 1), "the day after the day of death"),
        (Person(died="2024-12-31"), (0, 1), "lived the year out"),
        (Person(died="2024-01-01"), (365, 1), "all days of the leap year but the first"),
        (Person().migrated("2024-12-31", "out"), (1, 1), "the day of leaving is the first away"),
        (
            Person().migrated("2024-03-01", "out").migrated("2024-03-11", "in"),
            (10, 1),
            "away for ten days, back on the eleventh",
        ),
        (
            Person(died="2024-03-05").migrated("2024-03-01", "out").migrated("2024-04-01", "in"),
            (306, 1),
            "from 1 March to 31 December: dead while away",
        ),
        (
            Person().migrated("2024-06-01", "out").migrated("2024-06-01", "in"),
            (0, 1),
            "out and in on one day",
        ),
        (
            Person().migrated("2024-12-30", "out").migrated("2024-12-31", "out"),
            (2, 1),
            "told twice of leaving",
        ),
        (Person().migrated("2024-06-01", "in"), (0, 1), "came, though here already"),
        (Person().migrated("2023-06-01", "out"), (0, 1), "left another year, and was counted here"),
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
}  # fmt: skip
