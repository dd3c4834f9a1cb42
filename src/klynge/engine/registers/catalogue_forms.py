"""Other forms of some registers: LPR_A, LPR2 of somatics and of psychiatry, and SYSI.

Each says what its columns become in `kontakter`, `diagnoser` or `sssy`, so that nothing behind the
reader knows how a contact was delivered. Keys get a word in front, for the forms number their
contacts independently of each other.

LPR2 ended on 2 February 2019. It tells the hour of arrival and discharge alone (and the minute of
arrival in late years), and an outpatient course as one row from first visit to last:

    an unknown hour of arrival is the beginning of the day, of discharge its end; a known hour of
    discharge is its last minute, so that nobody leaves before they came,
    an inpatient (0, 1) or a casualty patient (3) is a contact in person; an outpatient course (2)
    is not, but its diagnoses are diagnoses,
    who was in hospital when LPR2 ended runs to that midnight, where the same stay goes on in LPR3;
    a contact left open for more than a year by then was forgotten, and is no contact in person.
"""

from __future__ import annotations

from dataclasses import replace

from klynge.engine.registers.catalogue_hospital import DIAGNOSER, KONTAKTER, SKS_DIAGNOSIS
from klynge.engine.registers.catalogue_practice import SSSY
from klynge.engine.registers.describe import (
    Becomes,
    Column,
    Derived,
    Table,
    start_before_end,
)

LPR2_ENDED = "TIMESTAMP '2019-02-03 00:00:00'"
_OPEN_FOR_A_YEAR = f"d_inddto < CAST({LPR2_ENDED} AS DATE) - 365"
_DIAGNOSIS = rf"{SKS_DIAGNOSIS}|[0-9]{{3,6}}[A-Z0-9]{{0,4}}"
_OLD_DIAGNOSIS_DA = "en SKS-kode, fx DJ44; før 1994 en kode af ICD-8 med tal, fx 49100"
_OLD_DIAGNOSIS_EN = "an SKS code, e.g. DJ44; before 1994 an ICD-8 code of digits, e.g. 49100"

_PERSON = Column(
    "pnr", "pnr", "Personnøgle", "Person key", synonyms=("cpr", "v_cpr", "k_cpr", "v_pnr")
)
_RECORD = Column(
    "recnum", "text", "Kontaktens nøgle", "Key of the contact", synonyms=("k_recnum", "v_recnum")
)

LPR_A_KONTAKT = Table(
    name="lpr_a_kontakt",
    da="Sygehuskontakter i formatet LPR_A: en række for hver kontakt",
    en="Hospital contacts in the form LPR_A: one row for each contact",
    columns=(
        replace(KONTAKTER.column("dw_ek_kontakt")),
        _PERSON,
        Column("kont_starttidspunkt", "moment", "Kontaktens start", "When the contact began"),
        Column(
            "kont_sluttidspunkt",
            "moment",
            "Kontaktens slut; tom, når kontakten ikke er afsluttet",
            "When the contact ended; empty when it has not",
            nullable=True,
        ),
        replace(
            KONTAKTER.column("aktionsdiagnose"),
            name="adiag",
            synonyms=("aktionsdiagnose",),
            pattern=_DIAGNOSIS,
            expected_da=_OLD_DIAGNOSIS_DA,
            expected_en=_OLD_DIAGNOSIS_EN,
        ),
        replace(KONTAKTER.column("kontaktaarsag"), name="kont_aarsag", synonyms=()),
        KONTAKTER.column("prioritet"),
        replace(
            KONTAKTER.column("kontakttype"),
            name="kont_type",
            synonyms=("kontakttype",),
            nullable=True,
        ),
        Column(
            "kont_patient_type",
            "code",
            "Patienttype i rækker fra før LPR3: 0 indlagt, 1 deldøgn, 2 ambulant, 3 skadestue",
            "Type of patient in rows from before LPR3: 0 inpatient, 1 part of the day,"
            " 2 outpatient, 3 casualty",
            required=False,
            nullable=True,
        ),
        Column(
            "kont_henv_tidspunkt",
            "moment",
            "Tidspunktet for henvisningen",
            "When the patient was referred",
            required=False,
            nullable=True,
        ),
        replace(KONTAKTER.column("sorenhed_ans"), name="kont_ans", synonyms=("sorenhed_ans",)),
        replace(
            KONTAKTER.column("hovedspeciale_ans"),
            name="kont_ans_hovedspec",
            synonyms=("hovedspeciale_ans",),
        ),
        Column(
            "lprindberetningssystem",
            "text",
            "Systemet rækken kom fra: LPR3, LPR2 ...",
            "The system the row came from: LPR3, LPR2 ...",
            required=False,
            nullable=True,
            fold="upper",
        ),
    ),
    primary_key=("dw_ek_kontakt",),
    rules=(start_before_end("kont_starttidspunkt", "kont_sluttidspunkt"),),
    becomes=Becomes(
        "kontakter",
        (
            ("dw_ek_kontakt", "'a:' || dw_ek_kontakt"),
            ("cpr", "pnr"),
            ("dato_start", "CAST(kont_starttidspunkt AS DATE)"),
            ("dato_slut", "CAST(kont_sluttidspunkt AS DATE)"),
            ("start_ts", "kont_starttidspunkt"),
            ("slut_ts", "kont_sluttidspunkt"),
            ("aktionsdiagnose", "adiag"),
            ("kontaktaarsag", "kont_aarsag"),
            ("prioritet", "prioritet"),
            (
                "kontakttype",
                "CASE WHEN kont_type IS NOT NULL THEN kont_type"
                " WHEN kont_patient_type IN ('0', '1', '3') THEN 'ALCA00' END",
            ),
            ("dato_henvisning", "CAST(kont_henv_tidspunkt AS DATE)"),
            ("sorenhed_ans", "kont_ans"),
            ("hovedspeciale_ans", "kont_ans_hovedspec"),
        ),
        series="a",
    ),
    certainty="P",
    certainty_note_da="Kolonnerne er beskrevet; koderne i rækker fra før LPR3 er sandsynlige.",
    certainty_note_en="The columns are described; the codes of rows from before LPR3 are probable.",
    sources=("registers-guide", "ehdsi"),
)

LPR_A_DIAGNOSE = replace(
    DIAGNOSER,
    name="lpr_a_diagnose",
    da="Diagnoser i formatet LPR_A: en række for hver diagnose på en kontakt",
    en="Diagnoses in the form LPR_A: one row for each diagnosis of a contact",
    synonyms=(),
    columns=(
        DIAGNOSER.column("dw_ek_kontakt"),
        replace(
            DIAGNOSER.column("diagnosekode"),
            name="diag_kode",
            synonyms=("diagnosekode",),
            pattern=rf"{_DIAGNOSIS}|[A-Z][0-9A-Z]{{1,9}}",
        ),
        replace(
            DIAGNOSER.column("diagnosetype"),
            name="diag_kode_type",
            synonyms=("diag_type", "diagnosetype"),
        ),
        DIAGNOSER.column("senere_afkraeftet"),
    ),
    rules=(),
    parent=None,
    becomes=Becomes(
        "diagnoser",
        (
            ("dw_ek_kontakt", "'a:' || dw_ek_kontakt"),
            ("diagnosekode", "diag_kode"),
            ("diagnosetype", "diag_kode_type"),
            ("senere_afkraeftet", "senere_afkraeftet"),
        ),
        series="a",
    ),
    sources=("registers-guide", "osdc"),
)


def _lpr2_contacts(
    name: str, da: str, en: str, series: str, domain: str, synonyms: tuple[str, ...]
) -> Table:
    """LPR2's table of contacts. domain: SQL of the main specialty, as words."""
    return Table(
        name=name,
        da=da,
        en=en,
        synonyms=synonyms,
        columns=(
            _RECORD,
            _PERSON,
            replace(
                KONTAKTER.column("aktionsdiagnose"),
                name="c_adiag",
                synonyms=(),
                pattern=_DIAGNOSIS,
                expected_da=_OLD_DIAGNOSIS_DA,
                expected_en=_OLD_DIAGNOSIS_EN,
            ),
            Column(
                "c_pattype",
                "code",
                "Patienttype: 0 indlagt, 1 deldøgn, 2 ambulant, 3 skadestue (til 2013)",
                "Type of patient: 0 inpatient, 1 part of the day, 2 outpatient, 3 casualty (to"
                " 2013)",
                codes=("0", "1", "2", "3"),
            ),
            Column(
                "c_indm",
                "code",
                "Indlæggelsesmåde: 1 akut, 2 ikke akut",
                "Way of admission: 1 acute, 2 not acute",
                nullable=True,
                codes=("1", "2"),
            ),
            Column(
                "c_spec",
                "text",
                "Afdelingens speciale, to cifre",
                "Specialty of the ward, two digits",
                required=False,
                nullable=True,
            ),
            Column("d_inddto", "date", "Startdato", "Date it began"),
            Column(
                "v_indtime",
                "integer",
                "Time på døgnet ved start, 0-23; 24 og derover er ukendt",
                "Hour of the day it began, 0-23; 24 and more is unknown",
                nullable=True,
            ),
            Column(
                "v_indminut",
                "integer",
                "Minut ved start, 0-59",
                "Minute it began, 0-59",
                required=False,
                nullable=True,
            ),
            Column(
                "d_uddto",
                "date",
                "Slutdato; tom, når kontakten ikke er afsluttet",
                "Date it ended; empty when it has not",
                nullable=True,
            ),
            Column(
                "v_udtime",
                "integer",
                "Time på døgnet ved slut, 0-23; 24 og derover er ukendt",
                "Hour of the day it ended, 0-23; 24 and more is unknown",
                required=False,
                nullable=True,
            ),
        ),
        primary_key=("recnum",),
        rules=(start_before_end("d_inddto", "d_uddto"),),
        derived=(
            Derived("start_ts", "TIMESTAMP", _LPR2_START, "Start", "Start"),
            Derived("slut_ts", "TIMESTAMP", _LPR2_END, "Slut", "End"),
        ),
        becomes=Becomes(
            "kontakter",
            (
                ("dw_ek_kontakt", f"'{series}:' || recnum"),
                ("cpr", "pnr"),
                ("dato_start", "d_inddto"),
                ("dato_slut", "CAST(slut_ts AS DATE)"),
                ("start_ts", "start_ts"),
                ("slut_ts", "slut_ts"),
                ("aktionsdiagnose", "c_adiag"),
                (
                    "prioritet",
                    "CASE WHEN c_indm = '1' OR c_pattype = '3' THEN 'ATA1'"
                    " WHEN c_indm = '2' THEN 'ATA3' END",
                ),
                (
                    "kontakttype",
                    f"CASE WHEN d_uddto IS NULL AND {_OPEN_FOR_A_YEAR} THEN NULL"
                    " WHEN c_pattype IN ('0', '1', '3') THEN 'ALCA00' END",
                ),
                ("hovedspeciale_ans", domain),
            ),
            series=series,
        ),
        certainty="P",
        certainty_note_da="Navne og koder er beskrevet; hvad en ukendt time regnes for, er vores."
        " Specialets to cifre er ikke sat i ord, så indikatorer om specialer ser ikke LPR2.",
        certainty_note_en="Names and codes are described; what an unknown hour is taken for is our"
        " own. The specialty's digits are not put in words: indicators of specialties miss LPR2.",
        sources=("DST", "darter", "registers-guide"),
    )


_LPR2_START = (
    "d_inddto + CASE WHEN v_indtime BETWEEN 0 AND 23"
    " THEN to_hours(CAST(v_indtime AS BIGINT)) + CASE WHEN v_indminut BETWEEN 0 AND 59"
    " THEN to_minutes(CAST(v_indminut AS BIGINT)) ELSE to_minutes(0) END"
    " ELSE to_hours(0) END"
)
_LPR2_END = (
    f"CASE WHEN d_uddto IS NULL THEN CASE WHEN c_pattype IN ('0', '1')"
    f" AND d_inddto < CAST({LPR2_ENDED} AS DATE) THEN {LPR2_ENDED} END"
    " WHEN v_udtime BETWEEN 0 AND 23 THEN d_uddto + to_minutes(60 * CAST(v_udtime AS BIGINT) + 59)"
    " ELSE CAST(d_uddto + 1 AS TIMESTAMP) END"
)


def _lpr2_diagnoses(name: str, da: str, en: str, series: str, synonyms: tuple[str, ...]) -> Table:
    """LPR2's table of diagnoses."""
    return Table(
        name=name,
        da=da,
        en=en,
        synonyms=synonyms,
        columns=(
            _RECORD,
            replace(
                DIAGNOSER.column("diagnosekode"),
                name="c_diag",
                synonyms=(),
                pattern=rf"{_DIAGNOSIS}|[A-Z][0-9A-Z]{{1,9}}",
                expected_da=_OLD_DIAGNOSIS_DA,
                expected_en=_OLD_DIAGNOSIS_EN,
            ),
            replace(DIAGNOSER.column("diagnosetype"), name="c_diagtype", synonyms=()),
        ),
        becomes=Becomes(
            "diagnoser",
            (
                ("dw_ek_kontakt", f"'{series}:' || recnum"),
                ("diagnosekode", "c_diag"),
                ("diagnosetype", "c_diagtype"),
            ),
            series=series,
        ),
        sources=("DST", "darter", "registers-guide"),
    )


SYSI = replace(
    SSSY,
    name="sysi",
    da="Sygesikringsregisteret 1990-2005: en række for hver afregnet ydelse og uge",
    en="The health insurance register 1990-2005: one row for each claimed service and week",
    synonyms=(),
    columns=tuple(
        replace(column, required=False, nullable=True) if column.name == "kontakt" else column
        for column in SSSY.columns
    ),
    derived=(),
    alike=(),
    becomes=Becomes(
        "sssy",
        (
            *((column.name, column.name) for column in SSSY.columns),
            *((made.name, made.sql) for made in SSSY.derived),
        ),
        series="sysi",
    ),
    certainty_note_da="Uden kolonnen kontakt er kravene der, men tæller ingen kontakter.",
    certainty_note_en="Without the column kontakt the claims are there, but count no contacts.",
)

FORMS = (
    LPR_A_KONTAKT,
    _lpr2_contacts(
        "lpr_adm",
        "Sygehuskontakter i LPR2 (til 2. februar 2019), somatik: en række for hver kontakt",
        "Hospital contacts of LPR2 (to 2 February 2019), somatic: one row for each contact",
        "2",
        "CASE WHEN c_spec IS NOT NULL THEN 'speciale ' || c_spec || ' (LPR2)' END",
        ("t_adm", "lpr2_adm"),
    ),
    _lpr2_contacts(
        "t_psyk_adm",
        "Sygehuskontakter i LPR2 (til 2. februar 2019), psykiatri: en række for hver kontakt",
        "Hospital contacts of LPR2 (to 2 February 2019), psychiatric: one row for each contact",
        "2p",
        "'psykiatri'",
        ("psyk_adm", "lpr2_psyk_adm"),
    ),
    LPR_A_DIAGNOSE,
    _lpr2_diagnoses(
        "lpr_diag",
        "Diagnoser i LPR2, somatik: en række for hver diagnose på en kontakt",
        "Diagnoses of LPR2, somatic: one row for each diagnosis of a contact",
        "2",
        ("t_diag", "lpr2_diag"),
    ),
    _lpr2_diagnoses(
        "t_psyk_diag",
        "Diagnoser i LPR2, psykiatri: en række for hver diagnose på en kontakt",
        "Diagnoses of LPR2, psychiatric: one row for each diagnosis of a contact",
        "2p",
        ("psyk_diag", "lpr2_psyk_diag"),
    ),
    SYSI,
)
"""Newest first: where two forms tell of the same contact, the first is believed."""
