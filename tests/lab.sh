#!/bin/sh
# Runs the lab's command, built first where it is not.
set -eu
cd "$(dirname "$0")/.."
lab=artifacts/bin/XenVlan.Lab/debug/xenvlan-lab.dll
if [ ! -e "$lab" ] || [ -n "$(find tests/lab -newer "$lab" -type f -print -quit)" ]; then
    echo "Building the lab." >&2
    dotnet build tests/lab/XenVlan.Lab.csproj -v quiet --disable-build-servers >&2
fi
exec dotnet "$lab" "$@"
