# What may be piped into what: every kind of object into every command, on a real host. docs/pipelines.md has the same table.

BeforeDiscovery {
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
    $Kinds = @('XenHost', 'XenBridge', 'XenBridgePort', 'XenDomainNic', 'XenVlanInterface', 'XenTransaction', 'XenVlanPathResult'
        'string')
    $Cells = [ordered]@{
        'Get-XenHost' = @('itself', 'its host', 'its host', 'its host', 'its host', 'its host', 'its host', 'the host of that name')
        'Get-XenBridge' = @('all of it', 'itself', 'its bridge', 'its bridge', 'the one it is on or made on', '-', '-', 'all of the host')
        'Get-XenDomainNic' = @('all of it', 'those on it', 'the one behind it', 'itself', '-', '-', '-', 'all of the host')
        'Get-XenVlanInterface' = @('all of it', 'those on it', 'itself, and those on it', '-', 'itself', '-', '-', 'all of the host')
        'Save-XenSnapshot' = @('its snapshot', 'its snapshot', 'its snapshot', 'its snapshot', 'its snapshot', '-', '-', 'of the host')
        'Get-XenTransaction' = @('all of it', '-', '-', '-', '-', 'itself', '-', 'all of the host')
        'Test-XenVlanPath' = @('from -Interface of it', 'from it', '-', 'from it', 'from it', '-', '-', 'from -Interface of the host')
        'New-XenVlanInterface' = @('on -Parent of it', 'on it', '-', '-', '-', '-', '-', 'on -Parent of the host')
        'Set-XenVlanInterface' = @('-Name of it', '-', '-', '-', 'it', '-', '-', '-Name of the host')
        'Remove-XenVlanInterface' = @('-Name of it', '-', '-', '-', 'it', '-', '-', '-Name of the host')
        'Set-XenDomainNic' = @('-DomainName of it', '-', '-', 'it', '-', '-', '-', '-DomainName of the host')
        'Confirm-XenTransaction' = @('the armed one of it', '-', '-', '-', '-', 'it', '-', 'the armed one of the host')
        'Undo-XenTransaction' = @('the last one of it', '-', '-', '-', '-', 'it', '-', 'the last one of the host')
    }
    $All = foreach ($cmdlet in $Cells.Keys) {
        for ($i = 0; $i -lt $Kinds.Count; $i++) {
            @{ Kind = $Kinds[$i]; Cmdlet = $cmdlet; Means = $Cells[$cmdlet][$i] }
        }
    }
}

Describe 'The table in docs/pipelines.md' {
    It 'says what is tried here' -ForEach @{ Cells = $Cells; Kinds = $Kinds } {
        $lines = @(
            "| | $($Kinds -join ' | ') |"
            "|---|$('---|' * $Kinds.Count)"
            foreach ($cmdlet in $Cells.Keys) { "| ``$cmdlet`` | $(($Cells[$cmdlet] -replace '^-$', 'refused') -join ' | ') |" }
        )
        $doc = Get-Content -LiteralPath $PSScriptRoot/../../docs/pipelines.md
        $doc | Where-Object { $_.StartsWith('|') } | Should -Be $lines
    }
}

Describe 'A pipeline' -Skip:$NoLab {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        foreach ($name in 'a', 'b') {
            Invoke-OnHost $name ('ip link add link xenbr0 name xenbr0.340 type vlan id 340; ip link set xenbr0.340 up; ' +
                "ip addr add 10.34.0.$(if ($name -eq 'a') { 1 } else { 2 })/24 dev xenbr0.340")
        }

        $nic = Get-XenDomainNic -HostName a -DomainName app-a -Index 0 @Ssh
        $Before = $nic.Mtu
        $nic | Set-XenDomainNic -Mtu 1450 -Scope Running
        $bridge = Get-XenBridge -HostName a -Name xenbr0 @Ssh
        $link = Get-XenVlanInterface -HostName a -Name xenbr0.340 @Ssh
        $From = @{
            XenHost = Get-XenHost -HostName a @Ssh
            XenBridge = $bridge
            XenBridgePort = $bridge.Ports | Where-Object Name -EQ $nic.Vif
            XenDomainNic = $nic
            XenVlanInterface = $link
            XenTransaction = Get-XenTransaction -HostName a -State Confirmed @Ssh | Select-Object -Last 1
            XenVlanPathResult = Test-XenVlanPath -HostName a -Interface xenbr0.340 -To b/xenbr0.340 -Offline @Ssh 3>$null
            string = 'a'
        }

        # What a command needs besides; a host's name alone does not say how it is reached.
        function Get-Argument([string] $Kind, [string] $Cmdlet) {
            $arguments = if ($Kind -eq 'string') { $Ssh + @{} } else { @{} }
            $isPlace = $Kind -in 'XenHost', 'string'
            switch -Wildcard ($Cmdlet) {
                'Test-*' { $arguments += @{ To = 'b/xenbr0.340'; Offline = $true; WarningAction = 'SilentlyContinue' } }
                'New-*' { $arguments += @{ VlanId = 341; WhatIf = $true } }
                'Set-*' { $arguments += @{ Mtu = 1400; WhatIf = $true; Scope = 'Running'; WarningAction = 'SilentlyContinue' } }
                'Remove-*' { $arguments += @{ WhatIf = $true; Scope = 'Running' } }
                'Save-*' { $arguments += @{ Path = "$TestDrive/saved.json"; WhatIf = $true } }
                'Undo-*' { $arguments += @{ WhatIf = $true } }
                'Confirm-*' { $arguments += @{ WhatIf = $true } }
            }

            if ($isPlace) {
                switch ($Cmdlet) {
                    'Test-XenVlanPath' { $arguments.Interface = 'xenbr0' }
                    'New-XenVlanInterface' { $arguments.Parent = 'xenbr0' }
                    'Set-XenVlanInterface' { $arguments.Name = 'xenbr0.340' }
                    'Remove-XenVlanInterface' { $arguments.Name = 'xenbr0.340' }
                    'Set-XenDomainNic' { $arguments.DomainName = 'app-a'; $arguments.Index = 0 }
                }
            } elseif ($Cmdlet -eq 'Set-XenDomainNic' -and $Kind -ne 'XenDomainNic') {
                # Mandatory, and not what is asked here.
                $arguments.DomainName = 'app-a'
            } elseif ($Cmdlet -like '[NSR]e*-XenVlanInterface' -and $Kind -in 'XenTransaction', 'XenVlanPathResult', 'XenDomainNic') {
                $arguments[$(if ($Cmdlet -like 'New-*') { 'Parent' } else { 'Name' })] = 'xenbr0.340'
            } elseif ($Cmdlet -eq 'New-XenVlanInterface' -and $Kind -eq 'XenVlanInterface') {
                $arguments.Parent = 'xenbr0'
            }

            $arguments
        }

        # What comes out, in a word for each object; for what is only asked about, what would be done.
        function Get-Outcome([object] $Piped, [string] $Cmdlet, [hashtable] $Arguments) {
            $file = Join-Path $TestDrive 'said.txt'
            $null = Start-Transcript -Path $file -UseMinimalHeader
            try {
                $out = $Piped | & $Cmdlet @Arguments
            } finally {
                $null = Stop-Transcript
            }

            if ($Arguments.WhatIf) {
                return @(Get-Content $file | Select-String '^What if: ' | ForEach-Object Line)
            }

            @($out | ForEach-Object {
                    $one = $_
                    switch ($one.GetType().Name) {
                        XenHost { "host $($one.HostName)" }
                        XenDomainNic { "nic $($one.DomainName):$($one.Index)" }
                        XenTransaction { "transaction $($one.Id)" }
                        XenVlanPathResult { "path from $($one.Source)" }
                        default { $one.Name }
                    }
                } | Sort-Object)
        }
    }

    AfterAll {
        Undo-XenTransaction -HostName a @Ssh -Confirm:$false
        foreach ($name in 'a', 'b') {
            Invoke-OnHost $name 'ip link del xenbr0.340'
        }

        (Get-XenDomainNic -HostName a -DomainName app-a -Index 0 @Ssh).Mtu | Should -Be $Before
    }

    It '<Kind> | <Cmdlet>: <Means>' -ForEach $All {
        $arguments = Get-Argument $Kind $Cmdlet
        if ($Means -eq '-') {
            $failure = Get-Failure { $From[$Kind] | & $Cmdlet @arguments }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
            $failure.Exception.Message | Should -Be "$Cmdlet takes no $Kind through a pipeline."
            return
        }

        # Nothing is armed, and what was confirmed is confirmed: which one is meant is in the error.
        $id = $From.XenTransaction.Id
        if ($Cmdlet -eq 'Confirm-XenTransaction') {
            $expected = if ($Kind -eq 'XenTransaction') { "Transaction $id of host ""a"" cannot be confirmed: *" } else {
                'Host "a" has no armed transaction.'
            }
            (Get-Failure { $From[$Kind] | & $Cmdlet @arguments }).Exception.Message | Should -BeLike $expected
            return
        }

        $outcome = Get-Outcome $From[$Kind] $Cmdlet $arguments
        switch ($Cmdlet) {
            'Get-XenHost' { $outcome | Should -Be 'host a' }
            'Get-XenBridge' {
                if ($Means -like 'all*') { $outcome | Should -Be 'mgmt0', 'xenbr0' } else { $outcome | Should -Be 'xenbr0' }
            }
            'Get-XenDomainNic' {
                $expected = switch -Wildcard ($Means) {
                    'all*' { 'nic app-a:0', 'nic app-a:1', 'nic ftp-a:0', 'nic ftp-a:1' }
                    'those*' { 'nic app-a:0', 'nic ftp-a:0' }
                    default { 'nic app-a:0' }
                }
                $outcome | Should -Be $expected
            }
            'Get-XenVlanInterface' {
                if ($Kind -eq 'XenBridgePort') { $outcome | Should -BeNullOrEmpty } else { $outcome | Should -Contain 'xenbr0.340' }
                if ($Kind -eq 'XenVlanInterface') { $outcome | Should -HaveCount 1 }
            }
            'Get-XenTransaction' {
                $outcome | Should -Contain "transaction $id"
                if ($Kind -eq 'XenTransaction') { $outcome | Should -HaveCount 1 }
            }
            'Test-XenVlanPath' {
                $source = @{ XenDomainNic = 'path from a/app-a:0*'; XenVlanInterface = 'path from a/xenbr0.340*' }[$Kind]
                $outcome | Should -BeLike ($source ?? 'path from a/xenbr0*')
            }
            'Save-XenSnapshot' { $outcome -join "`n" | Should -BeLike '*host "a"*saved.json*' }
            'New-XenVlanInterface' { $outcome | Should -BeLike '*"a"*xenbr0.341*' }
            'Set-XenVlanInterface' { $outcome -join "`n" | Should -BeLike '*"a"*xenbr0.340*1400*' }
            'Remove-XenVlanInterface' { $outcome -join "`n" | Should -BeLike '*"a"*xenbr0.340*' }
            'Set-XenDomainNic' { $outcome -join "`n" | Should -BeLike "*""a""*$($From.XenDomainNic.Vif)*1400*" }
            default { $outcome -join "`n" | Should -BeLike "*Host ""a"": undo transaction $id*" }
        }
    }

    It 'takes objects of a job, whose ports and ways to their host are whole' {
        $bridge = Start-Job -ArgumentList $PSScriptRoot, $Ssh {
            param($Here, $Ssh)
            Import-Module $Here/../../artifacts/module/XenVlan/XenVlan.psd1
            Get-XenBridge -HostName a -Name xenbr0 @Ssh
        } | Receive-Job -Wait -AutoRemoveJob
        $bridge.PSTypeNames | Should -Contain 'Deserialized.XenVlan.Model.XenBridge'

        ($bridge | Get-XenDomainNic | ForEach-Object DomainName | Sort-Object) | Should -Be 'app-a', 'ftp-a'
        ($bridge.Ports | Where-Object Name -EQ $From.XenDomainNic.Vif | Get-XenDomainNic).DomainName | Should -Be 'app-a'
        (Get-Failure { $bridge | Undo-XenTransaction -WhatIf }).Exception.Message | Should -BeLike '*takes no XenBridge *'
    }

    It 'takes objects of a file' {
        $file = Join-Path $TestDrive 'nic.xml'
        $From.XenDomainNic | Export-Clixml -Path $file
        $nic = Import-Clixml -Path $file
        ($nic | Get-XenBridge).Name | Should -Be 'xenbr0'
        ($nic | Get-XenDomainNic).Vif | Should -Be $From.XenDomainNic.Vif
    }

    It 'takes objects of threads' {
        $Module = Join-Path $PSScriptRoot '../../artifacts/module/XenVlan/XenVlan.psd1'
        $nics = 'a', 'b' | ForEach-Object -Parallel {
            Import-Module $using:Module
            $ssh = $using:Ssh
            Get-XenDomainNic -HostName $_ -Index 0 @ssh
        }

        $nics | Should -HaveCount 4
        ($nics | Get-XenBridge | ForEach-Object { "$($_.HostName)/$($_.Name)" } | Sort-Object) | Should -Be 'a/xenbr0', 'b/xenbr0'
        $xenHost = Start-ThreadJob -ArgumentList $Module, $Ssh {
            param($Module, $Ssh)
            Import-Module $Module
            Get-XenHost -HostName a @Ssh
        } | Receive-Job -Wait -AutoRemoveJob
        ($xenHost | Get-XenBridge).Name | Should -Contain 'xenbr0'
    }

    It 'takes what JSON and CSV hold of an object, by its properties' {
        $nic = $From.XenDomainNic | ConvertTo-Json | ConvertFrom-Json
        ($nic | Get-XenDomainNic).Vif | Should -Be $From.XenDomainNic.Vif
        $row = $From.XenDomainNic | ConvertTo-Csv | ConvertFrom-Csv | Select-Object HostName, DomainName, Index
        ($row | Get-XenDomainNic @Ssh).Vif | Should -Be $From.XenDomainNic.Vif
    }

    It 'refuses an object that has lost its host, or how that is reached' {
        $lost = [pscustomobject]@{ Name = 'xenbr0' }
        $lost.PSTypeNames.Insert(0, 'Deserialized.XenVlan.Model.XenBridge')
        (Get-Failure { $lost | Get-XenDomainNic }).Exception.Message | Should -BeLike '*does not say which host it is of*'

        $lost | Add-Member -NotePropertyName HostName -NotePropertyValue a
        $lost | Add-Member -NotePropertyName Ssh -NotePropertyValue 'XenVlan.Model.SshSettings'
        (Get-Failure { $lost | Get-XenDomainNic }).Exception.Message | Should -BeLike '*does not say any more how its host was reached*'
    }
}
