"""KL Gateway's FHIR bundles as a delivery of the municipal registers.

Kommuner report care (SEL § 83 and others), rehabilitation (SUL § 140) and prevention (SUL § 119)
as daily bundles, one a citizen and day. Here they become the tables of the catalogue, so that
everything after knows one layout. See docs/reference/kl-gateway.md.
"""

from klynge.engine.registers.gateway.unpacking import Unpacked, unpack

__all__ = ["Unpacked", "unpack"]
