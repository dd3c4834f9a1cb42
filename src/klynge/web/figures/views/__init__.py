"""The pages of the figures room, a file a subject."""
