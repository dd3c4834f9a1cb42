"""What the agreements room keeps. Change it through rules.py, not here."""
