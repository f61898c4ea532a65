#!/bin/sh
# Gets the PowerShell and the Pester that Directory.Packages.props names from NuGet into artifacts/tools, once. To be read by a
# shell (". tests/powershell.sh", in the repository's root): sets xv_pwsh to the program, empty where it cannot be had, and
# xv_pwsh_why to the reason.
# shellcheck disable=SC2034 # whoever reads this uses them

xv_pwsh=
xv_pwsh_why=
xv_tools=$PWD/artifacts/tools
xv_version() { sed -n "s/.*<$1Version>\(.*\)<.*/\1/p" Directory.Packages.props; }
xv_powershell=$xv_tools/powershell-$(xv_version PowerShell)
xv_pester=$xv_tools/modules/Pester/$(xv_version Pester)
mkdir -p "$xv_tools"

if ! [ -x "$xv_powershell/pwsh" ] && ! dotnet tool install PowerShell --version "$(xv_version PowerShell)" \
    --tool-path "$xv_powershell" >"$xv_tools/powershell.log" 2>&1; then
    xv_pwsh_why="NuGet does not give PowerShell $(xv_version PowerShell): $(tail -1 "$xv_tools/powershell.log")"
elif ! [ -e "$xv_pester/Pester.psd1" ] && ! dotnet msbuild tests/Pester/Engine.proj -nologo -v:quiet -restore -t:PlacePester \
    -p:ModulesDirectory="$xv_tools/modules" >"$xv_tools/pester.log" 2>&1; then
    xv_pwsh_why="NuGet does not give Pester $(xv_version Pester): $(tail -1 "$xv_tools/pester.log")"
else
    xv_pwsh=$xv_powershell/pwsh
    POWERSHELL_TELEMETRY_OPTOUT=1
    POWERSHELL_UPDATECHECK=Off
    PSModulePath=$xv_tools/modules
    export POWERSHELL_TELEMETRY_OPTOUT POWERSHELL_UPDATECHECK PSModulePath
fi
