"""Documents go in, one HTML page comes out that shows every record beside its source text, and needs no network."""

from policyx.report.page import Passed, report
from policyx.report.shown import ShownDocument, shown_document

__all__ = ["Passed", "ShownDocument", "report", "shown_document"]
