#!/bin/sh
# Runs every suite, shows each as it goes, and ends with one line for all: N passed, N failed, N skipped.
set -u
cd "$(dirname "$0")/.." || exit 1
results=artifacts/test-results
mkdir -p "$results"

passed=0
failed=0
skipped=0

say() { printf '\n== %s\n' "$*"; }

# Adds a suite's numbers; a suite without numbers broke, which is one failure.
add() { # NAME PASSED FAILED SKIPPED
    printf '   %s: %s passed, %s failed, %s skipped\n' "$1" "$2" "$3" "$4"
    passed=$((passed + $2))
    failed=$((failed + $3))
    skipped=$((skipped + $4))
}

xunit() { # PROJECT
    say "$1"
    NO_COLOR=1 dotnet "artifacts/bin/$1/debug/$1.dll" -noColor -reporter verbose 2>&1 | tee "$results/$1.log"
    numbers=$(sed -n 's/.* Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), Skipped: \([0-9]*\), Not Run: \([0-9]*\).*/\1 \2 \3 \4 \5/p' "$results/$1.log" | tail -1)
    if [ -z "$numbers" ]; then
        echo "$1 ended without a summary." >&2
        add "$1" 0 1 0
        return
    fi
    # shellcheck disable=SC2086 # five numbers
    set -- "$1" $numbers
    add "$1" $(($2 - $4 - $5 - $6)) $(($3 + $4)) $(($5 + $6))
}

say "Building"
if ! dotnet build XenVlan.slnx -v quiet --disable-build-servers; then
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi

say "Building what the tests run on hosts without .NET: the native xenvlan, and frames of the model check"
if native=$(sh tests/native.sh); then
    XENVLAN_NATIVE=$PWD/$native
    export XENVLAN_NATIVE
else
    add "native xenvlan" 0 1 0
fi

if frames=$(sh tests/native.sh tests/XenVlan.Frames/XenVlan.Frames.csproj); then
    XENVLAN_FRAMES=$PWD/$frames
    export XENVLAN_FRAMES
else
    add "native frames" 0 1 0
fi

xunit XenVlan.Core.Tests
xunit XenVlan.Cli.Tests
xunit XenVlan.Lab.Tests

say "Pester"
if ! command -v pwsh >/dev/null 2>&1; then
    echo "   SKIPPED: there is no 'pwsh' on this machine, so the cmdlets were not run in PowerShell."
    echo "   Install PowerShell 7.4 or later, and Pester 5, to run this suite."
    add Pester 0 0 "$(grep -chE '^ *It ' tests/Pester/*.Tests.ps1 | awk '{ n += $1 } END { print n + 0 }')"
elif ! pwsh -NoProfile -Command 'if (-not (Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -ge 5 })) { exit 1 }'; then
    echo "   SKIPPED: PowerShell is here, but Pester 5 is not: Install-Module Pester."
    add Pester 0 0 "$(grep -chE '^ *It ' tests/Pester/*.Tests.ps1 | awk '{ n += $1 } END { print n + 0 }')"
else
    lab=pester-$$
    trap 'sh tests/lab.sh down --name "$lab" >/dev/null 2>&1' EXIT
    sh tests/lab.sh up --name "$lab"
    XENVLAN_LAB_SSH_CONFIG=$PWD/.lab/run/$lab/ssh_config NO_COLOR=1 \
        pwsh -NoProfile -File tests/Pester/Invoke-XenVlanPester.ps1 2>&1 | tee "$results/Pester.log"
    numbers=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p' "$results/Pester.log" | tail -1)
    # shellcheck disable=SC2086 # three numbers
    add Pester ${numbers:-0 1 0}
    sh tests/lab.sh down --name "$lab"
    trap - EXIT
fi

printf '\n'
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
