#!/usr/bin/env bash
# Fuzz all targets one after the other, and tell what was found: bash fuzz/run.sh MINUTES [DIR]
# Half of the time goes to pages. DIR (.fuzz if none is named) keeps the corpora, logs and findings, and the next run
# goes on from there. PYTHON names an interpreter that has newsclean[fuzz]. Exit 1 where there are findings.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
minutes=${1:?usage: bash fuzz/run.sh MINUTES [DIR]}
work=${2:-.fuzz}
python=${PYTHON:-python3}
mkdir -p "$work/findings"

"$python" fuzz/seeds.py "$work/corpus"
for target in pages:30 containers:15 decoding:15; do
    name=${target%:*}
    NEWSCLEAN_FUZZ_KEEP="$work/findings" "$python" fuzz/target.py "$name" \
        -max_total_time=$((minutes * ${target#*:})) -max_len=20000 -len_control=50 -timeout=20 -rss_limit_mb=2048 \
        -dict=fuzz/dictionary.txt -artifact_prefix="$work/findings/$name-" -print_final_stats=1 \
        "$work/corpus/$name" >"$work/$name.log" 2>&1 || true
    printf '%s: %s executions\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/$name.log")"
done
ls "$work/findings"
[ -z "$(ls "$work/findings")" ]
