"""Documents into an SQLite database, and a question to it: which targets are above what was reached?

    python examples/database.py [DATABASE]

Running it again replaces what the database holds of the same files. Needs nothing but policyx.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import policyx

QUESTION = """
    SELECT t.label, t.place, a.year, a.value_exact || a.unit, t.year, t.value_exact || t.unit,
           round(100 * (t.base_value / a.base_value - 1), 1)
    FROM targets t
    JOIN latest a USING (indicator, place, measure, base_unit)
    WHERE a.status = 'actual' AND t.measure = 'level' AND t.year > a.year AND t.base_value > a.base_value
    ORDER BY t.label, t.place, a.value, t.year
"""

path = Path(sys.argv[1] if len(sys.argv) > 1 else "policyx.sqlite")
with policyx.open_writer(path) as writer:
    for file in sorted(Path("seeds").glob("*.txt")):
        writer.add(policyx.extract(file))

with closing(sqlite3.connect(path)) as database:
    for label, place, year, reached, target_year, target, more in database.execute(QUESTION):
        print(f"{place}  {label}  {year}: {reached}  {target_year}: {target}  (+{more}%)")
