"""Files dropped on a local web page go in, the report of them comes out, for people without a shell."""

from policyx.serve.app import Limits, make_app
from policyx.serve.server import Server

__all__ = ["Limits", "Server", "make_app"]
