"""What may happen in the funds room."""
