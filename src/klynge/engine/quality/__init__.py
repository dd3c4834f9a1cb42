"""What a pack tells of the registers it was made from: what came in, and what became of it.

No count is told as it is: those that are told are rounded, and small ones are not told at all.
"""
