"""What may happen in the initiatives room."""
