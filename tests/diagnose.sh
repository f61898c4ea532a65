#!/bin/sh
# The catalogue of broken hosts, each made and diagnosed on real hosts: all of it, or the faults whose name holds a text.
# Ends with one line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
mkdir -p artifacts/test-results
if ! dotnet build tests/XenVlan.Lab.Tests -v quiet --disable-build-servers; then
    echo "0 passed, 1 failed"
    exit 1
fi
log=artifacts/test-results/diagnose.log
XENVLAN_DIAGNOSE=${1:-all} NO_COLOR=1 dotnet artifacts/bin/XenVlan.Lab.Tests/debug/XenVlan.Lab.Tests.dll -noColor -reporter verbose \
    -class XenVlan.Lab.Tests.Diagnosis.DiagnosisTests 2>&1 | tee "$log"
numbers=$(sed -n 's/.* Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), .*/\1 \2 \3/p' "$log" | tail -1)
# shellcheck disable=SC2086 # three numbers
set -- ${numbers:-1 1 0}
printf '\n%s passed, %s failed\n' $(($1 - $2 - $3)) $(($2 + $3))
[ $(($2 + $3)) -eq 0 ]
