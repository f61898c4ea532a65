#!/bin/sh
# The whole of XenVlan on two real Xen hosts: what is there, the plan, the change, the proof, the picture.
# With --break a VLAN is taken off the switch before the proof, which then must fail (exit status 1).
set -eu
cd "$(dirname "$0")/../.."
document=examples/two-domains.yaml
name=demo
run=${XENVLAN_LAB_DIR:-$PWD/.lab}/run/$name
broken=
case ${1:-} in
    '') ;;
    --break) broken=yes ;;
    *) echo "Usage: ./build.sh demo [--break]" >&2; exit 2 ;;
esac

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
if [ ! -t 1 ] || [ -n "${NO_COLOR:-}" ]; then say() { printf '\n== %s\n' "$*"; }; fi
lab() { sh tests/lab.sh "$@"; }

say "Building XenVlan"
dotnet build XenVlan.slnx -v quiet --disable-build-servers

say "The lab: two Xen hosts, a and b, joined by a switch"
lab up --name "$name"
XENVLAN_DEMO_SSH_CONFIG=$run/ssh_config
export XENVLAN_DEMO_SSH_CONFIG

if command -v pwsh >/dev/null 2>&1; then
    face=pwsh
    . tests/demo/with-module.sh
else
    face=xenvlan
    . tests/demo/with-xenvlan.sh
fi
echo "(shown with $([ $face = pwsh ] && echo "the PowerShell module" || echo "the xenvlan command: there is no PowerShell here"))"

say "What is there now"
show_before

say "The plan that makes $document true"
show_plan

say "Each step"
apply

say "Real services, each on the address of its own VLAN"
lab serve --name "$name" a www 10.100.0.1
lab serve --name "$name" a ssh 10.10.0.1
lab serve --name "$name" ftp-a ftp 10.200.0.11
lab serve --name "$name" ftp-a ssh 10.10.0.11

say "The bridges of host a, as brctl and as XenVlan show them"
lab ssh --name "$name" a brctl show
show_bridges

say "The picture"
draw

if [ -n "$broken" ]; then
    say "Taking VLAN 10 off the switch port of host a"
    lab switch --name "$name" set a1 --vlans 1,1000,2000
    trap 'lab switch --name "$name" set a1 --vlans all' EXIT
fi

say "Every expected path, with real frames"
status=0
check || status=$?

if [ "$status" -eq 0 ]; then
    say "All paths are as expected. The lab goes on: './build.sh lab ssh --name $name a' looks inside," \
        "'./build.sh lab down --name $name' stops it."
else
    say "Some paths are not as expected (see above)."
fi
exit "$status"
