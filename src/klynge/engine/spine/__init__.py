"""The spine: the few person-level tables every indicator is built on.

`tables.py` says what they hold, the numbered SQL files say how each is made from the registers,
`models.py` puts them in order and checks them, `running.py` runs them through a backend.

Two things hold for every model, so that the whole can be cut at person ranges or moved to another
engine without being rebuilt: it looks only at rows of one person at a time (every window is
partitioned by pid), and it keeps to the subset of SQL that `subset.py` checks.
"""
