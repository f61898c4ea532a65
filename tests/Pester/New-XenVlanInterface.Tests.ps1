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
        (Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -Name $name -HostName $NoHost }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is the parent <_>' -ForEach ($BadNames -ne '') {
        $name = $_
        (Get-Failure { New-XenVlanInterface -Parent $name -VlanId 10 -HostName $NoHost }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is the MTU <_>' -ForEach @(67, 65536, 0, -1) {
        $mtu = $_
        (Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -Mtu $mtu -HostName $NoHost }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is the address <_>' -ForEach @('10.10.0.1', '10.10.0.1/33', '10.10.0/24', 'fe80::1/129', '10.10.0.1/24; reboot') {
        $address = $_
        (Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -Address $address -HostName $NoHost }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is a name that the kernel would find too long' {
        $failure = Get-Failure { New-XenVlanInterface -Parent twelve-bytes -VlanId 1000 -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
        $failure.Exception.Message | Should -Match '15 bytes'
    }

    It 'is one name for several VLANs' {
        (Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10, 20 -Name vlan10 -HostName $NoHost }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is one address for several hosts' {
        (Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -Address 10.10.0.1/24 -HostName $NoHost, $ThisHost }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is not told to any host' {
        Get-Log { try { New-XenVlanInterface -Parent eth0 -VlanId 4095 -HostName $NoHost } catch { Write-Debug $_ } } | Should -BeNullOrEmpty
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
    AfterEach {
        foreach ($name in 'a', 'b') {
            Invoke-OnHost $name 'for i in /sys/class/net/xenbr0.32? /sys/class/net/xv.new.*; do [ ! -e "$i" ] || ip link del "${i##*/}"; done'
        }
    }

    It 'makes an interface, sets it up, and shows it' {
        $made = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 320 -Address 10.32.0.1/24 -Mtu 1400
        $made.Name | Should -Be 'xenbr0.320'
        $made.IsUp | Should -BeTrue
        $made.Mtu | Should -Be 1400
        [string[]] $made.Addresses | Should -Contain '10.32.0.1/24'
        Invoke-OnHost a 'ip -d link show xenbr0.320' | Out-String | Should -Match 'vlan protocol 802.1Q id 320'
    }

    It 'leaves an interface alone that is as asked, and shows it' {
        $first = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 320
        $log = Get-Log { $script:second = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 320 }
        $second.Name | Should -Be $first.Name
        $log | Should -Contain 'Host "a": nothing needs to be changed.'
        @($log | Where-Object { $_ -like 'Ran one script*' }).Count | Should -Be 2 -Because 'it reads the host, and its configuration files'
    }

    It 'makes nothing with -WhatIf' {
        New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 320, 321 -WhatIf | Should -BeNullOrEmpty
        Invoke-OnHost a 'ls /sys/class/net' | Should -Not -Contain 'xenbr0.320'
    }

    It 'makes several on several hosts' {
        $made = New-XenVlanInterface -HostName a, b @Ssh -Parent xenbr0 -VlanId 320-321
        $made | ForEach-Object { "$($_.HostName) $($_.Name)" } | Sort-Object | Should -Be 'a xenbr0.320', 'a xenbr0.321', 'b xenbr0.320', 'b xenbr0.321'
    }

    It 'makes them on a bridge that is piped in, with the service tag of 802.1ad' {
        $made = Get-XenBridge -HostName a -Name xenbr0 @Ssh | New-XenVlanInterface -Scope Running -VlanId 320 -Protocol Dot1AD -Name xv.new.320
        $made.Parent | Should -Be 'xenbr0'
        $made.Protocol | Should -Be 'Dot1AD'
    }

    It 'warns of an interface on a port of a bridge' {
        $null = New-XenVlanInterface -HostName a @Ssh -Parent eth1 -VlanId 320 -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        [string] $warnings | Should -Match 'eth1 is a port of bridge xenbr0'
    }

    It 'does not take a name that is something else''s, and leaves that alone' {
        $failure = Get-Failure { New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 320 -Name mgmt0 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.Conflict,*'
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        $failure.TargetObject | Should -Be 'a'
    }

    It 'does what it can on the hosts that answer' {
        $made = New-XenVlanInterface -HostName $NoHost, b @Ssh -Parent xenbr0 -VlanId 320 -ErrorAction SilentlyContinue -ErrorVariable failures
        $made.HostName | Should -Be 'b'
        $failures.TargetObject | Should -Be $NoHost
    }

    It 'undoes what was done where a step fails' {
        # The first step makes the interface. The kernel then refuses an address that it takes for no host's.
        $failure = Get-Failure { New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 320 -Address ff02::1/64 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.ChangeFailed,*'
        Invoke-OnHost a 'ls /sys/class/net' | Should -Not -Contain 'xenbr0.320'
    }
}
