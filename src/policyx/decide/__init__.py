"""Decisions: what constructions and frames propose in, records out. Which proposal wins is told by rules."""

from policyx.decide.document import Found, read_records

__all__ = ["Found", "read_records"]
