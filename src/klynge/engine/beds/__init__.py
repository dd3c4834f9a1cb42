"""Beds at 23:00: what hospitals report of their wards, by klynge, month by month.

No row is about a person, so the register is read by itself, beside the store of persons.
"""
