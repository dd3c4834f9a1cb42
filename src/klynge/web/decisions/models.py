"""What the decisions room keeps. Change it through rules.py, not here."""
