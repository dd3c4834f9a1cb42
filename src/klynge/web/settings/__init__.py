"""Settings: `base` is common; `demo`, `test` and `production` each import it and say what differs.

The environment decides the rest; every variable starts with KLYNGE_ and is read in `environment`.
"""
