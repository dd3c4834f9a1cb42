"""Meetings out of and into the house, in the shapes other systems read and write."""
