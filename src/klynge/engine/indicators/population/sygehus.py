"""How much citizens use hospitals: patients, stays, admissions, acute and short ones.

Counts:      people with a stay, stays, admissions (12 hours or more), acute somatic admissions,
             and acute admissions to a medical ward of less than 24 hours.
Out of:      people who lived in the kommune on 1 January.
Leaves out:  virtual and outreach contacts; unfinished somatic contacts; people who moved in or were
             born during the year.
Weak points: contacts are chained to stays by time alone; a stay is acute by its first contact (our
             reading); stays and patients count in the year the stay ended, admissions in the year
             they began.

Stays per patient are made of two of these when both are protected; see `indicators/ratios.py`.
"""

from datetime import date

from klynge.engine.indicators.language import IN_THE_PERIOD, Indicator, residents, stays
from klynge.engine.indicators.shared import sources
from klynge.engine.indicators.shared.kinds import acute_somatic_admission, medical

STAYS_SAID = {
    "da": "Opholdet, de 4 timer og de 12 timer er kendt fra kilderne.",
    "en": "The stay, the 4 hours and the 12 hours are in the sources.",
}
FIRST_CONTACT_OURS = {
    "da": "Opholdet er kendt fra kilderne; at dets første kontakt afgør, om det er akut, er vores"
    " læsning.",
    "en": "The stay is in the sources; that its first contact decides whether it is acute is our"
    " reading.",
}
CHAINED = {
    "da": "Kontakter kædes sammen alene efter tid, på tværs af sygehuse og af somatik og"
    " psykiatri.",
    "en": "Contacts are chained by time alone, across hospitals and across somatic and psychiatric"
    " care.",
}


def hospital_use(code, events, *, title, numerator, unit, certainty="S", note=STAYS_SAID,
                 domain="begge", dated_by=stays.started_at, weak_points=CHAINED, sources=(),
                 better="neither", **counting):  # fmt: skip
    """Something at hospitals per 1,000 citizens of every age."""
    return Indicator(
        code=code,
        theme="population",
        domain=domain,
        title=title,
        numerator=numerator,
        denominator={"da": "borgere 1. januar", "en": "citizens on 1 January"},
        unit=unit,
        people=residents.all,
        events=events,
        dated_by=dated_by,
        window=IN_THE_PERIOD,
        ages=("all", "0-17", "18-44", "45-64", "65-79", "80+"),
        per=1000,
        better=better,
        certainty=certainty,
        certainty_note=note,
        sources=sources,
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out={
            "da": "Virtuelle kontakter og udekontakter; uafsluttede somatiske kontakter; borgere,"
            " der er født eller flyttet til i løbet af året.",
            "en": "Virtual and outreach contacts; unfinished somatic contacts; citizens who were"
            " born or moved in during the year.",
        },
        weak_points=weak_points,
        **counting,
    )


EVENTS = {"counts": "events", "kind": "rate"}
indicators = [
    hospital_use(
        "sgh_patienter",
        stays.all,
        dated_by=stays.ended_at,
        kind="proportion",
        title={"da": "Borgere med sygehusophold", "en": "Citizens with a hospital stay"},
        numerator={
            "da": "borgere med mindst ét sygehusophold (fysisk fremmøde), der sluttede i året",
            "en": "citizens with at least one hospital stay (in person) that ended in the year",
        },
        unit={"da": "borgere pr. 1.000", "en": "citizens per 1,000"},
        sources=(sources.KEY_FIGURES,),
    ),
    hospital_use(
        "sgh_ophold_1000",
        stays.all,
        dated_by=stays.ended_at,
        title={"da": "Sygehusophold pr. 1.000 borgere", "en": "Hospital stays per 1,000 citizens"},
        numerator={
            "da": "sygehusophold (fysisk fremmøde), ambulante og indlæggelser, somatik og"
            " psykiatri, der sluttede i året",
            "en": "hospital stays (in person), outpatient and admissions, somatic and psychiatric,"
            " that ended in the year",
        },
        unit={"da": "ophold pr. 1.000 borgere", "en": "stays per 1,000 citizens"},
        sources=(sources.KEY_FIGURES,),
        **EVENTS,
    ),
    hospital_use(
        "indl_1000",
        stays.admission,
        title={"da": "Indlæggelser pr. 1.000 borgere", "en": "Admissions per 1,000 citizens"},
        numerator={
            "da": "sygehusophold på 12 timer og derover påbegyndt i året, somatik og psykiatri",
            "en": "hospital stays of 12 hours or more begun in the year, somatic and psychiatric",
        },
        unit={"da": "indlæggelser pr. 1.000 borgere", "en": "admissions per 1,000 citizens"},
        sources=(sources.HOSPITAL_USE, sources.KEY_FIGURES),
        **EVENTS,
    ),
    hospital_use(
        "akut_indl_1000",
        acute_somatic_admission,
        domain="somatik",
        better="lower",
        certainty="P",
        note=FIRST_CONTACT_OURS,
        title={
            "da": "Akutte somatiske indlæggelser pr. 1.000 borgere",
            "en": "Acute somatic admissions per 1,000 citizens",
        },
        numerator={
            "da": "somatiske indlæggelser påbegyndt i året, hvor opholdets første kontakt er akut",
            "en": "somatic admissions begun in the year whose first contact is acute",
        },
        unit={"da": "indlæggelser pr. 1.000 borgere", "en": "admissions per 1,000 citizens"},
        sources=(sources.KEY_FIGURES,),
        per_person_years=True,
        **EVENTS,
    ),
    hospital_use(
        "korttid_med",
        acute_somatic_admission & medical & stays.under_24_hours,
        domain="somatik",
        certainty="K",
        note={
            "da": "Kilden siger, at indikatoren er under ændring; grænsen på 24 timer og listen"
            " over medicinske specialer er vores.",
            "en": "The source says the indicator is being redefined; the limit of 24 hours and the"
            " list of medical specialities are ours.",
        },
        title={
            "da": "Akutte medicinske korttidsindlæggelser pr. 1.000 borgere (lokal definition)",
            "en": "Short acute medical admissions per 1,000 citizens (local definition)",
        },
        numerator={
            "da": "akutte somatiske indlæggelser på 12 til 24 timer påbegyndt i året med en kontakt"
            " på en medicinsk afdeling",
            "en": "acute somatic admissions of 12 to 24 hours begun in the year with a contact at a"
            " medical ward",
        },
        unit={"da": "indlæggelser pr. 1.000 borgere", "en": "admissions per 1,000 citizens"},
        weak_points={
            "da": "Korte indlæggelser, der klares i akutmodtagelsen alene, ses ikke som medicinske."
            " Afdelingens hovedspeciale afgør, ikke patientens sygdom.",
            "en": "Short admissions handled in the emergency department alone are not seen as"
            " medical. The ward's main speciality decides, not the patient's disease.",
        },
        sources=(sources.HEALTH_AGREEMENTS,),
        **EVENTS,
    ),
]
