BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
    $BadNames = $BadInterfaceNames
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'What Remove-XenVlanInterface refuses before anything is sent' {
    # A bracket makes a pattern of the last one, and a pattern matches only what is there.
    It 'is the name <_>' -ForEach ($BadNames -notmatch '^$|\[') {
        $name = $_
        $failure = Get-Failure { Remove-XenVlanInterface -Name $name -HostName $NoHost }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InvalidValue,*'
        $failure.TargetObject | Should -Be $name
    }
}

Describe 'Remove-XenVlanInterface on this machine' {
    It 'has nothing to do for an interface that is not there' {
        Get-Log { Remove-XenVlanInterface -Name nosuch } | Should -Contain "Host `"$ThisHost`": nothing needs to be changed."
    }

    It 'does not remove what is no VLAN interface' {
        $failure = Get-Failure { Remove-XenVlanInterface -Name lo -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.Conflict,*'
        (Get-XenHost).Snapshot.Interfaces.Name | Should -Contain 'lo'
    }
}

Describe 'Remove-XenVlanInterface on the lab' -Skip:$NoLab {
    BeforeEach {
        Invoke-OnHost a 'for v in 330 331; do ip link add link xenbr0 name xv.del.$v type vlan id $v; done; ip link set xv.del.330 up'
    }

    AfterEach {
        Invoke-OnHost a 'for i in /sys/class/net/xv.*; do [ ! -e "$i" ] || ip link del "${i##*/}"; done'
    }

    It 'removes an interface, and says nothing' {
        Remove-XenVlanInterface -HostName a @Ssh -Name xv.del.330 | Should -BeNullOrEmpty
        $left = Invoke-OnHost a 'ls /sys/class/net'
        $left | Should -Not -Contain 'xv.del.330'
        $left | Should -Contain 'xv.del.331'
    }

    It 'removes what is piped in, and shows it with -PassThru' {
        $removed = Get-XenVlanInterface -HostName a @Ssh -Name xv.del.331 | Remove-XenVlanInterface -PassThru
        $removed.VlanId | Should -Be 331
        Invoke-OnHost a 'ls /sys/class/net' | Should -Not -Contain 'xv.del.331'
    }

    It 'removes by pattern, what is carried before what carries it' {
        Invoke-OnHost a 'ip link add link xv.del.330 name xv.del.7 type vlan id 7'
        $removed = Remove-XenVlanInterface -HostName a @Ssh -Name xv.del.* -PassThru
        $removed.Name[0] | Should -Be 'xv.del.7'
        Invoke-OnHost a 'ls /sys/class/net' | Where-Object { $_ -like 'xv.del.*' } | Should -BeNullOrEmpty
    }

    It 'removes nothing with -WhatIf' {
        Remove-XenVlanInterface -HostName a @Ssh -Name xv.del.* -WhatIf
        Invoke-OnHost a 'ls /sys/class/net' | Should -Contain 'xv.del.330'
    }

    It 'does not remove a bridge' {
        $failure = Get-Failure { Remove-XenVlanInterface -HostName a @Ssh -Name mgmt0 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.Conflict,*'
        $failure.TargetObject | Should -Be 'a'
    }
}
