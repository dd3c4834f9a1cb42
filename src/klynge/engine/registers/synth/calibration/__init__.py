"""How close invented registers come to the published figures they were calibrated to.

    compare(folder)      each rate beside its source value, with its sampling error
    reference_page()     docs/reference/synthetic-registers.md, from 100,000 persons

The rates are counted from the written files with plain SQL of their own, not with the engine's
spine: a second opinion, and a way to see when the spine and the registers disagree.
"""

from klynge.engine.registers.synth.calibration.measure import Measured, compare
from klynge.engine.registers.synth.calibration.page import reference_page
from klynge.engine.registers.synth.calibration.rates import RATES, Rate

__all__ = ["RATES", "Measured", "Rate", "compare", "reference_page"]
