"""The attack on denominators with everything published at once.

A hidden denominator is first protected by itself (`population`). But a numerator is a part of its
denominator, so what is published of the numerators may close the last way out: if one of two
people must be a patient and the other must not, two unknown ones are known. Here the attacker gets
the denominators and the numerators of every share that divides by them, with the knowledge that
no numerator exceeds its denominator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from klynge.engine.cells import Span, kron, within
from klynge.engine.disclosure.attack import Facts


@dataclass(frozen=True)
class Part:
    """What is known of one numerator: atoms (ages of its leaves), edges (the age spans that its
    rows can tell apart), and the known sums (rows x leaves, values)."""

    atoms: Sequence[Span]
    bands: Sequence[Span]
    rows: sparse.csr_matrix
    values: np.ndarray
    leaves: np.ndarray | None = None


def joint_facts(
    rows: sparse.csr_matrix, values: np.ndarray, atoms: Sequence[Span], parts: Sequence[Part]
) -> Facts:
    """What is known of the leaves of a denominator (areas x 2 sexes x `atoms`) followed by those
    of each part. The first `len(values)` rows are the denominator's own."""
    size = rows.shape[1]
    blocks = [rows, *(part.rows for part in parts)]
    known = sparse.csr_matrix(sparse.block_diag(blocks, format="csr"))
    bounds = [_no_more_than(atoms, part, size, at, parts) for at, part in enumerate(parts)]
    ranges = sparse.vstack(bounds, format="csr") if bounds else None
    count = 0 if ranges is None else ranges.shape[0]
    return Facts(
        rows=known,
        values=np.concatenate([values, *(part.values for part in parts)]),
        lower=np.zeros(known.shape[1]),
        upper=np.full(known.shape[1], np.inf),
        ranges=ranges,
        range_low=np.zeros(count),
        range_high=np.full(count, np.inf),
    )


def _no_more_than(
    atoms: Sequence[Span], part: Part, size: int, at: int, parts: Sequence[Part]
) -> sparse.csr_matrix:
    """Rows "denominator less numerator is at least 0", one for each area, sex and band."""
    groups = size // len(atoms)
    every = sparse.identity(groups, format="csr")
    whole = kron(every, _members(atoms, part.bands))
    own = kron(every, _members(part.atoms, part.bands))
    widths = [other.rows.shape[1] for other in parts]
    before = sparse.csr_matrix((whole.shape[0], sum(widths[:at])))
    after = sparse.csr_matrix((whole.shape[0], sum(widths[at + 1 :])))
    rows: sparse.csr_matrix = sparse.hstack([whole, before, -own, after], format="csr")
    return rows


def _members(atoms: Sequence[Span], bands: Sequence[Span]) -> sparse.csr_matrix:
    return sparse.csr_matrix(
        np.array([[within(atom, band) for atom in atoms] for band in bands], float)
    )
