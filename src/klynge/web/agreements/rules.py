"""What may happen in the agreements room."""
