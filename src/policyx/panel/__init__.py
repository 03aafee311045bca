"""Documents go in, a panel of places, years and indicators comes out. Calling the module does it:
`policyx.panel(documents)`."""

from policyx.callable import make_callable
from policyx.panel.build import panel, wanted_ids
from policyx.panel.row import COLUMNS, Panel, PanelRow, Series

__all__ = ["COLUMNS", "Panel", "PanelRow", "Series", "panel", "wanted_ids"]

make_callable(__name__, panel)
