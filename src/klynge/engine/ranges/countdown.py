"""How much of the counting is done, and about how long is left."""

from __future__ import annotations

import time
from collections.abc import Callable

from klynge.texts import _

Progress = Callable[[str], None]


class Countdown:
    """Tells a line each time one more of `all` is done. The clock starts when it is made."""

    def __init__(self, tell: Progress, all: int) -> None:
        self._tell, self._all, self._done = tell, all, 0
        self._began = time.monotonic()

    def one_more(self) -> None:
        """One more is done."""
        self._done += 1
        left = (time.monotonic() - self._began) / self._done * (self._all - self._done)
        self._tell(
            _("  del {done} af {all}; omkring {left} tilbage").format(
                done=self._done, all=self._all, left=_in_words(left)
            )
        )


def _in_words(seconds: float) -> str:
    """Seconds under two minutes, else minutes."""
    if seconds < 120:
        return _("{n} sek.").format(n=round(seconds))
    return _("{n} min.").format(n=round(seconds / 60))
