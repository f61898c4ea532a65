#!/usr/bin/env pwsh
<#
.SYNOPSIS
    The same tasks as build.sh, for people who are in PowerShell.
.EXAMPLE
    ./build.ps1 test
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    [Parameter(Position = 0)]
    [ArgumentCompleter({
            'demo', 'test', 'faults', 'model-check', 'undo-check', 'diagnose', 'fuzz', 'build',
            'format', 'native', 'pack', 'lab', 'benchmark', 'readme', 'clean', 'help' -like "$($args[2])*"
        })]
    [string] $Task = 'help',

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Arguments = @()
)

& sh (Join-Path $PSScriptRoot build.sh) $Task @Arguments
exit $LASTEXITCODE
