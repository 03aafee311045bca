"""Prints the dependencies that policyx names, with the versions and licences of what is installed, as a table."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
groups = {"": project["dependencies"], **project["optional-dependencies"]}
extras: dict[str, list[str]] = {}
for extra, requirements in groups.items():
    for requirement in requirements:
        name = re.split(r"[^A-Za-z0-9._-]", requirement)[0]
        if name != "policyx" and extra not in ("dev", "test", "benchmark"):
            extras.setdefault(name, []).append(extra or "always")

print("| package | needed | licence |\n|---|---|---|")
for name, needed in sorted(extras.items(), key=lambda item: (item[1] != ["always"], item[0].lower())):
    try:
        told = metadata(name)
    except PackageNotFoundError:
        licence = "not installed here"
    else:
        classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier", []) if line.startswith("License")]
        written = (told.get("License") or "").split("\n")[0]
        files = [Path(file).name for file in told.get_all("License-File", [])]
        licence = told.get("License-Expression") or "; ".join(classes) or written or "; ".join(files)
    print(f"| {name} | {', '.join(needed)} | {licence} |")
