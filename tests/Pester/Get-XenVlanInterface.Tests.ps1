BeforeDiscovery {
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'Get-XenVlanInterface on this machine' {
    It 'reports an interface that is not there' {
        $failure = Get-Failure { Get-XenVlanInterface -Name nosuch }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InterfaceNotFound,*'
        $failure.TargetObject | Should -Be $ThisHost
    }

    It 'reports a parent that is not there' {
        (Get-Failure { Get-XenVlanInterface -Parent nosuch }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.InterfaceNotFound,*'
    }

    It 'refuses the VLAN <_> before anything is sent' -ForEach @('0', '4095', '-1', '10-5', 'ten', '', '1.5', '10,,20') {
        $vlan = $_
        $failure = Get-Failure { Get-XenVlanInterface -VlanId $vlan -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -Match '^(XenVlan\.InvalidValue|ParameterArgumentValidationError),'
    }
}

Describe 'Get-XenVlanInterface on the lab' -Skip:$NoLab {
    BeforeAll {
        Invoke-OnHost a (@(
                'ip link add link xenbr0 name xv.get.310 type vlan id 310'
                'ip link add link xenbr0 name xv.get.311 type vlan id 311'
                'ip link set xv.get.310 up'
            ) -join '; ')
        $FromA = (Get-XenHost -HostName a @Ssh).GetSnapshot()
    }

    AfterAll {
        Invoke-OnHost a 'ip link del xv.get.310; ip link del xv.get.311'
    }

    It 'shows parent, VLAN and state' {
        $shown = Get-XenVlanInterface -Name xv.get.310 -Snapshot $FromA
        $shown.Parent | Should -Be 'xenbr0'
        $shown.VlanId | Should -Be 310
        $shown.Protocol | Should -Be 'Dot1Q'
        $shown.IsUp | Should -BeTrue
    }

    It 'limits to names by pattern' {
        Get-XenVlanInterface -Name xv.get.* -Snapshot $FromA | ForEach-Object Name | Should -Be 'xv.get.310', 'xv.get.311'
    }

    It 'limits to VLANs and ranges of them' {
        Get-XenVlanInterface -VlanId 300-310 -Snapshot $FromA | ForEach-Object Name | Should -Be 'xv.get.310'
    }

    It 'narrows those of a bridge that is piped in' {
        Get-XenBridge -Name xenbr0 -Snapshot $FromA | Get-XenVlanInterface -Snapshot $FromA -Name xv.get.* | ForEach-Object Name |
            Should -Be 'xv.get.310', 'xv.get.311'
    }
}
