"""A page drawn as a picture, as a scanner would give it, and read back: recognition against the text of the page.

    python examples/ocr_page.py FILE.pdf [PAGE] [DPI]

Needs policyx[ocr]; its models come with it, nothing is loaded from anywhere. A picture or a PDF of pictures is read
like any other file: `policyx extract scan.pdf`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

import policyx

if len(sys.argv) < 2:
    sys.exit(str(__doc__).strip())
path = Path(sys.argv[1])
page, dpi = (int(word) for word in [*sys.argv[2:4], *("1", "200")[len(sys.argv) - 2 :]])
wanted = [record for record in policyx.extract_file(path) if record.page == page]

with TemporaryDirectory() as folder:
    picture = Path(folder, f"page-{page}.png")
    pypdfium2.PdfDocument(path)[page - 1].render(scale=dpi / 72).to_pil().convert("RGB").save(picture)
    document = policyx.extract_file(picture)

read = {(record.base_value, record.base_unit) for record in document}
told = {(record.base_value, record.base_unit) for record in wanted}
print(f"page {page} at {dpi} dpi: {len(read & told)} of {len(told)} figures read as the page says")
for record in document:
    doubt = f"  ({', '.join(record.flags)})" if record.flags else ""
    print(f"{record.quote}\t{record.name}\t{record.year}{doubt}")
