"""The one place that starts HiGHS: one thread, a fixed seed, and not a word on standard output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock

import highspy
import numpy as np
from scipy import sparse

Status = highspy.HighsModelStatus
SolutionStatus = highspy.SolutionStatus


class _Tally:
    """How many linear programs have been solved since the start, whichever thread did it."""

    def __init__(self) -> None:
        self._lock, self.count = Lock(), 0

    def more(self) -> None:
        with self._lock:
            self.count += 1


SOLVED = _Tally()


class _Quiet(highspy.Highs):
    """HiGHS writes a banner while it is being made, before any option can be set; turning on
    callbacks (which we do not use) is the first thing it does there."""

    def enableCallbacks(self) -> None:
        self.setOptionValue("output_flag", False)


def solver(
    matrix: sparse.csr_matrix,
    *,
    cost: np.ndarray,
    columns: tuple[np.ndarray, np.ndarray],
    rows: tuple[np.ndarray, np.ndarray],
    whole: bool = False,
    **options: float | int | str,
) -> highspy.Highs:
    """HiGHS holding: minimise cost @ x, rows[0] <= matrix @ x <= rows[1], columns[0] <= x <=
    columns[1], x whole or not. `options` are HiGHS's own."""
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = cost
    model.col_lower_, model.col_upper_ = columns
    model.row_lower_, model.row_upper_ = rows
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data.astype(float)
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * matrix.shape[1]
    program: highspy.Highs = _Quiet()  # type: ignore[no-untyped-call]
    for option, value in {"threads": 1, "random_seed": 1, **options}.items():
        program.setOptionValue(option, value)
    program.passModel(model)
    return program


def run(
    program: highspy.Highs, *, otherwise: Sequence[Mapping[str, float | int | str]]
) -> highspy.HighsModelStatus:
    """Solve to the end: optimal, or no solution. Starting from an earlier solution HiGHS now and
    then gives up or errs, so any other end, and "no solution", is tried again from scratch with the
    options of `otherwise` in turn; the last of them stay.

    Raises RuntimeError when all fail.
    """
    SOLVED.more()
    program.run()
    tries = list(otherwise)
    while program.getModelStatus() not in (Status.kOptimal, Status.kModelEmpty):
        if not tries:
            if program.getModelStatus() == Status.kInfeasible:
                break
            raise RuntimeError(program.modelStatusToString(program.getModelStatus()))
        program.clearSolver()
        for option, value in tries.pop(0).items():
            program.setOptionValue(option, value)
        program.run()
    for option, value in otherwise[-1].items():
        program.setOptionValue(option, value)
    return program.getModelStatus()
