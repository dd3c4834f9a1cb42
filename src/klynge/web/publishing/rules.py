"""What may happen in the publishing room."""
