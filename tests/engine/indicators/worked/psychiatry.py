"""Worked by hand: psychiatry."""

from __future__ import annotations

from tests.engine.indicators.worked.persons import ADULT, SCHIZOPHRENIA, Line, seen

EXAMPLES: dict[str, list[Line]] = {
    "faerdigbeh_psyk": [
        (ADULT.with_stay("2023-12-20", "2024-01-10", psychiatric=True).marked("2023-12-30"),
         (11, 1), "all of them in the year of discharge"),
        (ADULT.with_stay("2024-03-01", psychiatric=True, unfinished=True).marked("2024-03-06"),
         (0, 1), "not finished"),
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
    "psyk_ventedage": [
        (seen("2024-03-02", referred="2024-02-01"), (30, 1), "February has 29 days"),
        (seen("2024-01-02", referred="2023-12-20"), (13, 1), "counts in the year of the visit"),
        (seen("2024-02-01", referred="2024-02-01"), (0, 1), "the same day"),
        (seen("2024-03-02", referred="2024-02-01", acute=True), (0, 1), "an acute one"),
    ],
    "psyk_vent": [
        (seen("2024-03-02", referred="2024-02-01"), (1, 1), "30 days"),
        (seen("2024-03-03", referred="2024-02-01"), (0, 1), "31 days"),
        (seen("2024-01-02", referred="2023-12-20"), (1, 1), "counts in the year of the visit"),
        (
            seen("2024-02-20", referred="2024-02-01").with_stay(
                "2024-06-01", hours=1, acute=False, psychiatric=True, referred="2024-02-01"
            ),
            (1, 1),
            "later visits follow the same referral",
        ),
        (seen("2024-03-02", referred="2024-02-01", kind="ALCA03"), (1, 1), "a virtual one"),
        (seen("2024-03-02", referred="2024-02-01", acute=True), (0, 0), "an acute one"),
        (seen("2024-03-02", referred=""), (0, 0), "no date of referral"),
        (
            ADULT.with_stay("2024-03-02", hours=1, acute=False, referred="2024-02-01"),
            (0, 0),
            "a somatic one",
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
