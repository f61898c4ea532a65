#!/bin/sh
# Measures what importing the packed module costs: import.sh [COUNT]
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=tests/powershell.sh
. tests/powershell.sh
[ -n "$xv_pwsh" ] || { echo "This needs PowerShell: $xv_pwsh_why" >&2; exit 1; }
sh tests/pack/pack.sh >/dev/null
exec env -u DOTNET_TieredPGO "$xv_pwsh" -NoProfile -NonInteractive -File tests/XenVlan.Benchmarks/Measure-Import.ps1 \
    -PowerShell "$xv_pwsh" -Module "$PWD/artifacts/package/XenVlan" -Count "${1:-20}"
