#!/bin/sh
# Random changes of random hosts, each undone: undo-check.sh [COUNT | --seed N]. Ends with one line: N passed, N failed.
set -eu
cd "$(dirname "$0")/.."
dotnet build tests/XenVlan.UndoCheck/XenVlan.UndoCheck.csproj -v quiet --disable-build-servers >&2
exec dotnet artifacts/bin/XenVlan.UndoCheck/debug/xenvlan-undo-check.dll "$@"
