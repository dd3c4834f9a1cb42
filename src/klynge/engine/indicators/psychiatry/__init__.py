"""Theme: psychiatry."""
