"""A sentence with its mentions and the lexicon in, clauses out: words with their roles, figures, times, marks and
lists."""

from policyx.clause.clause import Clause, Sentence, parse
from policyx.clause.lexicon import Lexicon, lexicon

__all__ = ["Clause", "Lexicon", "Sentence", "lexicon", "parse"]
