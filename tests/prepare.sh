#!/bin/sh
# Sees that this machine has what a task needs, and installs what apt can: prepare.sh NEED...
# Where it cannot, it says what is missing and what for, and ends with 1.
set -eu

missing=
need() { # PROGRAM-OR-FILE PACKAGE WHY
    if command -v "$1" >/dev/null 2>&1 || [ -e "$1" ]; then return; fi
    missing="$missing $2"
    echo "This machine lacks $1, which is needed $3 (package $2)." >&2
}

for what in "$@"; do
    case $what in
        dotnet)
            if ! command -v dotnet >/dev/null 2>&1; then
                echo "The .NET SDK 10 is missing: everything here is built with it. See https://dot.net for how to install it." >&2
                exit 1
            fi ;;
        ssh) need ssh openssh-client "to reach hosts" ;;
        native)
            need gcc gcc "to link the native xenvlan"
            need /usr/include/zlib.h zlib1g-dev "to link the native xenvlan" ;;
        shell)
            need busybox busybox "to run the scripts for hosts under its shell too"
            need /usr/sbin/ethtool ethtool "to read this machine's offloads as a host's" ;;
        *) echo "prepare.sh: '$what' is unknown." >&2; exit 2 ;;
    esac
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Install them as root: apt-get install$missing" >&2
        exit 1
    fi
    as_root=sudo
fi

echo "Installing$missing." >&2
# shellcheck disable=SC2086 # a list of packages
{ $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends $missing; } >&2
