"""The version, in one place: the build, `policyx --version` and the JSON output read it from here."""

__version__ = "0.1.0"
