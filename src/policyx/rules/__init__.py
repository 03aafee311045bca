"""Every word that policyx knows, as TOML files beside this module; see `schema` for what a rule may hold."""

from policyx.rules.loader import Rules, builtin_rules, load_rules, read_rule_file
from policyx.rules.schema import KINDS, Entry

__all__ = ["KINDS", "Entry", "Rules", "builtin_rules", "load_rules", "read_rule_file"]
