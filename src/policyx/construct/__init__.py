"""The engine for constructions: clauses in, what each construction proposes for each figure out. It knows no word; the
constructions are rules."""

from policyx.construct.engine import Construction, Constructions, Figure, Match, constructions

__all__ = ["Construction", "Constructions", "Figure", "Match", "constructions"]
