#!/bin/sh
# Every fault of the fault table, on a real host with a disk. Ends with one line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
mkdir -p artifacts/test-results
if ! dotnet build XenVlan.slnx -v quiet --disable-build-servers; then
    echo "0 passed, 1 failed"
    exit 1
fi
log=artifacts/test-results/faults.log
XENVLAN_FAULTS=all NO_COLOR=1 dotnet artifacts/bin/XenVlan.Lab.Tests/debug/XenVlan.Lab.Tests.dll -noColor -reporter verbose \
    -class XenVlan.Lab.Tests.FaultTests 2>&1 | tee "$log"
numbers=$(sed -n 's/.* Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), .*/\1 \2 \3/p' "$log" | tail -1)
# shellcheck disable=SC2086 # three numbers
set -- ${numbers:-1 1 0}
printf '\n%s passed, %s failed\n' $(($1 - $2 - $3)) $(($2 + $3))
[ $(($2 + $3)) -eq 0 ]
