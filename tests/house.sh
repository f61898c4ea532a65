#!/bin/sh
# Prints the figures of the sources: files and lines of each folder, and what there must be none of.
set -eu
cd "$(dirname "$0")/.."
tests=artifacts/bin/XenVlan.Core.Tests/debug/XenVlan.Core.Tests.dll
[ -e "$tests" ] || ./build.sh build
said=$(dotnet "$tests" -noColor -showLiveOutput -trait House=figures) && status=0 || status=$?
printf '%s\n' "$said" | sed -n -e 's/^.*house: //p' -e '/\[FAIL\]/p' -e 's/^.*XenVlan\.Core\.Tests  Total/tests: total/p'
exit "$status"
