"""`python -m klynge`."""

from klynge.cli import entry

entry()
