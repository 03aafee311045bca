"""Rows in, a table for people or JSON for programs out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.benchmarks.row import Row

Sections = Mapping[str, list[Row]]

_MET = {True: ("met", "green"), False: ("MISSED", "bold red"), None: ("", "")}


def print_table(sections: Sections, setting: Mapping[str, Any], console: Console) -> None:
    """Print one table; a limit that is missed says so."""
    table = Table(title=Text(_headline(setting)), title_justify="left")
    for name in ("section", "what", "figure", "unit", "limit", "", "how"):
        table.add_column(name, justify="right" if name in ("figure", "limit") else "left")
    for section, rows in sections.items():
        for number, row in enumerate(rows):
            word, style = _MET[row.met]
            texts = (section if not number else "", row.what, _figure(row), row.unit, str(row.limit or ""))
            table.add_row(*map(Text, texts), Text(word, style), Text(row.note), end_section=number == len(rows) - 1)
    console.print(table)


def as_json(sections: Sections, setting: Mapping[str, Any]) -> str:
    """The same as JSON: the setting, and each row with its section."""
    rows = [
        asdict(row) | {"section": section, "limit": row.limit and str(row.limit), "met": row.met}
        for section, found in sections.items()
        for row in found
    ]
    return json.dumps({"setting": dict(setting), "rows": rows}, ensure_ascii=False, indent=2)


def _headline(setting: Mapping[str, Any]) -> str:
    load = f", load {setting['load']}" if setting.get("load") else ""
    return (
        f"policyx {setting['policyx']} on Python {setting['python']}, {setting['cores']} cores{load}; "
        f"{setting['texts']}, {setting['megabytes']} MB"
    )


def _figure(row: Row) -> str:
    if row.figure is None:
        return "–"
    if abs(row.figure) >= 100:
        return f"{row.figure:,.0f}" if abs(row.figure) >= 1000 else f"{row.figure:.1f}"
    return f"{row.figure:.3g}"
