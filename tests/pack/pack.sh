#!/bin/sh
# Makes the module's package for the PowerShell Gallery: pack.sh [PROJECT-URI]. Prints the package's path.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=tests/powershell.sh
. tests/powershell.sh
[ -n "$xv_pwsh" ] || { echo "This needs PowerShell: $xv_pwsh_why" >&2; exit 1; }
module=$PWD/artifacts/package/XenVlan
compiled=$PWD/artifacts/package/linux-x64
log=artifacts/package/build.log
mkdir -p artifacts/package
# Where most people use it the libraries are there compiled already. Built apart from everything else, for it is packed while other
# things are built too. Analyzers are the build's: they found nothing in the same sources.
made() {
    dotnet "$@" -v quiet --disable-build-servers -c Release -p:RunAnalyzers=false -p:ArtifactsPath="$PWD/artifacts/package/build" \
        >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
}
rm -rf "$compiled"
made publish src/XenVlan.Core -r linux-x64 --self-contained false -p:PublishReadyToRun=true -o "$compiled"
made build src/XenVlan.PowerShell -p:StagedModule="$module"
mkdir "$module/module/lib/linux-x64"
cp "$compiled"/*.dll "$module/module/lib/linux-x64/"
# It keeps a list of repositories, which is nobody's.
XDG_DATA_HOME=$PWD/artifacts/package/data
export XDG_DATA_HOME
mkdir -p "$XDG_DATA_HOME"
exec "$xv_pwsh" -NoProfile -NonInteractive -File tests/pack/New-Package.ps1 -Module "$module" -ProjectUri "${1:-}"
