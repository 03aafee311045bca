"""A folder of mixed files to one workbook: the figures with their evidence, indicators by year, what could not be read.

    python examples/folder_to_workbook.py [FOLDER] [FIGURES.xlsx]

On the command line the same is `policyx extract FOLDER -o FIGURES.xlsx`. Needs policyx[formats,xlsx].
"""

from __future__ import annotations

import sys

import policyx

folder = sys.argv[1] if len(sys.argv) > 1 else "examples/mixed"
target = sys.argv[2] if len(sys.argv) > 2 else "figures.xlsx"

with policyx.open_writer(target) as writer:
    for document in policyx.documents(folder):
        if isinstance(document, policyx.ReadError):
            writer.add_problem(document.path, document.reason)
            print(document, file=sys.stderr)
        else:
            writer.add(document)
            print(f"{len(document):4} records  {document.format:5} {document.source}")
