"""The invented cases of the demo's agendas. Nobody and nothing real is meant."""

from __future__ import annotations

from typing import Any

# Title, kind, minutes, whether it stands last.
STANDING = (
    ("Godkendelse af dagsorden", "godkendelse", 5, False),
    ("Gensidig orientering", "gensidig_orientering", 15, True),
    ("Eventuelt", "eventuelt", 5, True),
)

SPRING: tuple[dict[str, Any], ...] = (
    {
        "title": "Fælles mål for ældre med flere indlæggelser",
        "kind": "beslutning",
        "minutes_planned": 30,
        "case_number": "1-00-3-24",
        "blocks": {
            "sagsresume": "<p>Det faglige niveau foreslår ét fælles mål for de kommende to år.</p>",
            "sagsfremstilling": "<p>Klyngen har drøftet, hvor det haster mest. Tre emner har været"
            " på bordet:</p><ul><li>ældre med flere akutte indlæggelser</li><li>overgange i"
            " psykiatrien</li><li>forebyggelse hos borgere med kronisk sygdom</li></ul><p>Niveauet"
            " peger på det første, fordi alle fire kommuner og hospitalet kan flytte noget.</p>",
            "videre_proces": "<p>Det faglige niveau vender tilbage med en plan i efteråret.</p>",
        },
        "clauses": [
            "gøre færre akutte genindlæggelser af ældre til klyngens fælles mål",
            "bede det faglige niveau om en plan til mødet i oktober",
        ],
    },
    {
        "title": "Midler til arbejdet på tværs",
        "kind": "droeftelse",
        "minutes_planned": 25,
        "authorities_only": True,
        "public_title": "Økonomi i samarbejdet",
        "blocks": {
            "sagsfremstilling": "<p>Region og kommuner drøfter, hvordan klyngens midler kan bruges"
            " det næste år.</p>",
            "oekonomi": "<p>Rammen er opdigtet til visning.</p>",
        },
        "clauses": ["drøfte fordelingen"],
    },
)

AUTUMN: tuple[dict[str, Any], ...] = (
    {
        "title": "Tal for akutte ophold blandt de ældste",
        "kind": "temadroeftelse",
        "minutes_planned": 40,
        "case_number": "1-00-3-24",
        "presenter": "Hospitalets afdeling for data",
        "blocks": {
            "sagsresume": "<p>Årets tal lægges frem til drøftelse.</p>",
            "sagsfremstilling": "<p>Tallene er fra den seneste datapakke. De viser, hvordan klyngen"
            " ligger i forhold til regionen og landet, og hvor sikker forskellen er.</p>"
            "<p>Spørgsmål til drøftelsen:</p><ol><li>Hvad kan forklare udviklingen?</li>"
            "<li>Hvor er det værd at"
            " sætte ind først?</li></ol>",
            "lighed": "<p>Tallene er ikke opdelt på uddannelse i denne pakke.</p>",
        },
        "clauses": ["drøfte tallene", "pege på to indsatser til det politiske niveau"],
    },
    {
        "title": "Fælles visitation af akut syge ældre",
        "kind": "beslutning",
        "minutes_planned": 30,
        "case_number": "29.30.08-P27-1-24",
        "blocks": {
            "sagsresume": "<p>En arbejdsgruppe foreslår ét fælles overblik over ledige"
            " akutpladser.</p>",
            "sagsfremstilling": "<p>I dag ringer lægen rundt. Gruppen foreslår, at kommunernes"
            " akutpladser og hospitalets senge vises samlet, og at en sygeplejerske fra hver side"
            " visiterer sammen i hverdagene.</p>",
            "oekonomi": "<p>Løses inden for de rammer, hver part har.</p>",
            "videre_proces": "<p>Det politiske niveau tager stilling den 29. oktober.</p>",
        },
        "clauses": [
            "anbefale ordningen for det politiske niveau",
            "nedsætte en styregruppe med en fra hver part",
        ],
    },
    {
        "title": "Samarbejdet med en navngiven leverandør",
        "kind": "orientering",
        "minutes_planned": 10,
        "closed": True,
        "closed_because": "Forretningsforhold hos en leverandør",
        "public_title": "Lukket orientering",
        "blocks": {"sagsfremstilling": "<p>Opdigtet lukket tekst: kun for medlemmerne.</p>"},
        "clauses": ["tage orienteringen til efterretning"],
    },
)

POLITICAL_AUTUMN: tuple[dict[str, Any], ...] = (
    {
        "title": "Mødedatoer i 2025",
        "kind": "beslutning",
        "minutes_planned": 10,
        "blocks": {
            "sagsresume": "<p>Datoerne er lagt, så det faglige niveau mødes først.</p>",
        },
        "clauses": ["godkende datoerne"],
    },
)

WAITING: tuple[dict[str, Any], ...] = (
    {
        "title": "Medicingennemgang ved udskrivelse",
        "kind": "droeftelse",
        "blocks": {"sagsresume": "<p>Ønsket af almen praksis.</p>"},
        "clauses": ["drøfte, hvem der gør hvad"],
    },
    {
        "title": "Unge mellem to stole",
        "kind": "temadroeftelse",
        "blocks": {},
        "clauses": [],
    },
)

PROPOSED: dict[str, Any] = {
    "title": "Fælles kompetenceudvikling i akutteams",
    "kind": "beslutning",
    "blocks": {
        "sagsresume": "<p>Syddjurs foreslår et fælles forløb for de kommunale akutteams.</p>"
    },
    "clauses": ["tage stilling til et fælles forløb"],
}

ANNEX = """Kommissorium for arbejdsgruppen om fælles visitation

Opdigtet til visning.

1. Gruppen beskriver, hvordan ledige akutpladser vises samlet.
2. Gruppen har en fra hver kommune, to fra hospitalet og en praktiserende læge.
3. Gruppen afleverer sine anbefalinger til det faglige niveau.
"""
