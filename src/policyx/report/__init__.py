"""Documents go in, one HTML page comes out that shows every record beside its source text, and needs no network.
Calling the module does it: `policyx.report(documents, "figures.html")`."""

from policyx.callable import make_callable
from policyx.report.page import page_pieces
from policyx.report.shown import ShownDocument, shown_document
from policyx.report.write import report

__all__ = ["ShownDocument", "page_pieces", "report", "shown_document"]

make_callable(__name__, report)
