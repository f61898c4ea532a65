#requires -Version 7.4

<#
.SYNOPSIS
Runs the module's tests in PowerShell.

.DESCRIPTION
Tests artifacts/module/XenVlan, as "dotnet build src/XenVlan.PowerShell" stages it. Tests that need hosts use the lab
whose ssh_config the environment variable XENVLAN_LAB_SSH_CONFIG names; without it they are skipped. Needs the Pester that
Directory.Packages.props names; tests/powershell.sh gets it. Ends with the line
"N passed, N failed, N skipped", and with exit code 1 when a test failed.

.PARAMETER Path
The test files to run; all when absent.
#>
[CmdletBinding()]
param(
    [string[]] $Path = $PSScriptRoot
)

$ErrorActionPreference = 'Stop'
$module = Join-Path -Path $PSScriptRoot -ChildPath ../../artifacts/module/XenVlan/XenVlan.psd1
if (-not (Test-Path -LiteralPath $module)) {
    throw "The module has not been built. Run 'dotnet build src/XenVlan.PowerShell' first."
}

$versions = ([xml](Get-Content -LiteralPath $PSScriptRoot/../../Directory.Packages.props -Raw)).Project.PropertyGroup
Import-Module -Name Pester -RequiredVersion $versions.PesterVersion
Import-Module -Name $module -Force
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$configuration.Output.RenderMode = if ($env:NO_COLOR) { 'Plaintext' } else { 'Auto' }
$result = Invoke-Pester -Configuration $configuration

if (-not $env:XENVLAN_LAB_SSH_CONFIG) {
    Write-Output ('The tests that need hosts were skipped, since XENVLAN_LAB_SSH_CONFIG is not set. ' +
        'Bring the lab up, and set it to the path of its ssh_config.')
}

# A file that cannot be read, or a setup that fails, is a failure even if it has no test.
$failed = $result.FailedCount + $result.FailedContainersCount + $result.FailedBlocksCount
Write-Output "$($result.PassedCount) passed, $failed failed, $($result.SkippedCount + $result.NotRunCount) skipped"
exit [int]($failed -gt 0)
