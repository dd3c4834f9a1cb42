"""What the initiatives room keeps. Change it through rules.py, not here."""
