"""How sure a record is: how often records whose slots the same rules decided were right, in annotated documents.
Of those, documents whose errors nobody has seen set the scale. The figures are rules of kind `confidence`;
tests/calibrate.py measures them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache

from policyx.rules import Rules

_PRIOR = 8  # a rule that was seen so often counts half by itself and half by its slot
_CURVE = "confidence.curve"


class Confidence:
    """The measured figures of some rules. Each slot has a rate of its own and one for each rule that decided it."""

    def __init__(self, rules: Rules) -> None:
        self._base: dict[str, float] = {}
        self._rates: dict[str, dict[str, float]] = {}
        self._curve: list[tuple[float, float]] = []
        self._products: list[float] = []
        self._known = lru_cache(maxsize=4096)(self._share)  # few records differ in their rules
        for entry in rules.of("confidence"):
            if entry["id"] == _CURVE:  # points, with straight lines between them
                self._curve = [(product, share) for product, share in entry["curve"]]
                self._products = [product for product, _ in self._curve]
                continue
            base = self._base[entry["slot"]] = entry["base"]
            self._rates[entry["slot"]] = {
                rule: (right + _PRIOR * base) / (seen + _PRIOR) for rule, (right, seen) in entry["rates"].items()
            }

    def raw(self, deciders: Mapping[str, str]) -> float:
        """The product of the slots' rates; `deciders` names the rule that decided each slot."""
        return self._product([deciders.get(slot, "") for slot in self._rates])

    def _product(self, rules: Iterable[str]) -> float:
        product = 1.0
        for rule, (slot, rates) in zip(rules, self._rates.items(), strict=True):
            product *= rates.get(rule, self._base[slot])
        return product

    def of(self, deciders: Mapping[str, str]) -> float | None:
        """The share of such records that are right in every field; None without measured figures."""
        return self._known(tuple([deciders.get(slot, "") for slot in self._rates]))

    def _share(self, rules: tuple[str, ...]) -> float | None:
        if not self._curve:
            return None
        raw = self._product(rules)
        at = bisect_right(self._products, raw)
        if at in (0, len(self._curve)):
            return round(self._curve[min(at, len(self._curve) - 1)][1], 2)
        (low, share), (high, more) = self._curve[at - 1 : at + 1]
        return round(share + (more - share) * (raw - low) / (high - low), 2)


@lru_cache(maxsize=4)
def confidence(rules: Rules) -> Confidence:
    """The figures of these rules, made once."""
    return Confidence(rules)
