"""Theme: chronic disease."""
