"""Text goes in, the same text with the codes of a terminal for a style goes out."""

from __future__ import annotations

DIM, BOLD, GREEN, CYAN, YELLOW, RED_STRUCK, BOLD_GREEN = "2", "1", "32", "36", "33", "9;31", "1;32"


def coloured(text: str, style: str, colour: bool) -> str:
    """`text` in a style if colour is wanted; nothing around an empty text."""
    return f"\x1b[{style}m{text}\x1b[0m" if colour and text else text
