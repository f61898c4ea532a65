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

# PlatyPS leaves Markdown's own signs in what Get-Help prints: fences around code, line breaks within paragraphs, and a
# placeholder for empty lines.
function Format-Example([System.Xml.XmlElement] $Example) {
    $text = @($Example.introduction.para | Where-Object { $_.Trim([char]0x80, ' ') -ne '' }) -join "`n`n"
    $code, $remarks = ([regex]'(?s)^```powershell\n(.*?)\n```\n*(.*)$').Match($text).Groups[1, 2].Value
    if (-not $code) {
        throw "Example '$($Example.title)' has no code."
    }

    $introduction = $Example.SelectSingleNode('*[local-name() = "introduction"]')
    $introduction.RemoveAll()
    $Example.SelectSingleNode('*[local-name() = "code"]').InnerText = $code
    $para = $Example.OwnerDocument.CreateElement('maml', 'para', $introduction.NamespaceURI)
    $para.InnerText = $remarks
    $null = $Example.SelectSingleNode('*[local-name() = "remarks"]').AppendChild($para)
    $Example.title = $Example.title -replace '-{9}', '-----'
}

$target = Join-Path -Path $PSScriptRoot -ChildPath ../../module/en-US
$null = New-Item -ItemType Directory -Path $target -Force

$made = Join-Path -Path ([IO.Path]::GetTempPath()) -ChildPath ([IO.Path]::GetRandomFileName())
try {
    $null = Get-ChildItem -LiteralPath $PSScriptRoot -Filter *-Xen*.md |
        Sort-Object -Property Name |
        Import-MarkdownCommandHelp |
        Export-MamlCommandHelp -OutputFolder $made -Force
    $help = [xml](Get-ChildItem -LiteralPath $made -Recurse -Filter XenVlan.PowerShell.dll-Help.xml | Get-Content -Raw)
} finally {
    Remove-Item -LiteralPath $made -Recurse -Force -ErrorAction Ignore
}

foreach ($example in $help.SelectNodes('//*[local-name() = "example"]')) {
    Format-Example -Example $example
}

foreach ($para in $help.SelectNodes('//*[local-name() = "para"]')) {
    $para.InnerText = $para.InnerText -replace '(?<!\n)\n(?!\n)', ' ' -replace '[`\u0080]'
}

# A file name is no address, and there is no page on the web yet.
foreach ($link in @($help.SelectNodes('//*[local-name() = "navigationLink"]'))) {
    if ($link.linkText -eq 'Online Version') {
        $null = $link.ParentNode.RemoveChild($link)
    } else {
        $link.SelectSingleNode('*[local-name() = "uri"]').InnerText = ''
    }
}

$settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
$writer = [System.Xml.XmlWriter]::Create((Join-Path -Path (Convert-Path -LiteralPath $target) -ChildPath XenVlan.PowerShell.dll-Help.xml), $settings)
$help.Save($writer)
$writer.Dispose()

# Get-Help shows an about page as it is, so only what marks headings in Markdown is taken away.
$about = Get-Content -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath about_XenVlan.md) |
    ForEach-Object { if ($_ -match '^#+ (.*)$') { $Matches[1].ToUpperInvariant() } else { $_ } }
Set-Content -LiteralPath (Join-Path -Path $target -ChildPath about_XenVlan.help.txt) -Value $about
