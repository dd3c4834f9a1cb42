"""The attacker on the finished rows of the table.

He has every row, knows which places lie in which, that destinations add up to the size of their
row, how many steps there are of all origins together, and, when he is after a destination, every
size leaf by leaf. Of what was counted only these are read, and which numbers the rules keep secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from scipy import sparse

from klynge.engine.disclosure import rules
from klynge.engine.disclosure.attack import Facts, NoSuchCounts, recovered
from klynge.engine.disclosure.published import Finding
from klynge.engine.flows.counting import FlowCounts
from klynge.engine.flows.protecting import Grid
from klynge.engine.flows.states import AGES, CODE, DESTINATIONS, ORIGINS

if TYPE_CHECKING:
    from klynge.structure import Geography


def attack_flows(rows: pa.Table, counts: FlowCounts, geography: Geography) -> tuple[Finding, ...]:
    """Every hidden number of one year that can be worked out of its finished rows."""
    grid = Grid(counts.areas, geography)
    numerator, denominator = _laid(rows, counts.period, grid)
    cells = sparse.csr_matrix(sparse.kron(grid.place_matrix, grid.age_matrix))
    told = [
        (*_named(grid, at), f"numerator {ORIGINS[origin].id}")
        for origin in range(len(ORIGINS))
        for at in _destinations(cells, numerator[:, :, origin], counts, origin)
    ]
    told += [(*_named(grid, at), "denominator") for at in _sizes(cells, denominator, counts)]
    return tuple(
        Finding(CODE, counts.period, kind, place, "all", age, what)
        for kind, place, age, what in told
    )


def _laid(rows: pa.Table, period: str, grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    """Published numerators (places, ages, origins, destinations) and denominators; -1 hidden."""
    place = {name: at for at, name in enumerate(grid.places)}
    age = {name: at for at, name in enumerate(AGES)}
    origin = {state.id: at for at, state in enumerate(ORIGINS)}
    goal = {state.id: at for at, state in enumerate(DESTINATIONS)}
    numerator = np.full((len(place), len(age), len(origin), len(goal)), -1, np.int64)
    denominator = np.full((len(place), len(age), len(origin)), -1, np.int64)
    for row in rows.to_pylist():
        if row["period"] != period or row["status"] != "shown":
            continue
        at = place[row["place_kind"], row["place"]], age[row["age"]], origin[row["origin"]]
        numerator[(*at, goal[row["destination"]])] = row["numerator"]
        denominator[at] = row["denominator"]
    return numerator, denominator


def _destinations(
    cells: sparse.csr_matrix, shown: np.ndarray, counts: FlowCounts, origin: int
) -> list[int]:
    """Rows (place x age) with a hidden destination that falls out. Leaves: areas, atoms, goals."""
    goals, sizes = shown.shape[2], counts.at_risk[:, origin]
    persons, others = (
        cells @ np.moveaxis(part[:, origin], 1, 2).reshape(-1, goals)
        for part in (counts.persons, counts.others)
    )
    few = rules.numerator_is_secret(persons, others, population=False).ravel()
    each = sparse.csr_matrix(sparse.kron(cells, sparse.identity(goals)))
    whole = sparse.csr_matrix(sparse.kron(sparse.identity(cells.shape[1]), np.ones((1, goals))))
    numbers, upper = shown.ravel(), np.repeat(sizes.ravel(), goals).astype(float)
    seen = np.flatnonzero(numbers >= 0)
    somebody = np.asarray(each @ np.minimum(upper, 1.0)) > 0
    targets = np.flatnonzero((numbers < 0) & somebody)
    facts = Facts(
        rows=sparse.vstack([each[seen], whole], format="csr"),
        values=np.concatenate([numbers[seen], sizes.ravel()]).astype(float),
        lower=np.zeros(len(upper)),
        upper=upper,
    )
    return [int(at) // goals for at in _told(facts, each[targets], targets, few)]


def _sizes(cells: sparse.csr_matrix, shown: np.ndarray, counts: FlowCounts) -> list[int]:
    """Rows (place x age) with a hidden size that falls out. Leaves: areas, atoms, origins."""
    origins = shown.shape[2]
    leaves = np.moveaxis(counts.at_risk, 1, 2)
    each = sparse.csr_matrix(sparse.kron(cells, sparse.identity(origins)))
    whole = sparse.csr_matrix(sparse.kron(sparse.identity(cells.shape[1]), np.ones((1, origins))))
    totals = leaves.sum(axis=2).ravel()
    numbers, upper = shown.ravel(), np.repeat(totals, origins).astype(float)
    seen = np.flatnonzero(numbers >= 0)
    # A size that goes only with the destinations of its row is no secret of its own.
    persons = np.moveaxis(counts.at_risk_persons, 1, 2).reshape(-1, origins)
    few = rules.denominator_is_secret(cells @ persons).ravel()
    targets = np.flatnonzero((numbers < 0) & few)
    facts = Facts(
        rows=sparse.vstack([each[seen], whole], format="csr"),
        values=np.concatenate([numbers[seen], totals]).astype(float),
        lower=np.zeros(len(upper)),
        upper=upper,
    )
    return [int(at) // origins for at in _told(facts, each[targets], targets, few)]


def _told(
    facts: Facts, goals: sparse.csr_matrix, targets: np.ndarray, few: np.ndarray
) -> list[int]:
    if not len(targets):
        return []
    doubt = rules.least_doubt(few[targets], goals @ facts.upper)
    try:
        found = recovered(facts, goals, doubt=doubt)
    except NoSuchCounts:
        return [int(at) for at in targets]
    return [int(targets[one.target]) for one in found]


def _named(grid: Grid, at: int) -> tuple[str, str, str]:
    place, age = divmod(at, len(AGES))
    return (*grid.places[place], AGES[age])
