"""What hospitals report of their wards at 23:00: how full they are, and on how many days too full.

Counts:      patients in the ward at 23:00, night by night; days on which a ward had more patients
             than beds.
Out of:      the beds that could be used at 23:00; nothing for the days.
Leaves out:  a month in which one of the klynge's hospitals does not report every day, and what it
             is part of; hospitals that are no klynge's acute hospital.
Weak points: a figure of the klynge's acute hospital, not of its citizens: some of them lie
             elsewhere, and some in the beds come from other places. A patient on leave, or in a
             corridor bed that is called a bed, is counted as the ward reports it.
"""

from __future__ import annotations

from datetime import date

from klynge.engine.indicators.described import Wards

ANSWER_2017 = "https://ft.dk/samling/20171/almdel/suu/spm/179/svar/1453463/1836119/index.htm"
ANSWER_2019 = "https://ft.dk/samling/20191/almdel/suu/spm/1202/svar/1685963/2238364/index.htm"
BEDS_PAGE = "http://esundhed.dk/sundhedsaktivitet/SOB/Sider/SOB01.aspx"

_PLACES = {
    "da": "klyngen, som sygehuset er akutsygehus for; regionen og landet, når alle deres klynger"
    " er med. Ikke kommuner og sundhedsråd: en seng hører til et sygehus, ikke til den, der ligger"
    " i den, og et sygehus tager imod fra mange kommuner",
    "en": "the klynge that the hospital is the acute hospital of; the region and the country when"
    " all their klynger are there. Not kommuner and sundhedsråd: a bed belongs to a hospital, not"
    " to who lies in it, and a hospital takes in people from many kommuner",
}
_LEAVES_OUT = {
    "da": "Måneder, hvor et af klyngens sygehuse ikke har indberettet hver dag, og de kvartaler, år"
    " og steder, de er en del af; sygehuse, der ikke er akutsygehus for en klynge.",
    "en": "Months in which one of the klynge's hospitals did not report every day, and the"
    " quarters, years and places they are part of; hospitals that are no klynge's acute hospital.",
}
_WEAK_POINTS = {
    "da": "Et tal for klyngens akutsygehus, ikke for dens borgere: nogle af dem ligger andre"
    " steder, og nogle i sengene kommer andre steder fra. Hvad en disponibel seng er, afgør"
    " afdelingen. En klynge skjules helt, hvis der i en måned i gennemsnit er under fem indlagte"
    " pr. nat.",
    "en": "A figure of the klynge's acute hospital, not of its citizens: some of them lie"
    " elsewhere, and some in the beds come from elsewhere. The ward decides what a usable bed is. A"
    " klynge is hidden altogether if in one month there are fewer than five patients a night on"
    " average.",
}
_GIVEN_BY = {
    "da": "registrene senge og sygehuse; rækkerne handler om afdelinger, ikke om personer",
    "en": "the registers senge and sygehuse; the rows are about wards, not persons",
}


def _of_wards(code, *, better="lower", over=100, **words):
    """One figure of the wards."""
    return Wards(
        code=code,
        theme="population",
        domain="begge",
        per=words.pop("per"),
        better=better,
        sources=(ANSWER_2017, ANSWER_2019, BEDS_PAGE),
        owner="Klynges datagruppe",
        review_by=date(2027, 5, 1),
        leaves_out=_LEAVES_OUT,
        weak_points=_WEAK_POINTS,
        places=_PLACES,
        given_by=_GIVEN_BY,
        over=over,
        **words,
    )


OCCUPANCY = _of_wards(
    "belaegningsgrad",
    title={"da": "Belægningsgrad kl. 23", "en": "Bed occupancy at 23:00"},
    numerator={
        "da": "indlagte patienter kl. 23, lagt sammen over afdelinger og dage",
        "en": "patients in the ward at 23:00, added up over wards and days",
    },
    denominator={
        "da": "disponible senge kl. 23, lagt sammen på samme måde",
        "en": "beds that could be used at 23:00, added up likewise",
    },
    unit={"da": "indeks (100 = fuldt belagt)", "en": "index (100 = full)"},
    kind="rate",
    per=100,
    better="neither",
    certainty="P",
    certainty_note={
        "da": "Brøken er kendt fra kilderne; at et sygehus' tal vises for den klynge, det er"
        " akutsygehus for, er vores valg.",
        "en": "The fraction is in the sources; that a hospital's figure is shown for the klynge it"
        " is the acute hospital of is our choice.",
    },
)
OVERFULL_DAYS = _of_wards(
    "overbelaegning_dage",
    title={
        "da": "Afdelingsdage med overbelægning kl. 23",
        "en": "Ward days with more patients than beds at 23:00",
    },
    numerator={
        "da": "afdelingsdage, hvor der kl. 23 var flere indlagte end disponible senge",
        "en": "ward days on which there were more patients than usable beds at 23:00",
    },
    denominator=None,
    unit={"da": "afdelingsdage", "en": "ward days"},
    kind="count",
    per=1,
    certainty="P",
    certainty_note={
        "da": "Optællingen er kendt fra kilderne. Grænsen for, hvad der kaldes overbelægning, blev"
        " ændret i november 2017; her er den over 100 pct. i alle år, og stedet er vores valg.",
        "en": "The count is in the sources. The limit for what is called over-occupancy was changed"
        " in November 2017; here it is over 100 % in all years, and the place is our choice.",
    },
)
WARDS = (OCCUPANCY, OVERFULL_DAYS)
