"""Acute somatic readmissions within 30 days: age 67 and over, and under 67.

Counts:      somatic admissions (12 hours or more) discharged in the year that were followed by an
             acute somatic admission within 30 days of 24 hours.
Out of:      somatic admissions of the same people discharged in the year.
Leaves out:  of the first admissions: psychiatric diagnoses, companions, abortions (DO4), cancer,
             and patients who died; of the readmissions: the same but DO4, births, and injuries and
             other external causes. Discharges in the last 30 days of the extract, because nobody
             can see what followed.
Two figures and not one for all ages, because the same numbers shown twice would have to be
protected twice; together they are everybody.
Weak points: hospices cannot be told from other units in the extract; the main diagnosis is that of
             the stay's first contact; a readmission need not have anything to do with the first.
"""

from datetime import date

from klynge.engine.indicators.language import IN_THE_PERIOD, Indicator, residents, stays
from klynge.engine.indicators.shared.kinds import discharged_somatic, readmitted_within_30_days


def readmitted(code, theme, people, ages, *, da, en):
    """The share of somatic admissions that were followed by an acute one within 30 days."""
    return Indicator(
        code=code,
        theme=theme,
        domain="somatik",
        title={
            "da": "Akutte somatiske genindlæggelser inden for 30 dage, " + da,
            "en": "Acute somatic readmissions within 30 days, " + en,
        },
        numerator={
            "da": "somatiske indlæggelser udskrevet i året og fulgt af en akut somatisk indlæggelse"
            " inden for 30 dage",
            "en": "somatic admissions discharged in the year and followed by an acute somatic"
            " admission within 30 days",
        },
        denominator={
            "da": "somatiske indlæggelser udskrevet i året, som kan følges i 30 dage",
            "en": "somatic admissions discharged in the year that can be followed for 30 days",
        },
        unit={"da": "pct. af indlæggelserne", "en": "per cent of admissions"},
        people=people,
        events=discharged_somatic,
        dated_by=stays.ended_at,
        window=IN_THE_PERIOD,
        by_month=True,
        outcome=readmitted_within_30_days,
        ages=ages,
        counts="events",
        out_of="events",
        kind="proportion",
        per=100,
        better="lower",
        certainty="P",
        certainty_note={
            "da": "Opholdet, de 30 dage og alderen er kendt fra kilderne; det, der udelades,"
            " stammer fra Region Sjællands kode, der kalder det nationale kriterier.",
            "en": "The stay, the 30 days and the age are in the sources; what is left out comes"
            " from Region Sjælland's code, which calls it national criteria.",
        },
        sources=(
            "https://www.dst.dk/da/Statistik/dokumentation/statistikdokumentation/"
            "sociale-ydelser-til-aeldre/tilgaengelighed",
            "https://www.sundhedsstyrelsen.dk/da/udgivelser/2009/"
            "Genindlaeggelser-af-aeldre-i-Danmark-2008",
            "https://www.esundhed.dk/Emner/Patienter-og-sygehuse/"
            "Genindlaeggelser-i-somatik-og-psykiatri",
        ),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": "Psykiatriske diagnoser, ledsagere, abort (DO4), kræft og patienter, der døde;"
            " genindlæggelser for fødsel og for skader og andre ydre årsager. Udskrivninger i"
            " udtrækkets sidste 30 dage, fordi ingen kan se, hvad der fulgte.",
            "en": "Psychiatric diagnoses, companions, abortions (DO4), cancer and patients who"
            " died; readmissions for births and for injuries and other external causes."
            " Discharges in the last 30 days of the extract, because nobody can see what"
            " followed.",
        },
        weak_points={
            "da": "Hospicer kan ikke kendes fra andre enheder i udtrækket. Aktionsdiagnosen er"
            " den fra opholdets første kontakt. En genindlæggelse behøver ikke hænge sammen"
            " med den første.",
            "en": "Hospices cannot be told from other units in the extract. The main diagnosis"
            " is that of the stay's first contact. A readmission need not have anything to"
            " do with the first.",
        },
    )


indicators = [
    readmitted(
        "genind_67",
        "frail",
        residents.age >= 67,
        ("all", "67-79", "80+"),
        da="67 år og derover",
        en="age 67 and over",
    ),
    readmitted(
        "genind_som_u67",
        "population",
        residents.age < 67,
        ("all", "0-17", "18-44", "45-66"),
        da="under 67 år",
        en="under 67",
    ),
]
