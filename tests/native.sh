#!/bin/sh
# Builds a program as one native file that needs no .NET on the host it runs on: native.sh [PROJECT], xenvlan by default.
# Prints the file's path.
set -eu
cd "$(dirname "$0")/.."
project=${1:-src/XenVlan.Cli/XenVlan.Cli.csproj}
name=$(sed -n 's/.*<AssemblyName>\(.*\)<\/AssemblyName>.*/\1/p' "$project")
log=artifacts/native-$name.log
mkdir -p artifacts
linker=clang
command -v clang >/dev/null 2>&1 || linker=gcc
case $(uname -m) in
    x86_64) runtime=linux-x64 ;;
    aarch64) runtime=linux-arm64 ;;
    *) echo "There is no native build for $(uname -m)." >&2; exit 1 ;;
esac
# Analyzers are the build's: they found nothing in the same sources.
# From .NET 10 on the native runtime is a package of its own. Where the registry lacks it, the same program is made with
# the one that .NET 8's compiler brings along.
for framework in net10.0 net8.0; do
    if dotnet publish "$project" -v quiet --disable-build-servers -c Release -r "$runtime" \
        -p:PublishAot=true -p:RunAnalyzers=false -p:CliTargetFramework="$framework" -p:CppCompilerAndLinker="$linker" \
        -o artifacts/native >"$log" 2>&1; then
        echo "artifacts/native/$name"
        exit 0
    fi
done
cat "$log" >&2
exit 1
