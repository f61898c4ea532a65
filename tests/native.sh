#!/bin/sh
# Builds xenvlan as one native file that needs no .NET on the host it runs on.
set -eu
cd "$(dirname "$0")/.."
linker=clang
command -v clang >/dev/null 2>&1 || linker=gcc
case $(uname -m) in
    x86_64) runtime=linux-x64 ;;
    aarch64) runtime=linux-arm64 ;;
    *) echo "There is no native build for $(uname -m)." >&2; exit 1 ;;
esac
dotnet publish src/XenVlan.Cli/XenVlan.Cli.csproj -v quiet --disable-build-servers -c Release -r "$runtime" \
    -p:PublishAot=true -p:CppCompilerAndLinker="$linker" -o artifacts/native >&2
echo artifacts/native/xenvlan
