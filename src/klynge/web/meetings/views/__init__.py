"""The pages of the meetings room."""
