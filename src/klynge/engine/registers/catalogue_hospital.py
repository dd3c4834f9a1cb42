"""Hospital contacts and diagnoses (Landspatientregisteret, LPR3_F).

`catalogue_forms.py` describes the other forms they are delivered in: LPR_A and LPR2.
"""

from __future__ import annotations

from klynge.engine.registers.describe import (
    Column,
    Derived,
    Parent,
    Rule,
    Table,
    start_before_end,
)

SKS_DIAGNOSIS = r"D[A-Z][0-9]{2}[0-9A-Z]{0,6}"
"""The form of an SKS diagnosis code: D, a letter, two digits, up to six more."""

_LPR3_BEGAN = "DATE '2019-02-03'"
_DIAGNOSIS_DA = "D, et bogstav, to cifre og eventuelt flere tegn, fx DJ44 eller DJ441"
_DIAGNOSIS_EN = "D, a letter, two digits and perhaps more characters, e.g. DJ44 or DJ441"

KONTAKTER = Table(
    name="kontakter",
    da="Sygehuskontakter: en række for hver kontakt, somatik og psykiatri",
    en="Hospital contacts: one row for each contact, somatic and psychiatric",
    synonyms=("lpr3_f_kontakter", "lpr_f_kontakter", "lpr3_kontakter"),
    columns=(
        Column(
            "dw_ek_kontakt",
            "text",
            "Kontaktens nøgle",
            "Key of the contact",
            synonyms=("dwekkontakt", "kontakt_id"),
        ),
        Column("cpr", "pnr", "Personnøgle", "Person key", synonyms=("pnr", "v_cpr", "v_pnr")),
        Column(
            "dato_start",
            "date",
            "Kontaktens startdato",
            "Date the contact began",
            synonyms=("datostart", "startdato"),
        ),
        Column(
            "tidspunkt_start",
            "time",
            "Kontaktens starttidspunkt",
            "Time of day the contact began",
            synonyms=("tidspunktstart", "starttid", "tid_start"),
        ),
        Column(
            "dato_slut",
            "date",
            "Kontaktens slutdato; tom, når kontakten ikke er afsluttet",
            "Date the contact ended; empty when it has not",
            synonyms=("datoslut", "slutdato"),
            nullable=True,
        ),
        Column(
            "tidspunkt_slut",
            "time",
            "Kontaktens sluttidspunkt; tomt, når kontakten ikke er afsluttet",
            "Time of day the contact ended; empty when it has not",
            synonyms=("tidspunktslut", "sluttid", "tid_slut"),
            nullable=True,
        ),
        Column(
            "aktionsdiagnose",
            "code",
            "Aktionsdiagnose (SKS)",
            "Main diagnosis (SKS)",
            synonyms=("adiag", "aktions_diagnose"),
            nullable=True,
            pattern=SKS_DIAGNOSIS,
            fold="upper",
            expected_da=_DIAGNOSIS_DA,
            expected_en=_DIAGNOSIS_EN,
        ),
        Column(
            "kontaktaarsag",
            "code",
            "Kontaktårsag: ALCC01 sygdom, ALCC02 ulykke, ALCC03 vold ...",
            "Reason for contact: ALCC01 illness, ALCC02 accident, ALCC03 violence ...",
            synonyms=("kontaktårsag", "kont_aarsag"),
            required=False,
            nullable=True,
            pattern=r"ALCC[0-9]{2}",
            fold="upper",
            expected_da="ALCC og to cifre, fx ALCC01",
            expected_en="ALCC and two digits, e.g. ALCC01",
        ),
        Column(
            "prioritet",
            "code",
            "Prioritet: ATA1 akut (også ATA11, ATA12), ATA3 planlagt",
            "Priority: ATA1 acute (ATA11, ATA12 too), ATA3 planned",
            nullable=True,
            pattern=r"ATA[0-9]{1,3}",
            fold="upper",
            expected_da="ATA og et til tre cifre, fx ATA1",
            expected_en="ATA and one to three digits, e.g. ATA1",
        ),
        Column(
            "kontakttype",
            "code",
            "Kontakttype: ALCA00 fysisk fremmøde, ALCA01 udekontakt, ALCA03 virtuel kontakt,"
            " ALCA10 død ved ankomst, ALCA20 diagnoseindberetning",
            "Kind of contact: ALCA00 in person, ALCA01 outreach, ALCA03 virtual, ALCA10 dead on"
            " arrival, ALCA20 report of a diagnosis",
            synonyms=("kont_type", "kontakt_type"),
            pattern=r"ALCA[0-9]{2}",
            fold="upper",
            expected_da="ALCA og to cifre, fx ALCA00",
            expected_en="ALCA and two digits, e.g. ALCA00",
        ),
        Column(
            "henvisningsmaade",
            "code",
            "Henvisningsmåde: ALDA30 egen læge ...; ALDA99 overført fra LPR2",
            "Way of referral: ALDA30 own doctor ...; ALDA99 carried over from LPR2",
            synonyms=("henvisningsmåde", "kont_henv_maade"),
            required=False,
            nullable=True,
            pattern=r"ALDA[0-9]{2}",
            fold="upper",
            expected_da="ALDA og to cifre, fx ALDA30",
            expected_en="ALDA and two digits, e.g. ALDA30",
        ),
        Column(
            "dato_henvisning",
            "date",
            "Dato for henvisningen, som kontakten er en følge af",
            "Date of the referral that the contact follows",
            synonyms=("datohenvisning", "henvisningsdato"),
            required=False,
            nullable=True,
        ),
        Column(
            "sorenhed_ans",
            "text",
            "Ansvarlig enhed (SOR)",
            "Responsible unit (SOR)",
            synonyms=("kont_ans", "sor_enhed_ans"),
            required=False,
            nullable=True,
        ),
        Column(
            "hovedspeciale_ans",
            "text",
            "Den ansvarlige enheds hovedspeciale; psykiatri og børne- og ungdomspsykiatri er det"
            " psykiatriske område, resten somatik",
            "Main specialty of the responsible unit; psykiatri and børne- og ungdomspsykiatri are"
            " the psychiatric domain, the rest somatic",
            synonyms=("kont_ans_hovedspec",),
            nullable=True,
            # A delivery with codes would silently make every contact somatic.
            pattern=r".*[a-zæøå].*",
            fold="lower",
            expected_da="specialets navn i ord, fx psykiatri; ikke en kode",
            expected_en="the name of the specialty in words, e.g. psykiatri; not a code",
        ),
    ),
    primary_key=("dw_ek_kontakt",),
    alike=("cpr", "date_trunc('hour', start_ts)"),
    rules=(
        start_before_end("start_ts", "slut_ts"),
        Rule(
            ("dato_slut", "tidspunkt_slut"),
            "dato_slut IS NOT NULL AND slut_ts IS NULL",
            "dato_slut uden tidspunkt_slut",
            "dato_slut without tidspunkt_slut",
        ),
    ),
    derived=(
        Derived(
            "start_ts",
            "TIMESTAMP",
            f"CASE WHEN henvisningsmaade = 'ALDA99' AND dato_start = {_LPR3_BEGAN}"
            f" THEN CAST({_LPR3_BEGAN} AS TIMESTAMP)"
            " ELSE dato_start + CAST(tidspunkt_start AS TIME) END",
            "Start: dato_start og tidspunkt_start i ét; midnat, når kontakten er overført fra LPR2"
            " den dag, LPR3 begyndte",
            "Start: dato_start and tidspunkt_start in one; midnight when the contact was carried"
            " over from LPR2 the day LPR3 began",
        ),
        Derived(
            "slut_ts",
            "TIMESTAMP",
            "dato_slut + CAST(tidspunkt_slut AS TIME)",
            "Slut: dato_slut og tidspunkt_slut i ét; tom, når kontakten ikke er afsluttet",
            "End: dato_slut and tidspunkt_slut in one; empty when the contact has not ended",
        ),
    ),
    certainty="S",
    certainty_note_da="Hovedspecialets ordlyd er sandsynlig; står der koder, er det en fejl.",
    certainty_note_en="The wording of the main specialty is probable; codes are a fault.",
    sources=("LPR3", "registers-guide", "ehdsi"),
)

DIAGNOSER = Table(
    name="diagnoser",
    da="Diagnoser: en række for hver diagnose på en kontakt",
    en="Diagnoses: one row for each diagnosis of a contact",
    synonyms=("lpr3_f_diagnoser", "lpr_f_diagnoser", "lpr3_diagnoser"),
    columns=(
        Column(
            "dw_ek_kontakt",
            "text",
            "Kontaktens nøgle",
            "Key of the contact",
            synonyms=("dwekkontakt", "kontakt_id"),
        ),
        Column(
            "diagnosekode",
            "code",
            "Diagnosekode (SKS)",
            "Diagnosis code (SKS)",
            synonyms=("diag_kode", "diagnose_kode"),
            pattern=rf"{SKS_DIAGNOSIS}|[A-Z][0-9A-Z]{{1,9}}",
            fold="upper",
            expected_da=f"{_DIAGNOSIS_DA}; en tillægskode (+) kan være enhver SKS-kode",
            expected_en=f"{_DIAGNOSIS_EN}; an additional code (+) may be any SKS code",
        ),
        Column(
            "diagnosetype",
            "code",
            "Diagnosetype: A aktionsdiagnose, B bidiagnose, + tillægskode, H henvisningsdiagnose,"
            " G grundmorbus, C komplikation, M midlertidig",
            "Type: A main, B secondary, + additional code, H referral, G underlying,"
            " C complication, M temporary",
            synonyms=("diag_kode_type", "diag_type", "diagnose_type"),
            codes=("A", "B", "+", "H", "G", "C", "M"),
            fold="upper",
        ),
        Column(
            "senere_afkraeftet",
            "code",
            "Om diagnosen senere er afkræftet; tom betyder nej",
            "Whether the diagnosis was later ruled out; empty means no",
            synonyms=("senere_afkræftet", "afkraeftet"),
            nullable=True,
            codes=("Ja", "Nej"),
        ),
    ),
    rules=(
        Rule(
            ("diagnosekode", "diagnosetype"),
            f"diagnosetype <> '+' AND NOT regexp_full_match(diagnosekode, '{SKS_DIAGNOSIS}')",
            "diagnosekoden er ikke en SKS-diagnosekode, men diagnosetypen er ikke +",
            "the code is not an SKS diagnosis code, but the type is not +",
        ),
    ),
    parent=Parent(
        "kontakter", "dw_ek_kontakt", ("cpr", "start_ts", "hovedspeciale_ans"), "has_contact"
    ),
    sources=("LPR3", "registers-guide"),
)

MARKOERER = Table(
    name="markoerer",
    da="Forløbsmarkører: en række for hver markør på en kontakt",
    en="Markers: one row for each marker of a contact",
    synonyms=("forloebsmarkoerer", "forløbsmarkører", "lpr_a_forloebsmarkoerer"),
    columns=(
        Column("cpr", "pnr", "Personnøgle", "Person key", synonyms=("pnr", "v_cpr", "v_pnr")),
        Column(
            "dw_ek_kontakt",
            "text",
            "Kontaktens nøgle",
            "Key of the contact",
            synonyms=("dwekkontakt", "kontakt_id"),
            required=False,
            nullable=True,
        ),
        Column(
            "markoer",
            "code",
            "Markør: AWA1 færdigbehandlet, AWX1 ikke længere færdigbehandlet ...",
            "Marker: AWA1 ready for discharge, AWX1 no longer so ...",
            synonyms=("markør", "forloebsmarkoer"),
            pattern=r"[A-Z][A-Z0-9]{2,8}",
            fold="upper",
            expected_da="en SKS-kode, fx AWA1",
            expected_en="an SKS code, e.g. AWA1",
        ),
        Column(
            "dato",
            "date",
            "Markørens dato",
            "Date of the marker",
            synonyms=("markoer_dato", "dato_start"),
        ),
    ),
    certainty="K",
    certainty_note_da="Vores egen flade udgave: person, markør og dato; koderne er LPR3's.",
    certainty_note_en="Our own flat layout: person, marker and date; the codes are LPR3's.",
    sources=("LPR3",),
)

TABLES = (KONTAKTER, DIAGNOSER, MARKOERER)
