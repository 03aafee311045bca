#!/usr/bin/env bash
# Documents in; their targets in money out, largest first, as tab-separated text: yuan, as written, name, file.
#
#     examples/targets.sh [PATH]...
#
# The whole records come through the pipe; jq chooses and sorts. Needs jq.
set -euo pipefail

policyx extract -f jsonl "${@:-seeds}" |
  jq -rs '
    map(select(.status == "target" and .base_unit == "元"))
    | sort_by(-.base_value)[]
    | [.base_value, .quote, .name, .source]
    | @tsv'
