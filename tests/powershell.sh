#!/bin/sh
# Finds PowerShell 7.4 or later with Pester 5; what is missing is got from NuGet into artifacts/tools. To be read by a shell
# (". tests/powershell.sh", in the repository's root): sets xv_pwsh to the program, empty where there is none, and
# xv_pwsh_why to the reason.
# shellcheck disable=SC2034 # whoever reads this uses them

xv_pwsh=
xv_pwsh_why=
xv_tools=$PWD/artifacts/tools
mkdir -p "$xv_tools"
if command -v pwsh >/dev/null 2>&1; then
    xv_pwsh=$(command -v pwsh)
elif [ -x "$xv_tools/powershell/pwsh" ]; then
    xv_pwsh=$xv_tools/powershell/pwsh
elif dotnet tool install PowerShell --version '7.6.*' --tool-path "$xv_tools/powershell" >"$xv_tools/powershell.log" 2>&1; then
    xv_pwsh=$xv_tools/powershell/pwsh
else
    xv_pwsh_why="there is no 'pwsh' on this machine, and NuGet does not give it: $(tail -1 "$xv_tools/powershell.log")"
fi

if [ -n "$xv_pwsh" ]; then
    POWERSHELL_TELEMETRY_OPTOUT=1
    PSModulePath=$xv_tools/modules
    export POWERSHELL_TELEMETRY_OPTOUT PSModulePath
    # shellcheck disable=SC2016 # PowerShell's
    xv_has_pester() {
        "$xv_pwsh" -NoProfile -Command '
            if (-not (Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -eq 5 })) { exit 1 }'
    }
    if ! xv_has_pester; then
        dotnet msbuild tests/Pester/Engine.proj -nologo -v:quiet -restore -t:PlacePester \
            -p:ModulesDirectory="$xv_tools/modules" >"$xv_tools/pester.log" 2>&1 || :
        if ! xv_has_pester; then
            xv_pwsh_why="PowerShell is here, but Pester 5 is not, and NuGet does not give it: $(tail -1 "$xv_tools/pester.log")"
            xv_pwsh=
        fi
    fi
fi
