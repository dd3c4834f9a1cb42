"""The rows of the table as the pack carries them; what is hidden without numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from klynge.datapack.flows import FLOW_SCHEMA
from klynge.engine.flows.protecting import ProtectedFlows
from klynge.engine.flows.states import AGES, DESTINATIONS, ORIGINS


def flow_rows(protected: ProtectedFlows) -> pa.Table:
    """One row a place, age, origin and destination of one year."""
    shape = protected.numerator.shape
    size = protected.numerator.size
    denominator = np.broadcast_to(protected.denominator[..., None], shape).ravel()
    mute = protected.hidden.ravel()
    kinds = np.array([kind for kind, _id in protected.places])
    ids = np.array([id for _kind, id in protected.places])
    columns = {
        "place_kind": _along(kinds, 0, shape),
        "place": _along(ids, 0, shape),
        "period": pa.array([protected.counts.period] * size, pa.string()),
        "age": _along(np.array(AGES), 1, shape),
        "origin": _along(np.array([state.id for state in ORIGINS]), 2, shape),
        "destination": _along(np.array([state.id for state in DESTINATIONS]), 3, shape),
        "status": pa.array(np.where(mute, "hidden", "shown").tolist(), pa.string()),
        "numerator": pa.array(protected.numerator.ravel(), pa.int64(), mask=mute),
        "denominator": pa.array(denominator, pa.int64(), mask=mute),
    }
    with np.errstate(invalid="ignore", divide="ignore"):
        share = 100 * protected.numerator.ravel() / denominator
    columns["value"] = pa.array(share, pa.float64(), mask=mute | (denominator == 0))
    return pa.table(columns, schema=FLOW_SCHEMA)


def _along(words: np.ndarray, axis: int, shape: tuple[int, ...]) -> pa.Array:
    form = [1] * len(shape)
    form[axis] = len(words)
    return pa.array(np.broadcast_to(words.reshape(form), shape).ravel().tolist(), pa.string())
