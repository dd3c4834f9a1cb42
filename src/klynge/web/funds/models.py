"""What the funds room keeps. Change it through rules.py, not here."""
