"""Theme: frail older people."""
