#!/bin/sh
# Runs every suite, two or three side by side, and shows what each printed when it ends. The last line is the sum of all:
# N passed, N failed, N skipped.
set -u
cd "$(dirname "$0")/.." || exit 1
results=artifacts/test-results
lab_directory=${XENVLAN_LAB_DIR:-$PWD/.lab}
mkdir -p "$results"
rm -f "$results"/*.log "$results"/*.end "$results"/*.pid artifacts/native/xenvlan artifacts/native/frames

passed=0
failed=0
skipped=0
table=
running=
children=

say() { printf '\n== %s\n' "$*"; }
now() { date +%s; }
began=$(now)

# Adds a suite's numbers; a suite without numbers broke, which is one failure.
add() { # NAME SECONDS PASSED FAILED SKIPPED
    line=$(printf '   %-23s %5s passed %4s failed %4s skipped %6s s' "$1" "$3" "$4" "$5" "$2")
    echo "$line"
    table="$table$line
"
    passed=$((passed + $3))
    failed=$((failed + $4))
    skipped=$((skipped + $5))
}

# Begins a suite beside those that run: begin NAME COMMAND [ARGUMENT...]
begin() {
    name=$1
    shift
    say "$name begins. What it prints comes when it ends; until then see $results/$name.log."
    (
        at=$(now)
        # A shell that is told to end tells its program to, or it would go on by itself.
        "$@" >"$results/$name.log" 2>&1 &
        program=$!
        echo "$program" >"$results/$name.pid"
        trap 'kill "$program" 2>/dev/null' TERM
        wait "$program"
        status=$?
        echo "$status $(($(now) - at))" >"$results/$name.tmp"
        mv "$results/$name.tmp" "$results/$name.end"
    ) &
    children="$children $!"
    running="$running $name"
}

# Shows what a suite that has ended printed, and counts it.
show() { # NAME
    read -r status seconds <"$results/$1.end"
    say "$1, after $seconds s"
    cat "$results/$1.log"
    case $1 in
        native)
            if [ "$status" -ne 0 ]; then add native "$seconds" 0 1 0; fi
            return ;;
        format)
            if [ "$status" -ne 0 ]; then add format "$seconds" 0 1 0; else add format "$seconds" 1 0 0; fi
            return ;;
        XenVlan.Fuzz)
            numbers=$(sed -n 's/^ *readers: \([0-9]*\) passed, \([0-9]*\) failed$/\1 \2 0/p' "$results/$1.log" | tail -1)
            # shellcheck disable=SC2086 # three numbers
            set -- "$1" ${numbers:-0 1 0} ;;
        Pester)
            numbers=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p' "$results/$1.log" | tail -1)
            # shellcheck disable=SC2086 # three numbers
            set -- "$1" ${numbers:-0 1 0} ;;
        *)
            n='\([0-9]*\)'
            numbers=$(sed -n "s/.* Total: $n, Errors: $n, Failed: $n, Skipped: $n, Not Run: $n.*/\1 \2 \3 \4 \5/p" \
                "$results/$1.log" | tail -1)
            # shellcheck disable=SC2086 # five numbers
            set -- "$1" ${numbers:-1 0 1 0 0}
            set -- "$1" $(($2 - $4 - $5 - $6)) $(($3 + $4)) $(($5 + $6)) ;;
    esac
    # A suite that says all is well and ends with another status broke after its summary.
    if [ "$status" -ne 0 ] && [ "$3" -eq 0 ]; then
        echo "$1 ended with exit status $status." >&2
        set -- "$1" "$2" 1 "$4"
    fi
    add "$1" "$seconds" "$2" "$3" "$4"
}

# Waits for suites, and shows each as it ends: await NAME...
await() {
    said=$(now)
    for wanted in "$@"; do
        while :; do
            still=
            for name in $running; do
                if [ -e "$results/$name.end" ]; then show "$name"; else still="$still $name"; fi
            done
            running=$still
            case " $running " in *" $wanted "*) ;; *) break ;; esac
            if [ $(($(now) - said)) -ge 60 ]; then
                said=$(now)
                for name in $running; do
                    printf '   … %s: %s\n' "$name" "$(grep -v '^ *$' "$results/$name.log" | tail -1 | cut -c1-150)"
                done
            fi
            sleep 1
        done
    done
}

# Ends what was begun, and takes its labs down; a lab's name ends in the number of the process that it belongs to.
stop() {
    trap - INT TERM
    echo "Stopping what runs." >&2
    # shellcheck disable=SC2086 # numbers of processes
    kill $children 2>/dev/null
    wait
    for owner in $$ $(cat "$results"/XenVlan.Lab.Tests*.pid 2>/dev/null); do
        for lab in "$lab_directory"/run/*-"$owner"; do
            [ ! -d "$lab" ] || sh tests/lab.sh down --name "${lab##*/}"
        done
        for lab in "$lab_directory"/disks/*-"$owner"; do
            [ ! -d "$lab" ] || sh tests/lab.sh disk down --name "${lab##*/}"
        done
    done
    exit 130
}
trap stop INT TERM

xunit() { # PROJECT [OPTION...]
    tests=artifacts/bin/$1/debug/$1.dll
    shift
    exec dotnet "$tests" -noColor -reporter verbose "$@"
}

pester() {
    lab=pester-$$
    sh tests/lab.sh up --name "$lab" || return 1
    PATH=${xv_pwsh%/*}:$PATH # the tests start further ones
    XENVLAN_LAB_SSH_CONFIG=$lab_directory/run/$lab/ssh_config "$xv_pwsh" -NoProfile -File tests/Pester/Invoke-XenVlanPester.ps1
    status=$?
    sh tests/lab.sh down --name "$lab"
    return $status
}

# Half a minute of ./build.sh fuzz; a test is a reader, whatever many texts it gets.
fuzz() { exec dotnet artifacts/bin/XenVlan.Fuzz/debug/xenvlan-fuzz.dll 30 --seed 1; }

say "Building"
if ! dotnet build XenVlan.slnx -v quiet --disable-build-servers; then
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi
NO_COLOR=1
export NO_COLOR

# Whether all C# is laid out as ./build.sh format does it.
layout() { dotnet tool restore && exec dotnet csharpier check .; }

# What tests run on hosts without .NET: the native xenvlan, and frames of the model check.
natives() { sh tests/native.sh && sh tests/native.sh tests/XenVlan.Frames/XenVlan.Frames.csproj; }

begin native natives
begin format layout
begin XenVlan.Core.Tests xunit XenVlan.Core.Tests
# shellcheck source=tests/powershell.sh
. tests/powershell.sh
if [ -n "$xv_pwsh" ]; then
    begin Pester pester
else
    say "Pester"
    echo "   NOT RUN, so the cmdlets were not tried in PowerShell: $xv_pwsh_why"
    untried=$(cat tests/Pester/*.Tests.ps1 | grep -cE '^ *It ')
    # Who guards something by these tests is not told that all is well where a suite was not run.
    if [ "${CI:-}" = true ]; then add Pester 0 0 "$untried" 0; else add Pester 0 0 0 "$untried"; fi
fi
await native format
if [ -x artifacts/native/xenvlan ]; then
    XENVLAN_NATIVE=$PWD/artifacts/native/xenvlan
    export XENVLAN_NATIVE
fi
if [ -x artifacts/native/frames ]; then
    XENVLAN_FRAMES=$PWD/artifacts/native/frames
    export XENVLAN_FRAMES
fi

# Two lanes of tests on hosts run at once, and a third in the room that PowerShell's tests leave (Lanes.cs).
begin XenVlan.Lab.Tests xunit XenVlan.Lab.Tests -trait- Lane=third
await XenVlan.Core.Tests
begin XenVlan.Cli.Tests xunit XenVlan.Cli.Tests
await XenVlan.Cli.Tests
begin XenVlan.Fuzz fuzz
await XenVlan.Fuzz Pester
begin XenVlan.Lab.Tests-third xunit XenVlan.Lab.Tests -trait Lane=third -parallel none
await XenVlan.Lab.Tests XenVlan.Lab.Tests-third

# Once more what failed, in a few lines each, for whoever sees only the end of all this.
if [ "$failed" -gt 0 ]; then
    say "What failed"
    grep -h -A 30 -e '\[FAIL\]$' -e '^ *\[-\] ' "$results"/*.log | cut -c1-200
fi

printf '\n%s\n' "$table"
printf '   %s s in all\n\n' $(($(now) - began))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
