"""Who belongs where, by which law, when: dated facts with source and certainty.

Pure Python over the JSON files in `data/`. See docs/reference/structure.md.
"""

from klynge.structure.checking import check, check_meetings, is_lawful
from klynge.structure.geography import Geography, PlaceCells
from klynge.structure.law import Rule, Word, rule, rules, word, words
from klynge.structure.members_file import (
    MembersFile,
    faults_of,
    read_deviations,
    read_members,
)
from klynge.structure.model import (
    CERTAINTIES,
    DOMAINS,
    KINDS,
    BodyKind,
    Hospital,
    Membership,
    NoRegime,
    Note,
    Phase,
    Place,
    Regime,
    Source,
    Text,
    UnknownPlace,
)
from klynge.structure.places import (
    body_kinds,
    members,
    nearest,
    notes,
    place,
    places,
    places_of,
    predecessors,
    regime_on,
    regimes,
    successors,
)
from klynge.structure.seats import Body, Deviation, Finding, Member, NoSuchBody

__all__ = [
    "CERTAINTIES",
    "DOMAINS",
    "KINDS",
    "Body",
    "BodyKind",
    "Deviation",
    "Finding",
    "Geography",
    "Hospital",
    "Member",
    "MembersFile",
    "Membership",
    "NoRegime",
    "NoSuchBody",
    "Note",
    "Phase",
    "Place",
    "PlaceCells",
    "Regime",
    "Rule",
    "Source",
    "Text",
    "UnknownPlace",
    "Word",
    "body_kinds",
    "check",
    "check_meetings",
    "faults_of",
    "is_lawful",
    "members",
    "nearest",
    "notes",
    "place",
    "places",
    "places_of",
    "predecessors",
    "read_deviations",
    "read_members",
    "regime_on",
    "regimes",
    "rule",
    "rules",
    "successors",
    "word",
    "words",
]
