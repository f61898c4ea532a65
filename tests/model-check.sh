#!/bin/sh
# Random networks in a lab host against the path model: model-check.sh [COUNT] [--from N] | --seed N.
# Ends with one line: N passed, N failed.
set -eu
cd "$(dirname "$0")/.."
dotnet build tests/XenVlan.ModelCheck/XenVlan.ModelCheck.csproj -v quiet --disable-build-servers >&2
frames=$(sh tests/native.sh tests/XenVlan.Frames/XenVlan.Frames.csproj)
exec dotnet artifacts/bin/XenVlan.ModelCheck/debug/xenvlan-model-check.dll "$frames" "$@"
