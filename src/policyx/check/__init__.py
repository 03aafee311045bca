"""Records of one document go in, findings go out: whether its figures add up. Calling the module does it:
`policyx.check(document)`.

A figure counts as an interval given by its written digits, and two sides agree where their intervals meet. What a check
does not know it calls undecidable."""

from policyx.callable import make_callable
from policyx.check.document import check, with_checks
from policyx.check.finding import KINDS, VERDICTS, Evidence, Finding
from policyx.check.sentences import sentence_of

__all__ = ["KINDS", "VERDICTS", "Evidence", "Finding", "check", "sentence_of", "with_checks"]

make_callable(__name__, check)
