BeforeDiscovery {
    $UserTypes = 'Model.HostSnapshot', 'Model.PathHop', 'Model.XenBridge', 'Model.XenBridgePort', 'Model.XenDomainNic', 'Model.XenHost',
        'Model.XenVlanInterface', 'Model.XenVlanPathResult', 'Changes.StepReport', 'Model.XenTransaction',
        'Model.SnapshotDifference'
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $Root = Convert-Path -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath ../..)
    $Manifest = Join-Path -Path (Get-Module -Name XenVlan).ModuleBase -ChildPath XenVlan.psd1

    # A PowerShell of its own, so that what one test loads is not there for the next.
    function Invoke-Fresh([string] $Script) {
        $said = pwsh -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; `$manifest = '$Manifest'; $Script" 2>&1
        if ($LASTEXITCODE -ne 0) {
            throw "It failed: $said"
        }

        $said
    }
}

Describe 'The module' {
    It 'has a manifest that PowerShell accepts' {
        $tested = Test-ModuleManifest -Path $Manifest -ErrorAction Stop
        $tested.PowerShellVersion | Should -Be '7.4'
    }

    It 'exports one command for each file of a command' {
        $files = Get-ChildItem -LiteralPath $Root/src/XenVlan.PowerShell/Commands -Filter *Command.cs |
            ForEach-Object { $_.BaseName -replace 'Command$' } | Sort-Object
        $commands = (Get-Module -Name XenVlan).ExportedCmdlets.Keys -replace '-' | Sort-Object
        $commands | Should -Be $files
    }

    It 'names in its manifest what it exports' {
        $written = (Import-PowerShellDataFile -LiteralPath $Manifest).CmdletsToExport | Sort-Object
        $written | Should -Be ((Get-Module -Name XenVlan).ExportedCommands.Keys | Sort-Object)
    }

    It 'has the version of its assembly' {
        $assembly = (Get-Command -Name Get-XenHost).ImplementingType.Assembly.GetName().Version
        (Get-Module -Name XenVlan).Version | Should -Be $assembly.ToString(3)
    }

    It 'uses approved verbs' {
        $approved = (Get-Verb).Verb
        (Get-Command -Module XenVlan).Verb | Where-Object { $_ -notin $approved } | Should -BeNullOrEmpty
    }

    It 'lets every command that changes something be tried with -WhatIf' {
        $changing = Get-Command -Module XenVlan -Verb New, Set, Remove, Invoke
        $changing | Where-Object { -not $_.Parameters.ContainsKey('WhatIf') } | Should -BeNullOrEmpty
    }

    It 'loads no other module when it is imported, nor a library before it is needed' {
        $said = Invoke-Fresh (@(
                'Import-Module $manifest; (Get-Module).Name -join '','''
                '@([AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name }) -contains ''YamlDotNet'''
            ) -join '; ')
        $said | Should -Be 'XenVlan', 'False'
    }

    Context 'in a PowerShell that imports it several times, and removes it twice' {
        BeforeAll {
            $said = Invoke-Fresh (@(
                    'Import-Module $manifest; Import-Module $manifest -Force; Import-Module $manifest -Force; (Get-XenHost).HostName'
                    'Remove-Module XenVlan; @(Get-Process | Where-Object { $_.Parent.Id -eq $PID }).Count'
                    'Import-Module $manifest; (Get-XenHost).HostName'
                    'Remove-Module XenVlan; @(Get-Process | Where-Object { $_.Parent.Id -eq $PID }).Count'
                ) -join '; ')
        }

        It 'can be imported again by force' {
            $said[0] | Should -Be $ThisHost
        }

        It 'can be removed and imported again' {
            $said[2] | Should -Be $ThisHost
        }

        It 'leaves no shell behind when it is removed' {
            $said[1, 3] | Should -Be 0, 0
        }
    }
}

Describe 'The isolation of the module' {
    It 'keeps its libraries out of the context of other modules' {
        $theirs = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }
        $theirs | Where-Object { $_ -in 'XenVlan.Core', 'YamlDotNet' } | Should -BeNullOrEmpty
    }

    It 'does not mind another YamlDotNet that was loaded before it' {
        $folder = (New-Item -ItemType Directory -Path $TestDrive/other).FullName
        Set-Content -LiteralPath $folder/document.yaml -Value @(
            'apiVersion: xenvlan/v1'
            'hosts: {}'
        )
        # Add-Type names an assembly as it likes, so the compiler is asked itself.
        $said = Invoke-Fresh @"
Add-Type -TypeDefinition 'public static class LoadsTheCompiler { }'
`$code = '[assembly: System.Reflection.AssemblyVersion("99.0.0.0")] ' +
    'namespace YamlDotNet { public static class Other { public static int Value => 42; } }'
`$tree = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText(`$code)
`$core = [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)
`$options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new([Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary)
`$made = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create(
    'YamlDotNet', [Microsoft.CodeAnalysis.SyntaxTree[]]`$tree, [Microsoft.CodeAnalysis.MetadataReference[]]`$core, `$options)
`$stream = [IO.File]::Create('$folder/YamlDotNet.dll')
if (-not `$made.Emit(`$stream).Success) { throw 'The compiler failed.' }
`$stream.Dispose()
Add-Type -LiteralPath '$folder/YamlDotNet.dll'
Import-Module `$manifest
Show-XenTopology -Path '$folder/document.yaml' -ErrorAction SilentlyContinue -ErrorVariable failure
`$yaml = [System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { `$_.Assemblies } |
    Where-Object { `$_.GetName().Name -eq 'YamlDotNet' }
"`$([YamlDotNet.Other]::Value) `$(`$yaml.Count) `$(`$failure.FullyQualifiedErrorId)"
"@
        $said | Select-Object -Last 1 | Should -Be '42 2 XenVlan.DocumentInvalid,XenVlan.PowerShell.Commands.ShowXenTopologyCommand'
    }
}

Describe 'The view of <_>' -ForEach $UserTypes {
    It 'is a table and a list, without the snapshot' {
        $views = (Get-FormatData -TypeName "XenVlan.$_").FormatViewDefinition.Control
        $views | ForEach-Object { $_.GetType().Name } | Should -Be 'TableControl', 'ListControl'
        $views[1].Entries.Items.Label | Should -Not -Contain 'Snapshot'
    }

    It 'fits into 120 columns' {
        $table = (Get-FormatData -TypeName "XenVlan.$_").FormatViewDefinition[0].Control
        $width = ($table.Headers.Width | ForEach-Object { if ($_) { $_ } else { 12 } } | Measure-Object -Sum).Sum + $table.Headers.Count - 1
        $width | Should -BeLessOrEqual 120
    }
}

Describe 'Completion' {
    BeforeAll {
        $null = Get-XenHost
        function Get-Completion([string] $Line) {
            (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
        }
    }

    It 'offers the interfaces of this machine for -Parent' {
        Get-Completion 'New-XenVlanInterface -Parent l' | Should -Contain 'lo'
    }

    It 'offers the hosts of an ssh_config, but no patterns' {
        Set-Content -LiteralPath $TestDrive/config -Value 'Host xen1 xen2', '    User root', 'Host *.example !xen3', 'host=xen4'
        Get-Completion "Get-XenHost -SshConfigFile $TestDrive/config -HostName xen" | Should -Be 'xen1', 'xen2', 'xen4'
    }

    It 'offers a host that was read' {
        Get-Completion "Get-XenHost -HostName $($ThisHost.Substring(0, 1))" | Should -Contain $ThisHost
    }

    It 'asks no host' {
        Get-Log { Get-Completion "Get-XenBridge -HostName $NoHost -Name x" } | Should -BeNullOrEmpty
    }
}
