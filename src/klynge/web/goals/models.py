"""What the goals room keeps. Change it through rules.py, not here."""
