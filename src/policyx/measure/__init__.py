"""People's judgments go in, gold comes out; gold goes in, the score of policyx comes out. Calling the module measures:
`policyx.measure("gold.jsonl")`."""

from policyx.callable import make_callable
from policyx.measure.asgold import gold_of
from policyx.measure.documents import Measured, measure
from policyx.measure.gold import Gold, load_gold
from policyx.measure.judged import Judged, judged_in
from policyx.measure.score import FIELDS, Outcome, figures, score_document

__all__ = [
    "FIELDS",
    "Gold",
    "Judged",
    "Measured",
    "Outcome",
    "figures",
    "gold_of",
    "judged_in",
    "load_gold",
    "measure",
    "score_document",
]

make_callable(__name__, measure)
