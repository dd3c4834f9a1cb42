"""What the meetings room keeps. Change it through rules.py, not here."""
