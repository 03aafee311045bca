"""The outline: segments and times in, the document's frame and the sections out: kind, date, years, place, parts."""

from policyx.outline.document import Given, read_document
from policyx.outline.frame import DocumentFrame

__all__ = ["DocumentFrame", "Given", "read_document"]
