"""What may leave, what is hidden to protect it, and the attacker who tries to work it out.

Start with `rules`; see docs/explanation/what-may-leave.md and docs/reference/disclosure.md.
"""
