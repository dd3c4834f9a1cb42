"""Finds columns of a sparse matrix that are equal, by hashing all of them at once."""

from __future__ import annotations

import numpy as np
from scipy import sparse

_SEED = 20260301


def equal_columns(matrix: sparse.csr_matrix, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each wanted column the number of its group of equal columns (-1 for the others); and the
    first column of each group."""
    group = np.full(matrix.shape[1], -1)
    at = np.flatnonzero(wanted)
    looks = _hashes(matrix.tocsc()[:, at])
    _looks, first, number = np.unique(looks, axis=0, return_index=True, return_inverse=True)
    group[at] = number.reshape(-1)
    return group, at[first]


def equal_rows(matrix: sparse.csr_matrix) -> np.ndarray:
    """The first of every set of equal rows, in order."""
    _looks, first = np.unique(_hashes(matrix.tocsr()), axis=0, return_index=True)
    return np.sort(first)


def row_hashes(matrix: sparse.csr_matrix) -> np.ndarray:
    """What tells each row from every other one: equal rows have equal hashes."""
    return _hashes(matrix.tocsr())


def _hashes(matrix: sparse.csc_matrix | sparse.csr_matrix) -> np.ndarray:
    """128 bits for each column (of a csc matrix; row of a csr one): equal ones have equal bits, and
    that two others have them is not to be feared."""
    across = matrix.shape[0] if matrix.format == "csc" else matrix.shape[1]
    keys = np.random.default_rng(_SEED).integers(0, 2**63, (2, across), np.int64).astype(np.uint64)
    bits = (np.asarray(matrix.data, float) + 0.0).view(np.uint64)
    bits = (bits ^ (bits >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
    told = matrix.data != 0
    looks = np.empty((len(matrix.indptr) - 1, 2), np.uint64)
    for which in range(2):
        key = keys[which][matrix.indices]
        mixed = (key ^ bits) * (key | np.uint64(1))
        mixed = np.where(told, mixed ^ (mixed >> np.uint64(31)), np.uint64(0))
        total = np.concatenate([np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)])
        looks[:, which] = total[matrix.indptr[1:]] - total[matrix.indptr[:-1]]
    return looks
