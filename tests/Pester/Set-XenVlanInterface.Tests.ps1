BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
    $BadNames = $BadInterfaceNames
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'What Set-XenVlanInterface refuses before anything is sent' {
    # A bracket makes a pattern of the last one, and a pattern matches only what is there.
    It 'is the name <_>' -ForEach ($BadNames -notmatch '^$|\[') {
        $name = $_
        $failure = Get-Failure { Set-XenVlanInterface -Name $name -Mtu 1400 -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is the MTU <_>' -ForEach @(67, 65536, 0, -1) {
        $mtu = $_
        $failure = Get-Failure { Set-XenVlanInterface -Name eth0.10 -Mtu $mtu -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is the address <_>' -ForEach @('10.10.0.1', '10.10.0.1/33', '10.10.0/24', 'fe80::1/129', '10.10.0.1/24; reboot') {
        $address = $_
        $failure = Get-Failure { Set-XenVlanInterface -Name eth0.10 -Address $address -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is nothing to set' {
        $failure = Get-Failure { Set-XenVlanInterface -Name eth0.10 -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is one address for several hosts' {
        $failure = Get-Failure { Set-XenVlanInterface -Name eth0.10 -Address 10.10.0.1/24 -HostName $NoHost, $ThisHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }
}

Describe 'Set-XenVlanInterface on this machine' {
    It 'reports an interface that is not there' {
        $failure = Get-Failure { Set-XenVlanInterface -Name nosuch -Mtu 1400 -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InterfaceNotFound,*'
        $failure.TargetObject | Should -Be $ThisHost
    }

    It 'does not set what is no VLAN interface' {
        $failure = Get-Failure { Set-XenVlanInterface -Name lo -Mtu 1400 -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.Conflict,*'
    }

    It 'has nothing to do where a pattern matches nothing' {
        Get-Log { Set-XenVlanInterface -Name 'xv.nosuch.*' -Mtu 1400 } | Should -Contain "Host `"$ThisHost`": nothing needs to be changed."
    }
}

Describe 'Set-XenVlanInterface on the lab' -Skip:$NoLab {
    BeforeAll {
        Invoke-OnHost a (@(
                'for v in 340 341 342; do ip link add link xenbr0 name xvset$v type vlan id $v; ip link set xvset$v up; done'
                'ip addr add 10.34.0.1/24 dev xvset340'
                'ip addr add 10.34.0.2/24 dev xvset340'
                'ip addr add 10.34.2.1/24 dev xvset341'
            ) -join '; ')
    }

    AfterAll {
        Invoke-OnHost a 'for i in /sys/class/net/xvset*; do [ ! -e "$i" ] || ip link del "${i##*/}"; done'
    }

    It 'changes nothing with -WhatIf' {
        Set-XenVlanInterface -HostName a @Ssh -Name xvset340 -Mtu 1400 -Address @() -WhatIf | Should -BeNullOrEmpty
        Invoke-OnHost a 'cat /sys/class/net/xvset340/mtu; ip -4 -o addr show dev xvset340 | wc -l' | Should -Be 1500, 2
    }

    It 'does not give several interfaces one address' {
        $failure = Get-Failure { Set-XenVlanInterface -HostName a @Ssh -Name xvset* -Address 10.34.9.1/24 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
        $failure.TargetObject | Should -Be 'a'
    }

    Context 'for interfaces that are piped in' {
        BeforeAll {
            $set = Get-XenVlanInterface -HostName a @Ssh -Name xvset341, xvset342 |
                Set-XenVlanInterface -Scope Running -Mtu 1400 -Address @()
            $said = Invoke-OnHost a 'cat /sys/class/net/xvset34?/mtu; echo :; ip -4 -o addr show dev xvset341'
            $mtus, $addresses = ($said | Out-String) -split ':\n'
        }

        It 'sets them, and says nothing' {
            $set | Should -BeNullOrEmpty
            $mtus.Trim() -split '\n' | Should -Be 1500, 1400, 1400
        }

        It 'takes all addresses away' {
            $addresses | Should -BeNullOrEmpty
        }

        It 'leaves alone what is so already' {
            Get-Log { Set-XenVlanInterface -HostName a @Ssh -Scope Running -Name 'xvset34[12]' -Mtu 1400 } |
                Should -Contain 'Host "a": nothing needs to be changed.'
        }
    }

    Context 'for addresses and MTU of one interface' {
        BeforeAll {
            $set = Set-XenVlanInterface -HostName a @Ssh -Name xvset340 -Mtu 1400 -Address 10.34.0.2/24, 10.34.1.1/24 -PassThru
        }

        It 'exchanges them, and shows it with -PassThru' {
            $set.Mtu | Should -Be 1400
            [string[]] $set.Addresses -notlike 'fe80*' | Sort-Object | Should -Be '10.34.0.2/24', '10.34.1.1/24'
            Invoke-OnHost a 'ip -4 -o addr show dev xvset340' | Out-String | Should -Not -Match '10\.34\.0\.1/'
        }

        It 'writes them to the host''s configuration' {
            Invoke-OnHost a 'cat /etc/network/interfaces' | Should -Contain '    address 10.34.0.2/24'
        }

        It 'is undone by Undo-XenTransaction, as the newest of several changes' {
            Undo-XenTransaction -HostName a @Ssh -Confirm:$false
            $said = Invoke-OnHost a 'cat /sys/class/net/xvset34?/mtu; ip -4 -o addr show dev xvset340; cat /etc/network/interfaces'
            $said[0..2] | Should -Be 1500, 1400, 1400
            $said[3..4] -replace '.*inet (\S+).*', '$1' | Should -Be '10.34.0.1/24', '10.34.0.2/24'
            $said | Should -Not -Contain '    address 10.34.0.2/24'
        }
    }
}
