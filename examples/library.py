"""A document in, its targets out, each with the place in the original that says so: policyx as a library.

python examples/library.py [FILE]
"""

from __future__ import annotations

import sys
from pathlib import Path

import policyx

path = Path(sys.argv[1] if len(sys.argv) > 1 else "seeds/yangzhou-news-glossed.txt")
try:
    document = policyx.extract_file(path)
except policyx.ReadError as error:
    sys.exit(str(error))

print(f"{document.source}: {document.encoding}, {len(document.edits)} repairs, {len(document.records)} records")
for record in document.records:
    if record.status == "target":
        assert document.original[record.start : record.end] == record.quote  # this holds for every record
        quantity = record.quantity
        print(record.start, record.end, record.quote, quantity.base_value, quantity.base_unit, record.name, sep="\t")
