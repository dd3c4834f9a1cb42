"""The keys of FirstAgenda's shape, made of our own so that they can be turned back.

There the agenda and the minutes of one meeting are two meetings with keys of their own, and their
items too. Ours are one meeting: the agenda's key is the meeting's, the minutes' is the same with
its last bits turned round.
"""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("6f0f6ee2-5d0c-5f0b-9d5e-3c1d5a5c7f10")
_MINUTES = 0x4B4C594E4745  # any fixed bits; only the last six bytes, so that the version stays
ZERO = UUID(int=0)


def of_body(kind: str, place: str) -> UUID:
    """The key of a body (Udvalg)."""
    return uuid5(NAMESPACE, f"body/{kind}/{place}")


def of_part(uid: UUID, part: str) -> UUID:
    """The key of a meeting's agenda or minutes, or of an item in it."""
    return UUID(int=uid.int ^ _MINUTES) if part == "referat" else uid


def parts_of(key: UUID) -> tuple[tuple[UUID, str], ...]:
    """What a key may stand for: (our uid, part)."""
    return (key, "dagsorden"), (UUID(int=key.int ^ _MINUTES), "referat")


def of_field(item: UUID, number: int) -> UUID:
    """The key of one field of an item."""
    return uuid5(NAMESPACE, f"field/{item}/{number}")
