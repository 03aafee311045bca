"""The errors that policyx raises on purpose; each says what was wrong and where."""


class PolicyxError(Exception):
    """Base of all errors that a caller may want to catch and show."""


class ReadError(PolicyxError):
    """A document could not be read: `path` names it, `reason` says why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class RuleError(PolicyxError):
    """A rule file is wrong: `path`, the `entry` (its id, or its number) and the `key` at fault, and why; both are
    empty where the file itself cannot be read."""

    def __init__(self, path: str, entry: str, key: str, reason: str) -> None:
        super().__init__(": ".join(part for part in (path, entry, key, reason) if part))
        self.path = path
        self.entry = entry
        self.key = key
        self.reason = reason


class MissingExtraError(PolicyxError):
    """What was asked for needs packages that are not installed: `wanted` names it, `extra` the extra that has them."""

    def __init__(self, wanted: str, packages: str, extra: str) -> None:
        super().__init__(f"{wanted} needs {packages}: pip install 'policyx[{extra}]'")
        self.wanted = wanted
        self.extra = extra
