#!/bin/sh
# Runs the README's PowerShell lines on a clean lab, and writes what they print into the README.
set -eu
cd "$(dirname "$0")/../.."
name=readme
lab_directory=${XENVLAN_LAB_DIR:-$PWD/.lab}
command -v pwsh >/dev/null 2>&1 || { echo "This needs PowerShell 7.4 or later (pwsh)." >&2; exit 1; }
dotnet build XenVlan.slnx -v quiet --disable-build-servers
sh tests/lab.sh down --name "$name"
sh tests/lab.sh up --name "$name"
trap 'sh tests/lab.sh down --name "$name"' EXIT

# A bridge that looks at VLAN tags is where the cmdlets have most to show.
sh tests/lab.sh ssh --name "$name" a ip link set xenbr0 type bridge vlan_filtering 1
NO_COLOR=1 pwsh -NoProfile -File tests/readme/Update-Readme.ps1 -SshConfigFile "$lab_directory/run/$name/ssh_config"
