"""Our figures held against numbers that others have published, and where they differ too much."""
