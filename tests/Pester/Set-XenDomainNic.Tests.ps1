BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
    $BadNames = $BadInterfaceNames
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'What Set-XenDomainNic refuses before anything is sent' {
    It 'is <Parameter> <Value>' -ForEach @(
        @{ Parameter = 'AccessVlan'; Value = '0' }
        @{ Parameter = 'AccessVlan'; Value = '4095' }
        @{ Parameter = 'AccessVlan'; Value = '-1' }
        @{ Parameter = 'AccessVlan'; Value = '10-20' }
        @{ Parameter = 'AccessVlan'; Value = '' }
        @{ Parameter = 'AllowedVlans'; Value = '0' }
        @{ Parameter = 'AllowedVlans'; Value = '4095' }
        @{ Parameter = 'AllowedVlans'; Value = '-1' }
        @{ Parameter = 'AllowedVlans'; Value = '10-5' }
        @{ Parameter = 'AllowedVlans'; Value = '10;reboot' }
        @{ Parameter = 'Mtu'; Value = 67 }
        @{ Parameter = 'Mtu'; Value = 65536 }
    ) {
        $arguments = @{ $Parameter = $Value }
        $failure = Get-Failure { Set-XenDomainNic -DomainName ftp-a -Index 0 -HostName $NoHost @arguments }
        $failure.FullyQualifiedErrorId | Should -Match '^(XenVlan\.InvalidValue|ParameterArgumentValidationErrorEmptyStringNotAllowed),'
    }

    It 'is the native VLAN <_>' -ForEach @('0', '4095', '-1', 'none') {
        $native = $_
        $failure = Get-Failure { Set-XenDomainNic ftp-a 0 -AllowedVlans 10 -NativeVlan $native -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is the bridge <_>' -ForEach $BadNames {
        $name = $_
        $failure = Get-Failure { Set-XenDomainNic ftp-a 0 -Bridge $name -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is access VLAN and trunk at once' {
        $failure = Get-Failure { Set-XenDomainNic ftp-a 0 -AccessVlan 10 -AllowedVlans 20 -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
    }

    It 'is nothing to set' {
        (Get-Failure { Set-XenDomainNic ftp-a 0 -HostName $NoHost }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
    }

    It 'is not told to any host' {
        Get-Log { try { Set-XenDomainNic ftp-a 0 -AccessVlan 4095 -HostName $NoHost } catch { Write-Debug $_ } } | Should -BeNullOrEmpty
    }
}

Describe 'Set-XenDomainNic on this machine' {
    It 'reports a domain that does not run' {
        $failure = Get-Failure { Set-XenDomainNic nosuch 0 -Mtu 1500 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.DomainNotFound,*'
        $failure.TargetObject | Should -Be $ThisHost
    }
}

Describe 'Set-XenDomainNic on the lab' -Skip:$NoLab {
    BeforeAll {
        $Vif = Invoke-OnHost a 'ip link set xenbr0 type bridge vlan_filtering 1; echo vif$(xl domid ftp-a).0'

        function Get-PortVlan([string] $Port) { Invoke-OnHost a "bridge vlan show dev $Port" | Out-String }
    }

    AfterAll {
        Invoke-OnHost a (@(
                'ip link set xenbr0 type bridge vlan_filtering 0'
                "bridge vlan del dev $Vif vid 2-4094"
                "bridge vlan add dev $Vif vid 1 pvid untagged"
                "ip link set $Vif mtu 1500"
                "ethtool -K $Vif tx on"
            ) -join '; ')
    }

    It 'changes nothing with -WhatIf' {
        $before = Get-PortVlan $Vif
        Set-XenDomainNic ftp-a 0 -HostName a @Ssh -AccessVlan 340 -Mtu 1400 -WhatIf | Should -BeNullOrEmpty
        Get-PortVlan $Vif | Should -Be $before
    }

    Context 'for an access NIC' {
        BeforeAll {
            $wanted = @{ Scope = 'Running'; AccessVlan = 340 }
            $nic = Set-XenDomainNic ftp-a 0 -HostName a @Ssh @wanted -PassThru -WarningVariable warnings -WarningAction SilentlyContinue
        }

        It 'makes it one' {
            $nic.Mode | Should -Be 'Access'
            $nic.AccessVlan | Should -Be 340
            Get-PortVlan $Vif | Should -Match '340 PVID Egress Untagged'
        }

        It 'warns that the VLAN does not leave the machine' {
            [string] $warnings | Should -Match 'Uplink eth1 of xenbr0 does not pass VLAN 340.* bridge vlan add dev eth1 vid 340\.'
        }

        It 'does nothing where the NIC is as asked' {
            Get-Log { Set-XenDomainNic ftp-a 0 -HostName a @Ssh -Scope Running -AccessVlan 340 } |
                Should -Contain 'Host "a": nothing needs to be changed.'
        }
    }

    Context 'for the NICs of a bridge that is piped in' {
        BeforeAll {
            $log = Get-Log {
                $script:nics = Get-XenBridge -HostName a -Name xenbr0 @Ssh | Get-XenDomainNic | Where-Object DomainName -EQ ftp-a |
                    Set-XenDomainNic -AllowedVlans 10, 341-342 -NativeVlan 1 -Mtu 1400 -TransmitChecksumOffload $false -PassThru
            }
        }

        It 'makes them trunks with a native VLAN' {
            $nics.Mode | Should -Be 'Trunk'
            $nics.AllowedVlans.ToString() | Should -Be '10,341-342'
            $nics.NativeVlan | Should -Be 1
        }

        It 'sets MTU and checksum offload' {
            $nics.Mtu | Should -Be 1400
            $nics.TransmitChecksumOffload | Should -BeFalse
        }

        It 'does all as one plan' {
            @($log | Where-Object { $_ -like 'Ran one script*' }).Count |
                Should -Be 5 -Because 'it reads the host and its files, changes it, looks at it anew, and confirms'
        }
    }

    It 'asks which NIC is meant where the domain has several' {
        $failure = Get-Failure { Set-XenDomainNic ftp-a -HostName a @Ssh -Mtu 1500 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
        $failure.Exception.Message | Should -Match '0, 1'
    }

    It 'reports a NIC that the domain does not have' {
        $failure = Get-Failure { Set-XenDomainNic ftp-a 9 -HostName a @Ssh -Mtu 1500 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.NicNotFound,*'
        $failure.TargetObject | Should -Be 'a'
    }

    It 'reports a bridge that is not there' {
        $failure = Get-Failure { Set-XenDomainNic ftp-a 0 -HostName a @Ssh -Bridge nosuch }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.BridgeNotFound,*'
    }

    It 'says what to do where a bridge that does not filter VLANs is asked for some VLANs' {
        $failure = Get-Failure { Set-XenDomainNic ftp-a 1 -HostName a @Ssh -AllowedVlans 10 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.NotSupported,*'
        $failure.Exception.Message | Should -Match 'vlan_filtering 1'
    }
}

Describe 'Set-XenDomainNic for Open vSwitch on the lab' -Skip:$NoLab {
    BeforeAll {
        $Line = Invoke-OnHost b (@(
                '/usr/share/openvswitch/scripts/ovs-ctl start --system-id=random >/dev/null 2>&1'
                'ovs-vsctl add-br ovsbr0 && grep -n bridge=xenbr0 /etc/xen/ftp-b.cfg | cut -d: -f1'
            ) -join '; ')
    }

    AfterAll {
        Invoke-OnHost b (@(
                'ovs-vsctl del-br ovsbr0'
                '/usr/share/openvswitch/scripts/ovs-ctl stop >/dev/null 2>&1'
                'ip link del ovs-system 2>/dev/null'
                'true'
            ) -join '; ')
    }

    It 'refuses with the commands, and with the file and line to make it last' {
        $failure = Get-Failure { Set-XenDomainNic ftp-b 0 -HostName b @Ssh -Bridge ovsbr0 -AccessVlan 20 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.NotSupported,*'
        $failure.TargetObject | Should -Be 'b'
        $failure.Exception.Message | Should -Match ('ovs-vsctl --if-exists del-port vif\d+\.0 ' +
            '-- add-port ovsbr0 vif\d+\.0 -- set port vif\d+\.0 tag=20 vlan_mode=access')
        $failure.Exception.Message | Should -BeLike "*write bridge=ovsbr0.20,script=vif-openvswitch at /etc/xen/ftp-b.cfg:$Line."
    }

    It 'looks for no file where only what runs is to change' {
        $failure = Get-Failure { Set-XenDomainNic ftp-b 0 -HostName b @Ssh -Bridge ovsbr0 -AccessVlan 20 -Scope Running }
        $failure.Exception.Message | Should -BeLike '*in the file that ftp-b is made from, which was not looked for.'
    }
}
