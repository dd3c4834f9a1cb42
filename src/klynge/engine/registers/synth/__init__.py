"""Invented registers that look like Denmark: for trials, tests and the demo.

Nobody in them exists: see `numbering` for why no number can be anyone's, and
docs/reference/synthetic-registers.md for how close the country as a whole comes to the
published one, and what is not like it at all.
"""

from klynge.engine.registers.synth.planting import Planted
from klynge.engine.registers.synth.writing import write

__all__ = ["Planted", "write"]
