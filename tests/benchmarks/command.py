"""Runs commands in processes of their own, in an empty folder without the user's settings, and says what they took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took: seconds by the clock, seconds of processor, and bytes of its largest process at its peak.
    `tail` is the end of its output, if that was asked for; `ended` says that its time was up."""

    seconds: float
    cpu: float | None
    peak: int | None
    tail: str
    ended: bool


def policyx(*arguments: str | Path) -> list[str]:
    """The command as a user types it; of this interpreter where it is installed, else as a module."""
    script = Path(sysconfig.get_path("scripts")) / ("policyx.exe" if os.name == "nt" else "policyx")
    begin = [str(script)] if script.exists() else [sys.executable, "-m", "policyx"]
    return [*begin, *map(str, arguments)]


def environment(cache: Path) -> dict[str, str]:
    """The variables of a user who has set nothing of policyx, and keeps compiled rules and byte code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLICYX_")}
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONUTF8", "FORCE_COLOR"):
        kept.pop(name, None)
    return kept | {"POLICYX_CACHE": str(cache)}


def run(
    command: Sequence[str], folder: Path, variables: Mapping[str, str], *, seconds: float = 0, tail: bool = False
) -> Run:
    """Run `command` in `folder`, its output thrown away or read and only its `tail` kept; after `seconds` it is ended.

    Raises RuntimeError if it fails."""
    wrapped = [sys.executable, "-S", "-E", str(_CHILD), str(seconds), "tail" if tail else "devnull", *command]
    done = subprocess.run(wrapped, cwd=folder, env=dict(variables), stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)
    ended = bool(seconds) and found["seconds"] >= seconds
    if found["code"] and not ended:
        raise RuntimeError(f"{' '.join(command)} left with {found['code']}: {found['told'].strip()}")
    return Run(found["seconds"], found["cpu"], found["peak"], found["tail"], ended)
