#!/usr/bin/env bash
# What a rule file of one's own changes: the same note read without it and with it.
#
#     examples/own_rules.sh
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
columns=name,amount,year,status,label

policyx rules check "$here/rules-pack.toml"
echo "built-in rules only:"
policyx extract "$here/county-note.txt" -f csv --columns "$columns"
echo "with rules-pack.toml:"
policyx extract "$here/county-note.txt" -f csv --columns "$columns" --rules "$here/rules-pack.toml"
