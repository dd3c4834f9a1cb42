"""Worked by hand: chronic disease."""

from __future__ import annotations

from tests.engine.indicators.worked.persons import (
    ADULT,
    CHILD,
    COPD,
    DEMENTIA,
    FIBRILLATION,
    MAN,
    OLD,
    TYPE_1,
    Line,
    bought,
)
from tests.engine.people import Person

EXAMPLES: dict[str, list[Line]] = {
    "kron_119": [
        (COPD.in_prevention("2024-02-01", "2024-05-01"), (1, 1), "in the year"),
        (COPD.in_prevention("2023-11-01", "2024-01-01"), (1, 1), "ended on its first day"),
        (COPD.in_prevention("2023-11-01", "2023-12-31"), (0, 1), "ended the day before"),
        (COPD.in_prevention("2023-11-01"), (1, 1), "goes on"),
        (COPD.in_prevention("2025-01-01"), (0, 1), "not yet"),
        (OLD.in_prevention("2024-02-01"), (0, 0), "no chronic disease"),
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
        (bought("A10BA02", "A10BA02"), (1, 1), "metformin twice, 73"),
        (bought("A10BA02", "A10BA02", who=ADULT), (0, 1), "a woman under 40: ovaries"),
        (bought("A10BA02", "A10BA02", who=MAN), (1, 1), "a man under 40"),
        (bought("A10BA02", "A10BA02", indication="0000276"), (0, 1), "for her ovaries at 73"),
        (bought("A10BJ06", "A10BK01"), (0, 1), "used for other diseases too"),
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
        (bought("A10AB05", "A10AE04"), (0, 1), "insulin alone, no diagnosis: type 2"),
        (
            bought("A10AB05", "A10AE04").with_diagnosis("DE109", specialty="kirurgi"),
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
        (bought("A10AE56", "A10AE56").with_diagnosis("DE109"), (0, 1), "insulin with GLP-1: none"),
    ],
    "osdc_inc_t1d": [
        (TYPE_1, (0, 1), "in 2023"),
        (
            OLD.with_diagnosis("DE109", "2024-02-01").with_medicine("A10AB05", "2024-03-01"),
            (1, 1),
            "in 2024",
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
}  # fmt: skip
