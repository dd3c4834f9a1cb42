"""Hand-worked examples of every indicator, a file a theme."""
