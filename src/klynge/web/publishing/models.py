"""What the publishing room keeps. Change it through rules.py, not here."""
