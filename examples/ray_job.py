"""policyx inside a Ray Data job of one's own: documents in, records in Parquet out, whatever else the job may do.

    python examples/ray_job.py seeds records.parquet [ADDRESS]

For a dataset that later runs add to, with failures recorded and documents that hang given up, there is
`policyx batch IN OUT --engine ray`. Needs policyx[ray] on every node, and a folder that every node sees, or a URI."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import ray


class Reader:
    """One on each core: the rules are loaded once, and then every document is read with them."""

    def __init__(self) -> None:
        import policyx

        self.extract = policyx.extract_file
        self.record_dict = policyx.record_dict
        self.rules = policyx.load_rules()

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[Any]]:
        rows: dict[str, list[Any]] = {"source": [], "quote": [], "name": [], "base_value": [], "record": []}
        for path in batch["path"]:
            for record in self.extract(path, rules=self.rules):
                rows["source"].append(record.source)
                rows["quote"].append(record.quote)
                rows["name"].append(record.name)
                rows["base_value"].append(str(record.quantity.base_value))  # as text: exact, however long
                rows["record"].append(json.dumps(self.record_dict(record), ensure_ascii=False, default=str))
        return rows


def main(folder: str, target: str, address: str | None = None) -> None:
    """Read each document of a folder; `batch_size` packs them, as a task for each costs more than reading it."""
    ray.init(address=address, log_to_driver=False, logging_level="error")
    ray.data.DataContext.get_current().enable_progress_bars = False
    cores = int(ray.cluster_resources()["CPU"])
    paths = sorted(str(path.absolute()) for path in Path(folder).rglob("*.txt"))
    records = ray.data.from_items([{"path": path} for path in paths]).map_batches(
        Reader, batch_size=64, compute=ray.data.ActorPoolStrategy(size=cores)
    )
    records.write_parquet(str(Path(target).absolute()))
    print(f"{ray.data.read_parquet(str(Path(target).absolute())).count()} records of {len(paths)} documents")


if __name__ == "__main__":
    main(*sys.argv[1:])
