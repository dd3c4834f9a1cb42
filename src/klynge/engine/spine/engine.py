"""What the spine asks of an engine that can meet rows. `klynge.engine.backends` has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pyarrow as pa


class Engine(Protocol):
    """A database with the registers' views in it. `doing` names the step in an error message."""

    def execute(
        self,
        sql: str,
        parameters: Sequence[object] | Mapping[str, object] | None = None,
        *,
        doing: str = "",
    ) -> None:
        """Run a statement whose answer is not wanted."""

    def fetchall(
        self,
        sql: str,
        parameters: Sequence[object] | Mapping[str, object] | None = None,
        *,
        doing: str = "",
    ) -> list[tuple[Any, ...]]:
        """Every row of a query."""

    def arrow(
        self,
        sql: str,
        parameters: Sequence[object] | Mapping[str, object] | None = None,
        *,
        doing: str = "",
    ) -> pa.Table:
        """The answer of a query as an Arrow table."""

    def register(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table readable as `name`."""
