"""What a clause came to is told once, though the register of decisions says it too."""

from __future__ import annotations

import pytest

from klynge.web.publishing import snapshot

ITEM = {
    "uid": "a",
    "clauses": [
        {"text": "drøfte planen", "outcome": "Tiltrådt", "decision": ""},
        {"text": "vente", "outcome": "Tiltrådt med ændringer", "decision": "Vi venter til maj."},
        {"text": "spørge igen", "outcome": "", "decision": ""},
    ],
}


@pytest.mark.parametrize(
    ("text", "item", "told"),
    [
        ("At drøfte planen.", "a", False),
        ("vi venter til maj", "a", False),
        ("At spørge igen.", "a", True),
        ("Sekretariatet skriver til ministeriet.", "a", True),
        ("Sekretariatet skriver til ministeriet.", "b", False),
    ],
)
def test_a_decision_is_told_when_no_clause_has_told_it(text, item, told):
    content = {"decisions": [{"text": text, "item": item}]}
    assert bool(snapshot.told_besides(content, ITEM)) is told


def test_a_closed_item_has_no_clauses_to_tell():
    assert snapshot.told_besides({"decisions": []}, {"uid": "a", "closed": True}) == []
