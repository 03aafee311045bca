"""policyx inside a PySpark job: documents in, records in Parquet out.

    python examples/spark_job.py seeds records.parquet [MASTER]

`mapInPandas` gives each core a stream of documents: the rules are loaded once there, and each document becomes its
records. Needs policyx[spark] on every worker, and Java 17 or newer."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from pyspark.sql import SparkSession

SCHEMA = "source string, quote string, name string, base_value string, record string, failure string"


def read(documents: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The records of each document; of one that cannot be read a row with the reason."""
    import policyx
    from policyx.pipeline import read_source
    from policyx.read import documents_in

    rules = policyx.load_rules()
    for frame in documents:
        rows = []
        for path, content in zip(frame["path"], frame["content"], strict=True):
            for source in documents_in(bytes(content), path, suffix=Path(path).suffix):
                if isinstance(source, policyx.ReadError):
                    rows.append((source.path, None, None, None, None, source.reason))
                    continue
                for record in read_source(source, rules=rules).records:
                    told = json.dumps(policyx.record_dict(record), ensure_ascii=False, default=str)
                    # base_value as text: exact, however long
                    value = str(record.quantity.base_value)
                    rows.append((record.source, record.quote, record.name, value, told, None))
        yield pd.DataFrame(rows, columns=["source", "quote", "name", "base_value", "record", "failure"])


def main(folder: str, target: str, master: str = "local[2]") -> None:
    """Spark packs small files into partitions of `maxPartitionBytes`; what opening a file costs is set low, or else
    each would get a partition of its own."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = (
        SparkSession.builder.master(master)
        .appName("policyx")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.files.maxPartitionBytes", "8m")
        .config("spark.sql.files.openCostInBytes", "4k")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    documents = (
        spark.read.format("binaryFile")
        .option("pathGlobFilter", "*.txt")
        .option("recursiveFileLookup", "true")
        .load(Path(folder).absolute().as_uri())
        .select("path", "content")
    )
    documents.mapInPandas(read, SCHEMA).write.mode("overwrite").parquet(Path(target).absolute().as_uri())
    written = spark.read.parquet(Path(target).absolute().as_uri())
    print(f"{written.where('failure IS NULL').count()} records of {documents.count()} documents")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
