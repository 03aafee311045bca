"""Cells that list several figures, each behind its own words: A类：50万元 B类：40万元; 一等奖5万元，二等奖3万元."""

from __future__ import annotations

from policyx.model import Span
from policyx.patterns import compiled

_PIECE = compiled(r"[^，；。、;]+")
_WORD = compiled(r"\S+")
_NUMBER = compiled(r"[0-9][0-9.,]*")
_LISTED = compiled(r"[^0-9]{1,12}[0-9][0-9.,]*\s?[^0-9]{0,4}")
_LABELLED = compiled(r"(?:[^0-9:：]{1,10}[:：][0-9][0-9.,]*){2,}[^0-9:：]{0,4}")
_FEWEST = 2


def pieces(text: str, span: Span) -> list[Span]:
    """The parts of a cell that tell one figure each, as far as marks or blanks part them."""
    found: list[Span] = []
    for piece in _PIECE.finditer(text, span.start, span.end):
        several = len(_NUMBER.findall(piece[0])) > 1
        found += (
            [Span(*word.span()) for word in _WORD.finditer(text, *piece.span())] if several else [Span(*piece.span())]
        )
    return found


def is_list(cell: str) -> bool:
    """True for a cell of at least two words that have a figure each behind them, and nothing else."""
    return _told(cell) >= _FEWEST


def is_told(cell: str) -> bool:
    """True for a cell without figures, and one of words that have a figure each behind them."""
    return not any(map(str.isdigit, cell)) or _told(cell) > 0


def _told(cell: str) -> int:
    if _LABELLED.fullmatch(cell):  # blanks were taken out
        return len(_NUMBER.findall(cell))
    parts = [cell[slice(*part)].strip() for part in pieces(cell, Span(0, len(cell)))]
    figured = [part for part in parts if any(map(str.isdigit, part))]
    return len(figured) if all(map(_LISTED.fullmatch, figured)) else 0
