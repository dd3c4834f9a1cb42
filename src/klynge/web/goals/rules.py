"""What may happen in the goals room."""
