"""What may happen in the meetings room."""
