#!/bin/sh
# A whole table of tests on real hosts, of which every test run does a part: table.sh faults | diagnose [TEXT].
#   faults    every fault of the fault table, on a real host with a disk
#   diagnose  the catalogue of broken hosts, each made and diagnosed: all of it, or the faults whose name holds a text
# Ends with one line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
case ${1:-} in
    faults) class=FaultTests XENVLAN_FAULTS=all ;;
    diagnose) class=Diagnosis.DiagnosisTests XENVLAN_DIAGNOSE=${2:-all} ;;
    *) echo "Usage: table.sh faults | diagnose [TEXT]" >&2; exit 2 ;;
esac
export XENVLAN_FAULTS XENVLAN_DIAGNOSE
log=artifacts/test-results/$1.log
mkdir -p artifacts/test-results
if ! dotnet build XenVlan.slnx -v quiet --disable-build-servers; then
    echo "0 passed, 1 failed"
    exit 1
fi
NO_COLOR=1 dotnet artifacts/bin/XenVlan.Lab.Tests/debug/XenVlan.Lab.Tests.dll -noColor -reporter verbose \
    -class "XenVlan.Lab.Tests.$class" 2>&1 | tee "$log"
numbers=$(sed -n 's/.* Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), .*/\1 \2 \3/p' "$log" | tail -1)
# shellcheck disable=SC2086 # three numbers
set -- ${numbers:-1 1 0}
printf '\n%s passed, %s failed\n' $(($1 - $2 - $3)) $(($2 + $3))
[ $(($2 + $3)) -eq 0 ]
