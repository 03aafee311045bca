"""Records on standard input, a table of indicators by year out: one column per year, the figure as it is in base units.

    policyx extract -f jsonl seeds | python examples/pivot.py

Only levels are compared, and of several documents that tell the same figure the last one counts. pandas holds the
figures as floats; the records themselves are exact. Needs pandas.
"""

from __future__ import annotations

import sys

import pandas as pd

records = pd.read_json(sys.stdin, lines=True)
levels = records[(records["measure"] == "level") & records["indicator"].notna() & records["year"].notna()]
table = levels.astype({"year": int}).pivot_table(
    index=["label", "base_unit"], columns=["year", "status"], values="base_value", aggfunc="last"
)
with pd.option_context("display.max_columns", None, "display.width", 120, "display.unicode.east_asian_width", True):
    print(table.to_string(na_rep="", float_format="{:g}".format))
