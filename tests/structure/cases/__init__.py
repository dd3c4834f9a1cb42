"""The law as a table: compositions, and what the check says about each with which paragraph."""

from tests.structure.cases import faglig, politisk, raad, regional

CASES = {**politisk.CASES, **faglig.CASES, **regional.CASES, **raad.CASES}
