#!/bin/sh
# Changed texts of hosts, files and documents into everything that reads them: fuzz.sh [SECONDS] [--seed N] [--target NAME] |
# --replay FILE. Ends with one line: N passed, N failed (inputs).
set -u
cd "$(dirname "$0")/.." || exit 1
dotnet build tests/XenVlan.Fuzz/XenVlan.Fuzz.csproj -c Release -v quiet --disable-build-servers >&2 || exit 1
program=artifacts/bin/XenVlan.Fuzz/release/xenvlan-fuzz.dll
DOTNET_TieredPGO=1 dotnet "$program" "$@"
status=$?
# More than it says itself is a signal: a stack that is full ends the process.
[ "$status" -le 2 ] || dotnet "$program" --ended
exit "$status"
