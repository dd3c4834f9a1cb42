"""The words of what is wrong with bundles: where, what, what was expected, what to do."""

from __future__ import annotations

from klynge.engine.registers.gateway.bundles import Place
from klynge.engine.registers.spot import number
from klynge.faults import Fault
from klynge.texts import _, ngettext

PAGE = "docs/reference/kl-gateway.md"


def where(place: Place) -> str:
    """The place in words: file, line or report, entry."""
    told = _("{file}, linje {n}") if place.lines else _("{file}, pakke {n}")
    said = told.format(file=place.file, n=number(place.report))
    if place.entry:
        said += ", " + _("post {n}").format(n=number(place.entry))
    return said


def fault(what: str, count: int, first: Place) -> Fault:
    """The fault of a kind, told once with how often it was met and where first."""
    problem, expected = _told(what)
    times = ngettext("Det står ét sted.", "Det står {n} steder; her er det første.", count)
    return Fault(where(first), f"{problem} {times.format(n=number(count))}", expected, _remedy())


def other_person(count: int, file: str) -> Fault:
    """The same id with several citizens, which only the whole delivery can show."""
    return Fault(
        file,
        ngettext(
            "Ét id står hos flere borgere.", "{n} id'er står hos flere borgere.", count
        ).format(n=number(count)),
        _("et id, der kun bruges om én oplysning hos én borger; det samme id er en opdatering"),
        _remedy(),
    )


def no_bundles(folder: str) -> Fault:
    return Fault(
        folder,
        _("Der er ingen pakker fra KL Gateway i mappen."),
        _("filer, der ender på .ndjson, .jsonl eller .json, i mapper som kl_gateway_care/"),
        _("Se efter, om stien er rigtig."),
    )


def already_there(table: str) -> Fault:
    return Fault(
        table,
        _("Registeret er der allerede, og pakkerne giver det også. Det ville tælle dobbelt."),
        _("hvert register fra én kilde"),
        _("Flyt det ene ud af mappen, eller vælg en anden mappe med --out."),
    )


def _remedy() -> str:
    return _("Bed kommunens leverandør om at sende pakken igen. Se {page}.").format(page=PAGE)


def _told(what: str) -> tuple[str, str]:
    faults = {
        "json": (_("Det kan ikke læses som JSON."), _("hel, gyldig JSON i UTF-8")),
        "bundle": (_("Det er ikke en FHIR-pakke."), _('"resourceType": "Bundle"')),
        "timestamp": (
            _("Pakken siger ikke, hvornår den er lavet."),
            _("timestamp med dato, klokkeslæt og tidszone, fx 2024-02-14T02:47:35Z"),
        ),
        "resource": (
            _("Posten har ingen ressource, eller den siger ikke, hvad den er."),
            _("resource med resourceType"),
        ),
        "citizen": (_("Pakken har ingen borger."), _("præcis én Patient i hver pakke")),
        "citizens": (_("Pakken har flere borgere."), _("præcis én Patient i hver pakke")),
        "person": (
            _("Borgeren har intet personnummer."),
            _("identifier med system urn:oid:1.2.208.176.1.2"),
        ),
        "id": (_("Ressourcen har intet id."), _("et id, fx en uuid")),
        "subject": (
            _("Ressourcen handler om en anden borger end pakkens."),
            _("subject, der peger på pakkens Patient"),
        ),
        "updated": (
            _("Tidspunktet for opdatering kan ikke læses."),
            _("meta.lastUpdated med dato, klokkeslæt og tidszone"),
        ),
        "status": (_("Ressourcen har ingen status."), _("status efter FHIR")),
        "start": (
            _("Det fremgår ikke, hvornår det begyndte."),
            _("period.start, eller performedDateTime for en leveret indsats"),
        ),
        "authored": (
            _("Det fremgår ikke, hvornår genoptræningsplanen er modtaget."),
            _("authoredOn med en dato"),
        ),
        "order": (_("Indsatsen slutter, før den begynder."), _("period.end efter period.start")),
        "code": (
            _("Indsatsen har ingen kode."),
            _("en FSIII-kode (urn:oid:1.2.208.176.2.21) i activity.detail.code eller code"),
        ),
        "unknown": (
            _("Indsatsens kode kendes ikke."),
            _("en kode i FSIII, gammel (H1.1) eller ny (uuid)"),
        ),
        "level": (
            _("Genoptræningsplanens niveau fremgår ikke."),
            _("præcis ét af almen, specialiseret og rehabilitering i category"),
        ),
        "date": (
            _("En dato kan ikke læses."),
            _("en hel dato (2024-02-14) eller et tidspunkt med tidszone"),
        ),
    }
    return faults[what]
