"""Whether a news item announces what somebody sets: benefits, fees, prices, wages, limits. Takes its title and text."""

from __future__ import annotations

import re
from functools import lru_cache

from policyx.patterns import any_word, compiled
from policyx.rules import Rules

_LEAD = 300  # characters of the text that may announce it
_NEAR = "[^，。；,;\n]{0,16}?"  # 调高渔民的重阳敬老礼金


def announces_rates(title: str, text: str, rules: Rules) -> bool:
    """Whether the title or the lead names something that is set beside a verb of setting it."""
    return _pattern(rules).search(f"{title}\n{text[:_LEAD]}") is not None


@lru_cache(maxsize=4)
def _pattern(rules: Rules) -> re.Pattern[str]:
    set_words = rules.words("word", "set_rate").keys() | rules.words("word", "entitlement").keys()
    named, verb = any_word(sorted(set_words)), any_word(rules.words("marker", "sets_rate"))
    return compiled(f"(?:{named}){_NEAR}(?:{verb})|(?:{verb}){_NEAR}(?:{named})")
