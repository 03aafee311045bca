"""Datasets and documents go in, `Document` values with their records come out: what checks, panels and reports read.

A dataset is what `policyx batch` or `policyx extract -o` wrote: a SQLite or DuckDB file, a folder of shards, a Parquet
file, JSON or JSON Lines. It holds records, not texts: its documents have an empty `original`.
"""

from policyx.dataset.inputs import Given, documents
from policyx.dataset.reader import is_dataset, read_dataset

__all__ = ["Given", "documents", "is_dataset", "read_dataset"]
