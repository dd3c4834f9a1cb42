"""Makes the spine in a database, from the registers' views."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

import pyarrow as pa

from klynge.engine.spine.chronic import ChronicRule, chronic_codes, chronic_rules
from klynge.engine.spine.engine import Engine
from klynge.engine.spine.models import Model, Parameters
from klynge.engine.spine.ruks import ruks_names
from klynge.engine.spine.scores import score_codes


def small_tables(
    kommuner: Sequence[str],
    chronic: Sequence[ChronicRule] = (),
    from_register: Collection[str] = (),
) -> dict[str, pa.Table]:
    """The tables that the models read and no register gives.

    kommuner: the codes that count as residence. chronic: the diseases to find the onset of
    by rules. from_register: those that the register RUKS tells.
    """
    return {
        "kommuner": pa.table({"kommune": pa.array(kommuner, pa.string())}),
        "chronic_codes": chronic_codes(chronic),
        "chronic_rules": chronic_rules(chronic),
        "score_codes": score_codes(),
        "ruks_names": ruks_names(from_register),
    }


def make(
    database: Engine,
    needed: Iterable[Model],
    parameters: Parameters,
    *,
    kommuner: Sequence[str],
    chronic: Sequence[ChronicRule] = (),
    from_register: Collection[str] = (),
    tell: Callable[[str], None] | None = None,
) -> None:
    """Run the models `needed`, in order. The views `reg_...` they read must be there.

    tell: called with the name of each table before it is made.
    """
    for name, table in small_tables(kommuner, chronic, from_register).items():
        database.register(name, table)
    for model in needed:
        if tell and not model.is_view:
            tell(model.name)
        database.execute(
            f"CREATE {model.kind} {model.name} AS {model.sql(parameters)}", doing=model.name
        )
