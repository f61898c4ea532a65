#requires -Version 7.4

<#
.SYNOPSIS
Makes the package of a staged module, artifacts/XenVlan.VERSION.nupkg, and writes its path.

.DESCRIPTION
Puts into the module's manifest what only the Gallery wants: where the project is, its CHANGELOG's newest section, and the tags
by which the Gallery finds a module by its cmdlets. All else of the package's description comes from the manifest.

.PARAMETER Module
The staged module's directory; its manifest is changed.

.PARAMETER ProjectUri
Where the project is on the web, a repository as GitHub and its like show one. Without it the package has no addresses, which
the Gallery takes but does not like.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Module,

    [string] $ProjectUri = ''
)

$ErrorActionPreference = 'Stop'
$root = Convert-Path -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath ../..)
$manifest = Join-Path -Path $Module -ChildPath XenVlan.psd1
$changes = (Get-Content -LiteralPath $root/CHANGELOG.md -Raw) -split '(?m)^## ' | Select-Object -Skip 1 -First 1
$data = [ordered]@{ ReleaseNotes = ($changes -replace '^\[.*\].*\n').Trim() }
if ($ProjectUri) {
    $address = ([uri] $ProjectUri.TrimEnd('/')).AbsoluteUri
    $data.ProjectUri = $address
    $data.LicenseUri = "$address/blob/main/LICENSE"
    $data.IconUri = "$address/raw/main/docs/icon.png"
} else {
    Write-Warning 'The package says nowhere where the project is: ./build.sh pack URI.'
}

$lines = $data.GetEnumerator() | ForEach-Object {
    "            $($_.Key) = '$([System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($_.Value))'"
}
$cmdlets = (Import-PowerShellDataFile -LiteralPath $manifest).CmdletsToExport
$tags = @('PSIncludes_Cmdlet') + ($cmdlets | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" }) | ForEach-Object { "'$_', " }
$text = (Get-Content -LiteralPath $manifest -Raw).Replace("PSData = @{`n", "PSData = @{`n$($lines -join "`n")`n")
$text = $text.Replace('Tags = @(', "Tags = @($(-join $tags)")
Set-Content -LiteralPath $manifest -Value $text -NoNewline
$version = (Test-ModuleManifest -Path $manifest).Version
Compress-PSResource -Path $Module -DestinationPath $root/artifacts
"artifacts/XenVlan.$version.nupkg"
