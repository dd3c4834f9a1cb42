"""Dates and numbers in Danish where Django's own choice is not ours."""

DATETIME_FORMAT = "j. F Y, H.i"
