"""Documents go in, files and tables go out: one module per format, one registry, and the schema of what is written."""

from policyx.export.registry import FORMATS, Format, Writer, format_of, joined, writer, written
from policyx.export.select import Selection
from policyx.export.view import View

__all__ = ["FORMATS", "Format", "Selection", "View", "Writer", "format_of", "joined", "writer", "written"]
