"""Where citizens go from one month to the next: a table of transitions between states.

The states, their order and the words for them are in `states.py`, the counting in `steps.sql`; see
docs/reference/flows.md.
"""
