#!/bin/sh
# Runs the README's PowerShell lines on a clean lab, and writes what they print, and a picture, into the README.
set -eu
cd "$(dirname "$0")/../.."
name=readme
lab_directory=${XENVLAN_LAB_DIR:-$PWD/.lab}
# shellcheck source=tests/powershell.sh
. tests/powershell.sh
[ -n "$xv_pwsh" ] || { echo "This needs PowerShell 7.4 or later: $xv_pwsh_why" >&2; exit 1; }
dotnet build XenVlan.slnx -v quiet --disable-build-servers
sh tests/lab.sh down --name "$name"
sh tests/lab.sh up --name "$name"
trap 'sh tests/lab.sh down --name "$name"' EXIT

# A bridge that filters VLANs is where the cmdlets have most to show.
sh tests/lab.sh ssh --name "$name" a ip link set xenbr0 type bridge vlan_filtering 1
NO_COLOR=1 "$xv_pwsh" -NoProfile -File tests/readme/Update-Readme.ps1 -SshConfigFile "$lab_directory/run/$name/ssh_config"
