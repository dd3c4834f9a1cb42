"""Why something may not be done, in words for the person who tried."""

from __future__ import annotations

from collections.abc import Sequence


class NotAllowed(Exception):
    """The rules refuse it. `reasons` are all of them, each a whole sentence."""

    def __init__(self, *reasons: str) -> None:
        self.reasons: Sequence[str] = reasons
        super().__init__(" ".join(reasons))
