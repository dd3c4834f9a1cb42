"""The bodies of the cases, the paragraphs they name, and what a case is."""

from __future__ import annotations

from datetime import date

from klynge.structure import Body, Member

# (rule, how, paragraph) of each finding
Expected = list[tuple[str, str, str]]
# body, day, members, what the check says
Case = tuple[Body, date, list[Member], Expected]

POLITISK = Body("klynge-politisk", "rm-randers")
FAGLIG = Body("klynge-faglig", "rm-randers")
SSU = Body("ssu", "1082")
PIU = Body("patientinddragelsesudvalg", "1082")
FORBEREDENDE_RAAD = Body("forberedende-sundhedsraad", "kronjylland")
RAAD = Body("sundhedsraad", "kronjylland")

BEK = "BEK nr. 1248/2022"
SEAT_3 = f"Sundhedsloven § 203, stk. 4; {BEK} § 3, stk. 1"
CHAIR_4 = f"Sundhedsloven § 203, stk. 5; {BEK} § 4"
SEAT_10 = f"{BEK} § 10, stk. 1"
CHAIR_11 = f"{BEK} § 11"
SEAT_15 = f"Sundhedsloven § 204, stk. 1; {BEK} § 15, stk. 3-4"
CHAIR_15 = f"Sundhedsloven § 204, stk. 2; {BEK} §§ 15, stk. 5, og 17"
SEAT_24 = f"{BEK} §§ 24-28"
SEAT_14D = "Regionsloven § 14 d"
CHAIR_14E = "Regionsloven § 14 e"
CLEAN: Expected = []
