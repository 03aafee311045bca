"""Prints the lowest versions that pyproject.toml allows, as a file of constraints for pip."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = project["optional-dependencies"]
wanted = [*project["dependencies"]]
for extra in ("html", "pdf", "sheets", "xlsx", "duckdb", "serve", "test"):
    wanted += extras[extra]
for requirement in dict.fromkeys(wanted):
    found = re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?>=([0-9][0-9a-z.]*)", requirement)
    if found:
        print(f"{found[1]}=={found[2]}")
