"""A meeting's papers: PDF, DOCX, the case of each authority, the journal package."""
