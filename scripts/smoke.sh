#!/usr/bin/env bash
# The installed wheel, used from an empty folder: smoke.sh FOLDER-OF-THE-VIRTUAL-ENVIRONMENT
set -euo pipefail
kg="$1/bin/kg"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$kg" --version
"$kg" doctor
cat > visit.md <<'TEXT'
---
title: Darmanin in Calais
date: 2021-07-01
---

Gerald Darmanin, the French interior minister, visited Calais on Monday. He ordered the dismantling of the camp.
TEXT
"$kg" annotate visit.md > annotation.jsonl
"$kg" build visit.md -o out
"$kg" query out "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
"$kg" validate out
"$kg" report out -o report.html
"$kg" view out -o page.html
"$kg" serve out 2> serve.log && exit 1
grep -q "kg-actors-places\[serve\]" serve.log
for name in graph.ttl graph.nq annotations.jsonl graph.html report.json; do
    test -s "out/$name" || { echo "out/$name is missing or empty" >&2; exit 1; }
done
echo "the wheel works"
