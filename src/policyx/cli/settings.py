"""Settings files of the current folder go in, the defaults of each command's options go out.

`policyx.toml` is read, or else the table `[tool.policyx]` of `pyproject.toml`. Command line and environment win.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

_TEXT, _WORDS = "text", "a list of texts"
_KEYS = {
    "format": _TEXT,
    "lang": _TEXT,
    "rules": _WORDS,
    "encoding": _TEXT,
    "glob": _TEXT,
    "columns": _WORDS,
    "jobs": "a whole number",
}
# which command takes which keys; `rules` is a command with commands of its own
_COMMANDS: dict[str, tuple[str, ...]] = {
    "extract": tuple(_KEYS),
    "batch": ("rules", "encoding", "glob", "jobs"),
    "review": ("lang",),
    "formats": ("lang",),
    "clean": ("rules", "encoding"),
    "quantities": ("rules", "encoding", "lang"),
    "explain": ("rules", "encoding", "lang"),
    "text": ("encoding", "glob"),
}
COMMANDS_WITH_LANG = tuple(command for command, keys in _COMMANDS.items() if "lang" in keys)
_OF_RULES = ("list", "show", "check")


def defaults(folder: Path | None = None) -> dict[str, Any]:
    """Defaults by command and option, from the settings of `folder` (the current one). Wrong settings are a usage
    error that names file and key."""
    settings = load_settings(folder or Path())
    if not settings:
        return {}
    by_command: dict[str, Any] = {
        command: {key: settings[key] for key in keys if key in settings} for command, keys in _COMMANDS.items()
    }
    by_command["rules"] = {name: {"rules": settings["rules"]} for name in _OF_RULES if "rules" in settings}
    return by_command


def load_settings(folder: Path) -> dict[str, Any]:
    """The checked settings of a folder; none where there is no file."""
    own, project = folder / "policyx.toml", folder / "pyproject.toml"
    if own.is_file():
        return _checked(own, _toml(own))
    if project.is_file() and b"tool.policyx" in project.read_bytes():
        return _checked(project, _toml(project).get("tool", {}).get("policyx", {}))
    return {}


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise typer.BadParameter(f"{path}: cannot be read: {error.strerror}", param_hint="settings") from None
    except ValueError as error:  # not TOML, or not UTF-8
        raise typer.BadParameter(f"{path}: is not valid TOML: {error}", param_hint="settings") from None


def _checked(path: Path, settings: dict[str, Any]) -> dict[str, Any]:
    checked = dict(settings)
    for key, value in settings.items():
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            raise typer.BadParameter(f"{path}: {key!r} is not a setting; known are {known}.", param_hint="settings")
        if _KEYS[key] == _WORDS and isinstance(value, str):
            value = checked[key] = [value]
        if not _fits(value, _KEYS[key]):
            raise typer.BadParameter(f"{path}: {key} must be {_KEYS[key]}, not {value!r}.", param_hint="settings")
    if "columns" in checked:
        checked["columns"] = ",".join(checked["columns"])
    return checked


def _fits(value: Any, wanted: str) -> bool:
    if wanted == _TEXT:
        return isinstance(value, str)
    if wanted == _WORDS:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, int) and not isinstance(value, bool)
