"""What may happen in the decisions room."""
