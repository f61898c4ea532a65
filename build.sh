#!/bin/sh
# The one entry point: ./build.sh TASK [ARGUMENTS]. Each task is a few lines here; the work is in the solution and in tests/.
set -eu
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# What runs here, compilers above all, does not run long enough to earn back what watching it for better code costs; but
# what is measured is measured as it runs elsewhere.
export DOTNET_TieredPGO=0

usage() {
    cat <<'EOF'
Usage: ./build.sh TASK

  demo [--break]   boot the real Xen lab, make examples/two-domains.yaml true on it, prove each expected path, draw it;
                   with --break a VLAN is taken off the switch first, and the demo must find it
  test             run every test, and end with a line "N passed, N failed, N skipped"
  faults           let everything go wrong that can while a host is changed, at every step and two things at once, and show
                   the table; ends with a line "N passed, N failed"
  model-check [COUNT] [--from N] | --seed N
                   build COUNT random networks (500 unless said) in a lab host, from number N (1 unless said) on, and compare
                   where frames go with what the path model says; ends with a line "N passed, N failed". With --seed the
                   topology of that number alone, as a script, with the model's hops of every pair of which the two disagree
  undo-check [COUNT | --seed N]
                   make COUNT random hosts (300 unless said) in a lab host, change each by chance, take the change back by
                   one of the ways, and compare all that the host shows; ends with a line "N passed, N failed". With --seed
                   the host of that number alone, with the script that makes it, the plan and the journal
  diagnose [TEXT]  make every broken host of the catalogue on the lab, diagnose it live, and show the table; with TEXT only
                   the faults whose name holds it ('MTU|bond'); ends with a line "N passed, N failed"
  fuzz [SECONDS] [--seed N] [--target NAME]
                   change what hosts printed, files and documents at random, for 60 seconds unless said, and give it to
                   everything that reads them; ends with a line "N passed, N failed" (texts). What fails is kept as short
                   as can be, for 'fuzz --replay FILE'
  build            build everything
  format           lay out all C# as it is to be (CSharpier, lines of at most 140 columns)
  native           build xenvlan as one native file for hosts without .NET: artifacts/native/xenvlan
  pack [URI]       make the module's package for the PowerShell Gallery: artifacts/XenVlan.VERSION.nupkg; URI is where the project
                   is on the web, for the package to say
  lab ARGUMENTS    work with the lab: up, down, status, ssh HOST, console HOST, freeze, thaw, restore HOST, switch, …
  benchmark [ARGUMENTS]
                   measure predictions on large hosts, and live tests on the lab; arguments are BenchmarkDotNet's
  benchmark import [COUNT]
                   measure what importing the packed module adds to a bare start of PowerShell, what the first command adds, and
                   where the time goes; medians of 20 runs unless said
  readme           run the README's PowerShell lines on the lab, and put what they print into the README
  clean            remove what was built; the lab's cache goes with './build.sh lab clean'
EOF
}

built() { sh tests/prepare.sh dotnet; dotnet build XenVlan.slnx -v quiet --disable-build-servers "$@"; }

task=${1:-help}
[ $# -eq 0 ] || shift
case $task in
    demo) sh tests/prepare.sh dotnet ssh; exec sh tests/demo/demo.sh "$@" ;;
    test) sh tests/prepare.sh dotnet ssh native shell; exec sh tests/run.sh "$@" ;;
    faults) sh tests/prepare.sh dotnet ssh; exec sh tests/table.sh faults ;;
    model-check) sh tests/prepare.sh dotnet ssh native; exec sh tests/model-check.sh "$@" ;;
    undo-check) sh tests/prepare.sh dotnet ssh; exec sh tests/undo-check.sh "$@" ;;
    diagnose) sh tests/prepare.sh dotnet ssh; exec sh tests/table.sh diagnose "$@" ;;
    fuzz) sh tests/prepare.sh dotnet; exec sh tests/fuzz.sh "$@" ;;
    build) built "$@" ;;
    format) sh tests/prepare.sh dotnet; dotnet tool restore >/dev/null; exec dotnet csharpier format . ;;
    native) sh tests/prepare.sh dotnet native; exec sh tests/native.sh "$@" ;;
    pack) sh tests/prepare.sh dotnet; exec sh tests/pack/pack.sh "$@" ;;
    lab) sh tests/prepare.sh dotnet ssh; exec sh tests/lab.sh "$@" ;;
    benchmark)
        sh tests/prepare.sh dotnet ssh
        if [ "${1:-}" = import ]; then shift; exec sh tests/XenVlan.Benchmarks/import.sh "$@"; fi
        exec env DOTNET_TieredPGO=1 dotnet run -c Release --project tests/XenVlan.Benchmarks -- \
            --artifacts artifacts/benchmarks "${@:---filter=*}" ;;
    readme) sh tests/prepare.sh dotnet ssh; exec sh tests/readme/readme.sh "$@" ;;
    clean) rm -rf artifacts ;;
    help | -h | --help) usage ;;
    *) echo "build.sh: there is no task '$task'." >&2; usage >&2; exit 2 ;;
esac
