BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
    $BadNames = $BadInterfaceNames
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'What New-XenVlanInterface refuses before anything is sent' {
    It 'is the VLAN <_>' -ForEach @('0', '4095', '-1', '10-5', 'ten', 'all', 'none', '10;reboot', '1.5', 0, 4095) {
        $vlan = $_
        $failure = Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId $vlan -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'is the name <_>' -ForEach ($BadNames -ne '') {
        $name = $_
        $failure = Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -Name $name -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is the parent <_>' -ForEach ($BadNames -ne '') {
        $name = $_
        $failure = Get-Failure { New-XenVlanInterface -Parent $name -VlanId 10 -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is the MTU <_>' -ForEach @(67, 65536, 0, -1) {
        $mtu = $_
        $failure = Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -Mtu $mtu -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is the address <_>' -ForEach @('10.10.0.1', '10.10.0.1/33', '10.10.0/24', 'fe80::1/129', '10.10.0.1/24; reboot') {
        $address = $_
        $failure = Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -Address $address -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is a name that the kernel would find too long' {
        $failure = Get-Failure { New-XenVlanInterface -Parent twelve-bytes -VlanId 1000 -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
        $failure.Exception.Message | Should -Match '15 bytes'
    }

    It 'is one name for several VLANs' {
        $failure = Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10, 20 -Name vlan10 -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is one address for several hosts' {
        $failure = Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -Address 10.10.0.1/24 -HostName $NoHost, $ThisHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is not told to any host' {
        Get-Log { try { New-XenVlanInterface -Parent eth0 -VlanId 4095 -HostName $NoHost } catch { Write-Debug $_ } } |
            Should -BeNullOrEmpty
    }
}

Describe 'New-XenVlanInterface on this machine' {
    It 'reports a parent that is not there' {
        $failure = Get-Failure { New-XenVlanInterface -Parent nosuch -VlanId 10 -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InterfaceNotFound,*'
        $failure.TargetObject | Should -Be $ThisHost
    }
}

Describe 'New-XenVlanInterface on the lab' -Skip:$NoLab {
    AfterAll {
        foreach ($name in 'a', 'b') {
            Invoke-OnHost $name 'for i in /sys/class/net/xenbr0.32? /sys/class/net/xvnew*; do [ ! -e "$i" ] || ip link del "${i##*/}"; done'
        }
    }

    Context 'for an interface on a bridge that is piped in' {
        BeforeAll {
            $made = Get-XenBridge -HostName a -Name xenbr0 @Ssh |
                New-XenVlanInterface -VlanId 320 -Name xvnew320 -Address 10.32.0.1/24 -Mtu 1400
        }

        It 'makes it, sets it up, and shows it' {
            $made.Name | Should -Be 'xvnew320'
            $made.Parent | Should -Be 'xenbr0'
            $made.IsUp | Should -BeTrue
            $made.Mtu | Should -Be 1400
            [string[]] $made.Addresses | Should -Contain '10.32.0.1/24'
            Invoke-OnHost a 'ip -d link show xvnew320' | Out-String | Should -Match 'vlan protocol 802.1Q id 320'
        }

        It 'leaves it alone where it is as asked, and shows it' {
            $log = Get-Log { $script:second = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 320 -Name xvnew320 }
            $second.Name | Should -Be 'xvnew320'
            $log | Should -Contain 'Host "a": nothing needs to be changed.'
            @($log | Where-Object { $_ -like 'Ran one script*' }).Count |
                Should -Be 2 -Because 'it reads the host, and its configuration files'
        }
    }

    Context 'for several on several hosts, of which one does not answer' {
        BeforeAll {
            $wanted = @{ Scope = 'Running'; Parent = 'xenbr0'; VlanId = '321-322'; Protocol = 'Dot1AD' }
            $made = New-XenVlanInterface -HostName $NoHost, a, b @Ssh @wanted -ErrorAction SilentlyContinue -ErrorVariable failures
        }

        It 'makes all of them on the hosts that answer' {
            $made | ForEach-Object { "$($_.HostName) $($_.Name)" } | Sort-Object |
                Should -Be 'a xenbr0.321', 'a xenbr0.322', 'b xenbr0.321', 'b xenbr0.322'
        }

        It 'reports the host that does not' {
            $failures.TargetObject | Should -Be $NoHost
        }

        It 'makes them with the service tag of 802.1ad' {
            $made.Protocol | Sort-Object -Unique | Should -Be 'Dot1AD'
            Invoke-OnHost b 'ip -d link show xenbr0.322' | Out-String | Should -Match 'vlan protocol 802.1ad id 322'
        }
    }

    Context 'with -WhatIf, on a port of a bridge' {
        BeforeAll {
            $wanted = @{ Parent = 'eth1'; VlanId = 323, 324 }
            $made = New-XenVlanInterface -HostName a @Ssh @wanted -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        }

        It 'makes nothing' {
            $made | Should -BeNullOrEmpty
            Invoke-OnHost a 'ls /sys/class/net' | Where-Object { $_ -like 'eth1.*' } | Should -BeNullOrEmpty
        }

        It 'warns of it' {
            [string] $warnings | Should -Match 'eth1 is a port of bridge xenbr0'
        }
    }

    Context 'where a step fails' {
        BeforeAll {
            # The first step makes the interface. The kernel then refuses an address that it takes for no host's.
            $failure = Get-Failure { New-XenVlanInterface -HostName a @Ssh -Scope Running -Parent xenbr0 -VlanId 325 -Address ff02::1/64 }
        }

        It 'undoes what was done' {
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.ChangeFailed,*'
            Invoke-OnHost a 'ls /sys/class/net' | Should -Not -Contain 'xenbr0.325'
        }

        It 'leaves a transaction that was rolled back' {
            $one = Get-XenTransaction -HostName a @Ssh | Select-Object -Last 1
            $one.Title | Should -Match 'create xenbr0\.325'
            $one.State | Should -Be 'RolledBack'
            $one.Reason | Should -Match 'failed'
        }
    }

    It 'does not take a name that is something else''s, and leaves that alone' {
        $failure = Get-Failure { New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 326 -Name mgmt0 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.Conflict,*'
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        $failure.TargetObject | Should -Be 'a'
    }
}
