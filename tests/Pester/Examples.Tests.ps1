BeforeDiscovery {
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
    $Scripts = Get-ChildItem -Path (Join-Path $PSScriptRoot '../../examples') -Filter *.ps1
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $Examples = Join-Path $PSScriptRoot '../../examples'
}

Describe 'The example <_.Name>' -ForEach $Scripts {
    It 'is run by a test below' {
        Get-Content -Raw $PSCommandPath | Should -Match "Describe '$([regex]::Escape($_.Name)) "
    }

    It 'has help with examples' {
        (Get-Help $_.FullName -Full).examples.example.Count | Should -BeGreaterThan 1
    }
}

Describe 'Find-LostVlan.ps1 on the lab' -Skip:$NoLab {
    BeforeAll {
        foreach ($name in 'a', 'b') {
            Invoke-OnHost $name (@(
                    'ip link add link xenbr0 name xenbr0.361 type vlan id 361'
                    "ip addr add 10.61.0.$([int][char]$name - 96)/24 dev xenbr0.361"
                    'ip link set xenbr0.361 up'
                ) -join '; ')
        }
    }

    AfterAll {
        Invoke-OnHost a 'ip link set xenbr0 type bridge vlan_filtering 0; bridge vlan del dev xenbr0 vid 361 self'
        Invoke-OnHost a 'ip link del xenbr0.361'
        Invoke-OnHost b 'ip link del xenbr0.361'
    }

    It 'finds nothing where all arrive' {
        & $Examples/Find-LostVlan.ps1 -From a -To b -Ssh $Ssh | Should -BeNullOrEmpty
    }

    It 'names the hop and what fixes it' {
        Invoke-OnHost a 'ip link set xenbr0 type bridge vlan_filtering 1; bridge vlan add dev xenbr0 vid 361 self'

        $lost = & $Examples/Find-LostVlan.ps1 -From a -To b -Ssh $Ssh

        $lost.VlanId | Should -Be 361
        $lost.Reachable | Should -BeFalse
        $lost.LostAt | Should -Be 'a/eth1'
        $lost.Fix | Should -BeLike '*bridge vlan add dev eth1 vid 361*'
    }
}

Describe 'Move-DomainNic.ps1 on the lab' -Skip:$NoLab {
    BeforeAll {
        $Where = @{
            HostName = 'a', 'b'
            DomainName = 'app-*'
            Bridge = 'xenbr0'
            VlanId = 362
            Scope = 'Running'
            Ssh = $Ssh
            WarningAction = 'SilentlyContinue'
        }
        foreach ($name in 'a', 'b') {
            Invoke-OnHost $name 'ip link set xenbr0 type bridge vlan_filtering 1'
        }

        function Get-Access {
            Get-XenDomainNic -HostName a, b @Ssh | Where-Object Bridge -EQ xenbr0 | Sort-Object HostName, DomainName |
                ForEach-Object { "$($_.HostName)/$($_.DomainName) $($_.Mode) $($_.AccessVlan)" }
        }
    }

    AfterAll {
        Get-XenTransaction -HostName a, b @Ssh | Where-Object State -EQ Confirmed | Group-Object HostName |
            ForEach-Object { $_.Group[-1] } | Undo-XenTransaction @Ssh -Confirm:$false
        foreach ($name in 'a', 'b') {
            Invoke-OnHost $name 'ip link set xenbr0 type bridge vlan_filtering 0'
        }
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-Access
        & $Examples/Move-DomainNic.ps1 @Where -WhatIf | Should -BeNullOrEmpty
        Get-Access | Should -Be $before
    }

    It 'puts the NICs that are meant on the VLAN, and no others' {
        $before = Get-Access

        $nics = & $Examples/Move-DomainNic.ps1 @Where

        $nics | ForEach-Object { "$($_.HostName) $($_.DomainName) $($_.AccessVlan)" } | Should -Be 'a app-a 362', 'b app-b 362'
        Get-Access | Where-Object { $_ -like '*/ftp-*' } | Should -Be ($before | Where-Object { $_ -like '*/ftp-*' })
    }

    It 'stops at a host that is not known' {
        $arguments = $Where + @{}
        $arguments.HostName = 'nosuch.invalid', 'a'
        $arguments.VlanId = 363

        (Get-Failure { & $Examples/Move-DomainNic.ps1 @arguments }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostUnknown,*'
        Get-Access | Where-Object { $_ -like '* 363' } | Should -BeNullOrEmpty
    }
}
