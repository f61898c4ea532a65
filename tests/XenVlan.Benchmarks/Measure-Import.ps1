#requires -Version 7.4

<#
.SYNOPSIS
Measures what importing the packed module costs, and a first command after it, beside a bare start of PowerShell.

.DESCRIPTION
Starts PowerShells one after the other, each of the ways in turn, and prints the medians: of the time that passes, and of the
processor's, which says more on a machine that has other work too. The lines after the first three tell the import apart: each
imports what the one before does and something more, and shows what that adds.

.PARAMETER PowerShell
The program to start.

.PARAMETER Module
The packed module's directory.

.PARAMETER Count
How often each way is run.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $PowerShell,

    [Parameter(Mandatory)]
    [string] $Module,

    [int] $Count = 20
)

$ErrorActionPreference = 'Stop'
$copies = (New-Item -ItemType Directory -Path ([IO.Path]::GetTempPath()) -Name "xenvlan-import-$PID").FullName

# A copy of the module whose manifest lacks some keys.
function New-Part([string] $Name, [string[]] $Without) {
    $part = (New-Item -ItemType Directory -Path $copies -Name $Name).FullName
    Copy-Item -LiteralPath $Module -Destination $part -Recurse
    $manifest = Join-Path -Path $part -ChildPath XenVlan/XenVlan.psd1
    $lines = Get-Content -LiteralPath $manifest | Where-Object { ($_.Trim() -split ' ')[0] -notin $Without }
    Set-Content -LiteralPath $manifest -Value $lines
    "Import-Module '$manifest'"
}

# The seconds that a command takes: those that pass, and the processor's.
function Measure-Start([string] $Command) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $said = sh -c '"$@" >/dev/null || exit 1; times' sh $PowerShell -NoProfile -NonInteractive -Command $Command
    $passed = $watch.Elapsed.TotalSeconds
    if ($LASTEXITCODE -ne 0) {
        throw "It failed: $Command"
    }

    # "0m0.50s 0m0.10s", of this shell's children in the second line.
    $used = ([regex]::Matches($said[1], '(\d+)m([\d.]+)s') | ForEach-Object { 60 * $_.Groups[1].Value + [double] $_.Groups[2].Value } |
            Measure-Object -Sum).Sum
    [pscustomobject]@{ Passed = $passed; Used = $used }
}

function Get-Median([double[]] $Values) {
    $sorted = $Values | Sort-Object
    ($sorted[[math]::Floor(($sorted.Count - 1) / 2)] + $sorted[[math]::Ceiling(($sorted.Count - 1) / 2)]) / 2
}

try {
    $import = "Import-Module '$(Join-Path -Path $Module -ChildPath XenVlan.psd1)'"
    $ways = @(
        @{ Name = 'pwsh -NoProfile -c exit'; Command = 'exit' }
        @{ Name = '  + Import-Module XenVlan'; After = 0; Command = "$import; exit" }
        @{ Name = '  + Get-XenBridge, of this machine'; After = 1; Command = "$import; `$null = Get-XenBridge; exit" }
        @{ Name = 'a manifest, which is the engine''s own'; After = 0
            Command = "$(New-Part manifest RootModule, NestedModules, FormatsToProcess, TypesToProcess); exit"
        }
        @{ Name = '  + assemblies, with the cmdlets'; After = 3
            Command = "$(New-Part assemblies FormatsToProcess, TypesToProcess); exit"
        }
        @{ Name = '  + formats'; After = 4; Command = "$(New-Part formats TypesToProcess); exit" }
        @{ Name = '  + types, which is all'; After = 5; Command = "$import; exit" }
    )
    $runs = $ways | ForEach-Object { , [Collections.Generic.List[object]]::new() }
    foreach ($run in 1..$Count) {
        for ($i = 0; $i -lt $ways.Count; $i++) {
            Write-Progress -Activity 'Starting PowerShell' -Status $ways[$i].Name -PercentComplete (100 * ($run - 1) / $Count)
            $runs[$i].Add((Measure-Start $ways[$i].Command))
        }
    }

    $medians = $runs | ForEach-Object { [pscustomobject]@{ Passed = Get-Median $_.Passed; Used = Get-Median $_.Used } }
    $bare = $medians[0]
    "PowerShell $($PSVersionTable.PSVersion), .NET $([Environment]::Version): medians of $Count runs, in seconds and in bare starts"
    '{0,-38}{1,9}{2,8}{3,11}{4,8}' -f '', 'passed', '', 'processor', ''
    for ($i = 0; $i -lt $ways.Count; $i++) {
        if ($i -eq 3) {
            'Where the import''s time goes:'
        }

        $passed, $used = $medians[$i].Passed, $medians[$i].Used
        if ($null -ne $ways[$i].After) {
            $passed -= $medians[$ways[$i].After].Passed
            $used -= $medians[$ways[$i].After].Used
        }

        '{0,-38}{1,9:0.000}{2,8:0.00}{3,11:0.000}{4,8:0.00}' -f @(
            $ways[$i].Name, $passed, ($passed / $bare.Passed), $used, ($used / $bare.Used)
        )
    }
} finally {
    Remove-Item -LiteralPath $copies -Recurse -Force
}
