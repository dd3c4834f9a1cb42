"""Theme: the population and its use of general practice."""
