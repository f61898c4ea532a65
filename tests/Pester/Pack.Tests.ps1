BeforeAll {
    . $PSScriptRoot/Common.ps1
    $Root = Convert-Path -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath ../..)
    $ProjectUri = 'https://example.org/xenvlan'
    $said = & sh $Root/build.sh pack $ProjectUri 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "It was not packed: $said"
    }

    $Package = Join-Path -Path $Root -ChildPath ($said | Select-Object -Last 1)
    $Snapshot = Join-Path -Path $Root -ChildPath tests/XenVlan.Core.Tests/Data/paths-xen-4.17-debian-12/undescribed-wire/a.json

    # A PowerShell that knows no module but its own and what it installs.
    function Invoke-Clean([string] $Script) {
        $said = env -u PSModulePath -u XDG_DATA_HOME "HOME=$TestDrive/home" pwsh -NoProfile -NonInteractive -Command (
            "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'; $Script") 2>&1
        if ($LASTEXITCODE -ne 0) {
            throw "It failed: $said"
        }

        $said
    }
}

Describe 'The package' {
    BeforeAll {
        $files = [IO.Compression.ZipFile]::OpenRead($Package)
        try {
            $Entries = $files.Entries.FullName
            $reader = [IO.StreamReader]::new($files.GetEntry('XenVlan.nuspec').Open())
            $Metadata = ([xml] $reader.ReadToEnd()).package.metadata
            $reader.Dispose()
        } finally {
            $files.Dispose()
        }

        $Written = Import-PowerShellDataFile -LiteralPath $Root/XenVlan.psd1
    }

    It 'is named for the module and its version' {
        Split-Path -Path $Package -Leaf | Should -Be "XenVlan.$($Written.ModuleVersion).nupkg"
        $Metadata.id | Should -Be 'XenVlan'
        $Metadata.version | Should -Be $Written.ModuleVersion
    }

    It 'says whose it is, what it is, and where to find its project, licence and icon' {
        $Metadata.authors | Should -Be $Written.Author
        $Metadata.copyright | Should -Be $Written.Copyright
        $Metadata.description | Should -Be $Written.Description
        $Metadata.projectUrl | Should -Be $ProjectUri
        $Metadata.licenseUrl | Should -Be "$ProjectUri/blob/main/LICENSE"
        $Metadata.iconUrl | Should -Be "$ProjectUri/raw/main/docs/icon.png"
        Test-Path -LiteralPath $Root/docs/icon.png | Should -BeTrue
    }

    It 'tells what is new, as the changelog does' {
        $Metadata.releaseNotes | Should -BeLike '### Added*'
        (Get-Content -LiteralPath $Root/CHANGELOG.md -Raw) | Should -BeLike "*$($Metadata.releaseNotes.Substring(0, 200))*"
    }

    It 'can be found by what it is about, and by each cmdlet' {
        $tags = $Metadata.tags -split ' '
        $tags | Should -Contain 'PSModule'
        foreach ($tag in $Written.PrivateData.PSData.Tags) { $tags | Should -Contain $tag }
        foreach ($name in $Written.CmdletsToExport) { $tags | Should -Contain "PSCmdlet_$name" }
    }

    It 'holds the module and nothing that it does not need' {
        $Entries | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]|XenVlan\.nuspec)' } | Sort-Object | Should -Be @(
            'en-US/about_XenVlan.help.txt'
            'en-US/XenVlan.PowerShell.dll-Help.xml'
            'LICENSE'
            'module/lib/linux-x64/XenVlan.Core.dll'
            'module/lib/linux-x64/YamlDotNet.dll'
            'module/lib/XenVlan.Core.dll'
            'module/lib/YamlDotNet.dll'
            'module/XenVlan.Format.ps1xml'
            'module/XenVlan.Loader.dll'
            'module/XenVlan.PowerShell.dll'
            'module/XenVlan.Types.ps1xml'
            'XenVlan.psd1'
        )
    }
}

Describe 'The package, installed from a folder into a clean session' {
    BeforeAll {
        # Where there is no such folder, the list of repositories would be written to the current one.
        $null = New-Item -ItemType Directory -Path $TestDrive/home/.local/share, $TestDrive/gallery
        Copy-Item -LiteralPath $Package -Destination $TestDrive/gallery
        $null = Invoke-Clean (@(
                "Register-PSResourceRepository -Name Folder -Uri '$TestDrive/gallery' -Trusted"
                'Install-PSResource -Name XenVlan -Repository Folder -Scope CurrentUser'
            ) -join '; ')
    }

    It 'is found by name, and offers every cmdlet before it is imported' {
        $module, $commands = Invoke-Clean '(Get-Module -ListAvailable XenVlan).Path; (Get-Command -Module XenVlan).Name -join '','''
        $module | Should -BeLike "$TestDrive/home/*/XenVlan.psd1"
        $commands -split ',' | Should -Be ((Get-Module -Name XenVlan).ExportedCommands.Keys | Sort-Object)
    }

    It 'shows the host and the bridges of a snapshot' {
        $said = Invoke-Clean (@(
                "(Get-XenHost -Snapshot '$Snapshot').HostName"
                "(Get-XenBridge -Snapshot '$Snapshot').Name -join ','"
                '(Get-Module -Name XenVlan).ModuleBase'
            ) -join '; ')
        $said[0] | Should -Be 'a'
        $said[1] -split ',' | Should -Contain 'xenbr0'
        $said[2] | Should -BeLike "$TestDrive/home/*"
    }

    It 'takes its libraries as they were compiled for this machine, where they are' {
        $core = Invoke-Clean (@(
                'Import-Module XenVlan; [AppDomain]::CurrentDomain.GetAssemblies()'
                'Where-Object FullName -Like ''XenVlan.Core,*'' | ForEach-Object Location'
            ) -join ' | ')
        if ([Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -eq 'X64') {
            $core | Should -BeLike "$TestDrive/home/*/lib/linux-x64/XenVlan.Core.dll"
        } else {
            $core | Should -BeLike "$TestDrive/home/*/lib/XenVlan.Core.dll"
        }
    }

    It 'has its help' {
        $synopsis, $about = Invoke-Clean '(Get-Help -Name Get-XenBridge).Synopsis; Get-Help -Name about_XenVlan'
        $synopsis | Should -Be (Get-Help -Name Get-XenBridge).Synopsis
        $about[0] | Should -Be 'ABOUT_XENVLAN'
    }

    It 'reads a topology document with its own YAML library' {
        Set-Content -LiteralPath $TestDrive/document.yaml -Value 'apiVersion: xenvlan/v1', 'hosts: {}'
        Invoke-Clean (@(
                "Show-XenTopology -Path '$TestDrive/document.yaml' -ErrorAction SilentlyContinue -ErrorVariable failure"
                '$failure.FullyQualifiedErrorId'
            ) -join '; ') | Should -BeLike 'XenVlan.DocumentInvalid,*'
    }
}
