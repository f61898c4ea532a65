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
    It 'reports an interface that is not there, with its name as target, and what is there' {
        foreach ($arguments in @{}, @{ WhatIf = $true }, @{ Scope = 'Running' }) {
            $failure = Get-Failure { Remove-XenVlanInterface -Name nosuch @arguments }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InterfaceNotFound,*'
            $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
            $failure.TargetObject | Should -Be 'nosuch'
            $failure.Exception.Message | Should -BeLike "Host `"$ThisHost`" has no VLAN interface `"nosuch`"*It has: *"
        }
    }

    It 'says nothing where a wildcard matches nothing' {
        Remove-XenVlanInterface -Name nosuch* -ErrorAction Stop | Should -BeNullOrEmpty
        Get-Log { Remove-XenVlanInterface -Name nosuch* } | Should -Contain "Host `"$ThisHost`": nothing needs to be changed."
    }

    It 'does not remove what is no VLAN interface' {
        $failure = Get-Failure { Remove-XenVlanInterface -Name lo -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.Conflict,*'
        (Get-XenHost).GetSnapshot().Interfaces.Name | Should -Contain 'lo'
    }
}

Describe 'Remove-XenVlanInterface on the lab' -Skip:$NoLab {
    BeforeAll {
        Invoke-OnHost a (@(
                'for v in 330 331; do ip link add link xenbr0 name xv.del.$v type vlan id $v; done'
                'ip link set xv.del.330 up'
                'ip link add link xv.del.330 name xv.del.7 type vlan id 7'
            ) -join '; ')

        function Get-Interface { Invoke-OnHost a 'ls /sys/class/net' | Where-Object { $_ -like 'xv.del.*' } }
    }

    AfterAll {
        Invoke-OnHost a 'for i in /sys/class/net/xv.del.*; do [ ! -e "$i" ] || ip link del "${i##*/}"; done'
    }

    It 'removes nothing with -WhatIf' {
        Remove-XenVlanInterface -HostName a @Ssh -Name xv.del.* -WhatIf
        Get-Interface | Should -Be 'xv.del.330', 'xv.del.331', 'xv.del.7'
    }

    It 'goes on with what is there beside what is not' {
        Invoke-OnHost a 'ip link add link xenbr0 name xv.del.332 type vlan id 332'
        $removed = Remove-XenVlanInterface -HostName a @Ssh -Scope Running -Name xv.del.332, xv.del.nosuch -PassThru `
            -ErrorAction SilentlyContinue -ErrorVariable failures
        $removed.Name | Should -Be 'xv.del.332'
        $failures.TargetObject | Should -Be 'xv.del.nosuch'
        $failures.Exception.Message | Should -BeLike 'Host "a" has no VLAN interface*xv.del.332*'
    }

    It 'removes one that is only in the configuration files, and reports it the next time' {
        $null = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 333 -Name xvdel333 -Scope Persistent
        try {
            Remove-XenVlanInterface -HostName a @Ssh -Name xvdel333 -ErrorAction Stop
            Invoke-OnHost a 'cat /etc/network/interfaces' | Should -Not -Match xvdel333
            $failure = Get-Failure { Remove-XenVlanInterface -HostName a @Ssh -Name xvdel333 }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.InterfaceNotFound,*'
            $failure.Exception.Message | Should -BeLike '*neither running nor in its configuration files*'
        } finally {
            Invoke-OnHost a "sed -i '/xvdel333/,/^$/d' /etc/network/interfaces"
        }
    }

    It 'does not remove a bridge' {
        $failure = Get-Failure { Remove-XenVlanInterface -HostName a @Ssh -Name mgmt0 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.Conflict,*'
        $failure.TargetObject | Should -Be 'a'
    }

    It 'removes what is piped in and nothing else, and says nothing' {
        Get-XenVlanInterface -HostName a @Ssh -Name xv.del.331 | Remove-XenVlanInterface | Should -BeNullOrEmpty
        Get-Interface | Should -Be 'xv.del.330', 'xv.del.7'
    }

    It 'removes by pattern, what is carried before what carries it, and shows it with -PassThru' {
        $removed = Remove-XenVlanInterface -HostName a @Ssh -Scope Running -Name xv.del.* -PassThru
        $removed.Name | Should -Be 'xv.del.7', 'xv.del.330'
        $removed.VlanId | Should -Be 7, 330
        Get-Interface | Should -BeNullOrEmpty
    }
}
