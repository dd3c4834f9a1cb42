"""The object types of OParl 1.1 as JSON Schemas, written from the tables of the specification.

Source: https://dev.oparl.org/spezifikation (OParl 1.1, objects and properties with their types and
which are required), read 2026-11-28. The specification's own schema files are under CC BY-SA 4.0
and therefore not copied here; these were written anew from what the specification says of each
property; test_specifications.py runs the specification's own files against our output.
They are stricter: a property that the specification does not have is a fault.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
SCHEMA = "https://schema.oparl.org/1.1/"
TEXT: Schema = {"type": "string", "minLength": 1}
URL: Schema = {"type": "string", "pattern": "^https?://[^ ]+$"}
DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
MOMENT: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([.]\d+)?([+-]\d{2}:\d{2}|Z)$",
}
YES_OR_NO: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer", "minimum": 0}
URLS: Schema = {"type": "array", "items": URL, "uniqueItems": True}
TEXTS: Schema = {"type": "array", "items": TEXT}
COMMON = {
    "id": URL,
    "license": URL,
    "keyword": TEXTS,
    "created": MOMENT,
    "modified": MOMENT,
    "web": URL,
    "deleted": YES_OR_NO,
}


def _type(kind: str, required: tuple[str, ...], /, **properties: Schema) -> Schema:
    own = {"type": {"const": f"{SCHEMA}{kind}"}}
    return {
        "type": "object",
        "required": ["id", "type", *required],
        "properties": {**COMMON, **own, **properties},
        "additionalProperties": False,
    }


def _several(of: Schema) -> Schema:
    return {"type": "array", "items": of}


LOCATION = _type(
    "Location",
    (),
    description=TEXT,
    geojson={"type": "object"},
    streetAddress=TEXT,
    room=TEXT,
    postalCode=TEXT,
    subLocality=TEXT,
    locality=TEXT,
    bodies=URLS,
    organizations=URLS,
    persons=URLS,
    meetings=URLS,
    papers=URLS,
)
FILE = _type(
    "File",
    ("accessUrl",),
    name=TEXT,
    fileName=TEXT,
    mimeType={"type": "string", "pattern": "^[a-z]+/[^ ]+$"},
    date=DAY,
    size=WHOLE,
    sha1Checksum=TEXT,
    sha512Checksum=TEXT,
    text=TEXT,
    accessUrl=URL,
    downloadUrl=URL,
    externalServiceUrl=URL,
    masterFile=URL,
    derivativeFile=URLS,
    fileLicense=URL,
    meeting=URLS,
    agendaItem=URLS,
    paper=URLS,
)
LEGISLATIVE_TERM = _type("LegislativeTerm", (), body=URL, name=TEXT, startDate=DAY, endDate=DAY)
CONSULTATION = _type(
    "Consultation",
    (),
    paper=URL,
    agendaItem=URL,
    meeting=URL,
    organization=URLS,
    authoritative=YES_OR_NO,
    role=TEXT,
)
AGENDA_ITEM = _type(
    "AgendaItem",
    (),
    meeting=URL,
    number=TEXT,
    order=WHOLE,
    name=TEXT,
    public=YES_OR_NO,
    consultation=URL,
    result=TEXT,
    resolutionText=TEXT,
    resolutionFile=FILE,
    auxiliaryFile=_several(FILE),
    start=MOMENT,
    end=MOMENT,
)
MEETING = _type(
    "Meeting",
    (),
    name=TEXT,
    meetingState=TEXT,
    cancelled=YES_OR_NO,
    start=MOMENT,
    end=MOMENT,
    location=LOCATION,
    organization=URLS,
    participant=URLS,
    invitation=FILE,
    resultsProtocol=FILE,
    verbatimProtocol=FILE,
    auxiliaryFile=_several(FILE),
    agendaItem=_several(AGENDA_ITEM),
)
PAPER = _type(
    "Paper",
    (),
    body=URL,
    name=TEXT,
    reference=TEXT,
    date=DAY,
    paperType=TEXT,
    relatedPaper=URLS,
    superordinatedPaper=URLS,
    subordinatedPaper=URLS,
    mainFile=FILE,
    auxiliaryFile=_several(FILE),
    location=_several(LOCATION),
    originatorPerson=URLS,
    underDirectionOf=URLS,
    originatorOrganization=URLS,
    consultation=_several(CONSULTATION),
)
MEMBERSHIP = _type(
    "Membership",
    (),
    person=URL,
    organization=URL,
    role=TEXT,
    votingRight=YES_OR_NO,
    startDate=DAY,
    endDate=DAY,
    onBehalfOf=URL,
)
PERSON = _type(
    "Person",
    (),
    body=URL,
    name=TEXT,
    familyName=TEXT,
    givenName=TEXT,
    formOfAddress=TEXT,
    affix=TEXT,
    title=TEXTS,
    gender=TEXT,
    phone=TEXTS,
    email=TEXTS,
    location=URL,
    locationObject=LOCATION,
    status=TEXTS,
    membership=_several(MEMBERSHIP),
    life=TEXT,
    lifeSource=TEXT,
)
ORGANIZATION = _type(
    "Organization",
    (),
    body=URL,
    name=TEXT,
    membership=URLS,
    meeting=URL,
    consultation=URL,
    shortName=TEXT,
    post=TEXTS,
    subOrganizationOf=URL,
    organizationType={
        "enum": [
            "Gremium",
            "Partei",
            "Fraktion",
            "Verwaltungsbereich",
            "externes Gremium",
            "Institution",
            "Sonstiges",
        ]
    },
    classification=TEXT,
    startDate=DAY,
    endDate=DAY,
    website=URL,
    location=LOCATION,
    externalBody=URL,
)
BODY = _type(
    "Body",
    (
        *("name", "organization", "person", "meeting", "paper", "legislativeTerm", "agendaItem"),
        *("consultation", "file", "legislativeTermList", "locationList", "membership"),
    ),
    system=URL,
    shortName=TEXT,
    name=TEXT,
    website=URL,
    licenseValidSince=MOMENT,
    oparlSince=MOMENT,
    ags=TEXT,
    rgs=TEXT,
    equivalent=URLS,
    contactEmail=TEXT,
    contactName=TEXT,
    organization=URL,
    person=URL,
    meeting=URL,
    paper=URL,
    legislativeTerm=_several(LEGISLATIVE_TERM),
    agendaItem=URL,
    consultation=URL,
    file=URL,
    locationList=URL,
    legislativeTermList=URL,
    membership=URL,
    classification=TEXT,
    location=LOCATION,
)
SYSTEM = _type(
    "System",
    ("oparlVersion", "body"),
    oparlVersion={"const": SCHEMA},
    otherOparlVersions=URLS,
    body=URL,
    name=TEXT,
    contactEmail=TEXT,
    contactName=TEXT,
    website=URL,
    vendor=URL,
    product=URL,
)
LIST: Schema = {
    "type": "object",
    "required": ["data", "pagination", "links"],
    "properties": {
        "data": {"type": "array", "maxItems": 100},
        "pagination": {
            "type": "object",
            "properties": dict.fromkeys(
                ("totalElements", "elementsPerPage", "currentPage", "totalPages"), WHOLE
            ),
            "additionalProperties": False,
        },
        "links": {
            "type": "object",
            "required": ["first", "last"],
            "properties": dict.fromkeys(("first", "prev", "self", "next", "last"), URL),
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
# What is left of something withdrawn: these and nothing else.
TOMBSTONE: Schema = {
    "type": "object",
    "required": ["id", "type", "created", "modified", "deleted"],
    "properties": {
        "id": URL,
        "type": URL,
        "created": MOMENT,
        "modified": MOMENT,
        "deleted": {"const": True},
    },
    "additionalProperties": False,
}
OF_KIND = {
    "body": BODY,
    "organization": ORGANIZATION,
    "person": PERSON,
    "membership": MEMBERSHIP,
    "meeting": MEETING,
    "agendaitem": AGENDA_ITEM,
    "paper": PAPER,
    "consultation": CONSULTATION,
    "file": FILE,
    "location": LOCATION,
    "legislativeterm": LEGISLATIVE_TERM,
}
