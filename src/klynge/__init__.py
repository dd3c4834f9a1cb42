"""Klynge: open tools for Denmark's health partnerships.

Two zones and one envelope: `klynge.engine` counts in the secure zone, `klynge.datapack` is the only
thing that crosses, `klynge.web` is the workspace around it. `klynge.structure` and `klynge.methods`
are the common ground of both.
"""

__version__ = "0.1.0"
