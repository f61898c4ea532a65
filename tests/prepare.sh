#!/bin/sh
# Sees that this machine has what a task needs, and installs what apt can: prepare.sh NEED...
# Where it cannot, it says what is missing and what for; it ends with 1 unless the task can do without.
set -eu

missing=
wanted=
lacks() { # PROGRAM-OR-FILE PACKAGE WHY
    if command -v "$1" >/dev/null 2>&1 || [ -e "$1" ]; then return 1; fi
    echo "This machine lacks $1, which is $3 (package $2)." >&2
}
need() { if lacks "$@"; then missing="$missing $2"; fi; }
want() { if lacks "$@"; then wanted="$wanted $2"; fi; }

for what in "$@"; do
    case $what in
        dotnet)
            if ! command -v dotnet >/dev/null 2>&1; then
                echo "The .NET SDK 10 is missing: everything here is built with it. See https://dot.net for how to install it." >&2
                exit 1
            fi ;;
        ssh) need ssh openssh-client "needed to reach hosts" ;;
        native)
            need gcc gcc "needed to link the native xenvlan"
            need /usr/include/zlib.h zlib1g-dev "needed to link the native xenvlan" ;;
        shell)
            want shellcheck shellcheck "wanted to check the shell scripts: what is wrong in one shows on a host otherwise"
            want busybox busybox "wanted to run the scripts for hosts under its shell too"
            want /usr/sbin/ethtool ethtool "wanted to read this machine's offloads as a host's" ;;
        *) echo "prepare.sh: '$what' is unknown." >&2; exit 2 ;;
    esac
done
[ -n "$missing$wanted" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Install them as root: apt-get install$missing$wanted" >&2
        [ -z "$missing" ] || exit 1
        exit 0
    fi
    as_root=sudo
fi

install() { $as_root apt-get install -y -qq --no-install-recommends "$@" >&2; }

echo "Installing$missing$wanted." >&2
$as_root apt-get update -qq >&2 || [ -z "$missing" ] || exit 1
# shellcheck disable=SC2086 # a list of packages
[ -z "$missing" ] || install $missing || exit 1
# shellcheck disable=SC2086 # a list of packages
[ -z "$wanted" ] || install $wanted || echo "Without$wanted, the tests that want them are skipped." >&2
