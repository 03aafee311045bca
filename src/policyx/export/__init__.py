"""Documents go in, files and tables go out: one module per format, one registry, and the schema of what is written."""

from policyx.export.files import DocumentWriter, open_writer
from policyx.export.registry import FORMATS, Format, Writer, format_of, is_file_format, joined, part_of, writer, written
from policyx.export.select import Selection
from policyx.export.view import View

__all__ = [
    "FORMATS",
    "DocumentWriter",
    "Format",
    "Selection",
    "View",
    "Writer",
    "format_of",
    "is_file_format",
    "joined",
    "open_writer",
    "part_of",
    "writer",
    "written",
]
