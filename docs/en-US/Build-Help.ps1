#requires -Version 7.4
#requires -Modules @{ ModuleName = 'Microsoft.PowerShell.PlatyPS'; ModuleVersion = '1.0.0' }

<#
.SYNOPSIS
Makes the module's help, module/en-US, of the Markdown files in this folder.

.DESCRIPTION
The result is committed, so that the module can be built without PowerShell. Run this after changing a page here.
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
$target = Join-Path -Path $PSScriptRoot -ChildPath ../../module/en-US
$null = New-Item -ItemType Directory -Path $target -Force

$pages = Get-ChildItem -LiteralPath $PSScriptRoot -Filter *-Xen*.md | Sort-Object -Property Name
$made = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ([IO.Path]::GetRandomFileName())
try {
    $null = $pages | Import-MarkdownCommandHelp | Export-MamlCommandHelp -OutputFolder $made -Force
    $xml = Get-ChildItem -LiteralPath $made -Recurse -Filter XenVlan.PowerShell.dll-Help.xml
    Copy-Item -LiteralPath $xml.FullName -Destination $target
} finally {
    Remove-Item -LiteralPath $made -Recurse -Force -ErrorAction Ignore
}

# Get-Help shows an about page as it is, so only what marks headings and code in Markdown is taken away.
$about = Get-Content -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath about_XenVlan.md) |
    Where-Object { $_ -notlike '``````*' } |
    ForEach-Object { if ($_ -match '^#+ (.*)$') { $Matches[1].ToUpperInvariant() } else { $_ -replace '`', '' } }
Set-Content -LiteralPath (Join-Path -Path $target -ChildPath about_XenVlan.help.txt) -Value $about
