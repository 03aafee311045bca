"""Decisions: what constructions and frames propose in, records out. Which proposal wins is told by rules."""

from policyx.decide.document import read_records

__all__ = ["read_records"]
