BeforeDiscovery {
    . $PSScriptRoot/Common.ps1
    $NoLab = -not $env:XENVLAN_LAB_SSH_CONFIG
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'What the commands about transactions refuse before anything is sent' {
    It 'is a confirm timeout of <_> seconds' -ForEach @(4, 3601, 0, -1) {
        $seconds = $_
        (Get-Failure { Undo-XenTransaction -HostName $NoHost -ConfirmTimeout $seconds }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        (Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -HostName $NoHost -ConfirmTimeout $seconds }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
    }

    It 'is a scope or a state that there is not' {
        (Get-Failure { New-XenVlanInterface -Parent eth0 -VlanId 10 -HostName $NoHost -Scope Forever }).FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgumentNoMessage,*'
        (Get-Failure { Get-XenTransaction -HostName $NoHost -State Gone }).FullyQualifiedErrorId | Should -BeLike 'CannotConvertArgumentNoMessage,*'
    }
}

Describe '<_> on a host that cannot be reached' -ForEach 'Get-XenTransaction', 'Confirm-XenTransaction', 'Undo-XenTransaction' {
    It 'reports the host' {
        $arguments = @{ HostName = $NoHost }
        if ($_ -ne 'Get-XenTransaction') {
            $arguments.Confirm = $false
        }

        $cmdlet = $_
        $failure = Get-Failure { & $cmdlet @arguments }
        $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.HostUnknown,*'
        $failure.TargetObject | Should -Be $NoHost
    }
}

Describe 'Transactions on the lab' -Skip:$NoLab {
    BeforeAll {
        function Get-Interface { Invoke-OnHost a 'ls /sys/class/net' }
        function Add-Change([string] $VlanId) { $null = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId $VlanId -Scope Running }

        # What is left of tests, of these and of others: the journals of changes that are not to be undone here.
        function Clear-Change { Invoke-OnHost a 'rm -rf /var/lib/xenvlan/transactions/* /run/xenvlan/2*; for i in /sys/class/net/xenbr0.35?; do [ ! -e "$i" ] || ip link del "${i##*/}"; done' }
    }

    AfterAll {
        Clear-Change
    }

    Context 'before anything is changed' {
        BeforeAll {
            Clear-Change
        }

        It 'are none' {
            Get-XenTransaction -HostName a @Ssh | Should -BeNullOrEmpty
        }

        It 'are not begun where a change is only tried with -WhatIf' {
            New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 350 -WhatIf
            Get-XenTransaction -HostName a @Ssh | Should -BeNullOrEmpty
        }

        It 'cannot be taken back' {
            $failure = Get-Failure { Undo-XenTransaction -HostName a @Ssh -Confirm:$false }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
            $failure.TargetObject | Should -Be 'a'
        }

        It 'cannot be confirmed' {
            (Get-Failure { Confirm-XenTransaction -HostName a @Ssh }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
        }
    }

    Context 'after two changes' {
        BeforeAll {
            Clear-Change
            Add-Change 350
            Add-Change 351
            $all = Get-XenTransaction -HostName a @Ssh
        }

        It 'are shown with who made them, when, and their plans' {
            $all.Count | Should -Be 2
            $one = $all[0]
            $one.HostName | Should -Be 'a'
            $one.State | Should -Be 'Confirmed'
            $one.Id | Should -Match '^\d{8}T\d{6}Z-[0-9a-f]{8}$'
            $one.By | Should -Be "$([Environment]::UserName) on $ThisHost"
            $one.Title | Should -Match '^2 steps: create xenbr0\.350'
            $one.Plan.Count | Should -Be 2
            $one.Plan[0] | Should -Match '^1\. create xenbr0\.350: VLAN 350 of xenbr0'
            $one.StartedAt | Should -Not -BeNullOrEmpty
            $one.SecondsLeft | Should -BeNullOrEmpty
            $one.Reverts | Should -BeNullOrEmpty
        }

        It 'are found by pattern' {
            (Get-XenTransaction $all[1].Id -HostName a @Ssh).Id | Should -Be $all[1].Id
            (Get-XenTransaction "*$($all[0].Id.Split('-')[1])" -HostName a @Ssh).Id | Should -Be $all[0].Id
            @(Get-XenTransaction 2* -HostName a @Ssh).Count | Should -Be 2
            Get-XenTransaction nosuch* -HostName a @Ssh | Should -BeNullOrEmpty
        }

        It 'are none of a change that was none' {
            Add-Change 351
            @(Get-XenTransaction -HostName a @Ssh).Count | Should -Be 2
        }

        It 'are shown where another host cannot be reached' {
            $shown = Get-XenTransaction $all[0].Id -HostName $NoHost, a @Ssh -ErrorAction SilentlyContinue -ErrorVariable failures
            $shown.HostName | Should -Be 'a'
            $failures.TargetObject | Should -Be $NoHost
        }

        It 'cannot be confirmed twice' {
            $failure = Get-Failure { Confirm-XenTransaction $all[0].Id -HostName a @Ssh }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
            $failure.Exception.Message | Should -Match 'Confirmed'
        }

        It 'cannot be taken back where there is none of that name' {
            (Get-Failure { Undo-XenTransaction nosuch -HostName a @Ssh -Confirm:$false }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
        }

        It 'are not taken back with -WhatIf' {
            Undo-XenTransaction -HostName a @Ssh -WhatIf | Should -BeNullOrEmpty
            Get-Interface | Should -Contain 'xenbr0.351'
            (Get-XenTransaction -HostName a @Ssh).State | Should -Be 'Confirmed', 'Confirmed'
        }

        It 'are taken back by pipe, in any order' {
            $undone = $all[0] | Undo-XenTransaction @Ssh -Confirm:$false -PassThru
            $undone.Id | Should -Be $all[0].Id
            $undone.HostName | Should -Be 'a'
            $undone.State | Should -Be 'Undone'
            $undone.Title | Should -Match '^2 steps'
            Get-Interface | Should -Not -Contain 'xenbr0.350'
            Get-Interface | Should -Contain 'xenbr0.351'
        }
    }

    Context 'after changes that are taken back one after the other' {
        BeforeAll {
            Clear-Change
            Add-Change 350
            Add-Change 351
            $changes = Get-XenTransaction -HostName a @Ssh
        }

        It 'has the newest taken back first, by a transaction of its own' {
            Undo-XenTransaction -HostName a @Ssh -Confirm:$false | Should -BeNullOrEmpty
            Get-Interface | Should -Contain 'xenbr0.350'
            Get-Interface | Should -Not -Contain 'xenbr0.351'
            $now = Get-XenTransaction -HostName a @Ssh
            $now.Count | Should -Be 3
            ($now | Where-Object -Property Id -EQ -Value $changes[1].Id).State | Should -Be 'Undone'
            $undo = $now | Where-Object -Property Reverts -EQ -Value $changes[1].Id
            $undo.State | Should -Be 'Confirmed'
            $undo.Title | Should -BeLike "undo $($changes[1].Id): *"
        }

        It 'has the one before taken back then' {
            Undo-XenTransaction -HostName a @Ssh -Confirm:$false
            Get-Interface | Should -Not -Contain 'xenbr0.350'
        }

        It 'has none left to take back' {
            (Get-Failure { Undo-XenTransaction -HostName a @Ssh -Confirm:$false }).FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
            $failure = Get-Failure { Undo-XenTransaction $changes[0].Id -HostName a @Ssh -Confirm:$false }
            $failure.FullyQualifiedErrorId | Should -BeLike 'XenVlan.TransactionNotFound,*'
            $failure.Exception.Message | Should -Match 'Undone'
        }

        It 'shows only those in a state' {
            (Get-XenTransaction -HostName a @Ssh -State Undone).Id | Should -Be $changes.Id
            (Get-XenTransaction -HostName a @Ssh -State Confirmed).Reverts | Should -Be $changes[1].Id, $changes[0].Id
            @(Get-XenTransaction -HostName a @Ssh -State Undone, Confirmed).Count | Should -Be 4
            Get-XenTransaction -HostName a @Ssh -State Armed, Running | Should -BeNullOrEmpty
        }
    }

    Context 'of changes that go another way' {
        BeforeEach {
            Clear-Change
        }

        It 'are kept as rolled back where a change failed' {
            # The kernel refuses an address that it takes for no host's.
            $null = Get-Failure { New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 350 -Address ff02::1/64 -Scope Running }
            $one = Get-XenTransaction -HostName a @Ssh
            $one.State | Should -Be 'RolledBack'
            $one.Reason | Should -Match 'failed'
        }

        It 'are confirmed without waiting with -NoRollback' {
            $made = New-XenVlanInterface -HostName a @Ssh -Parent xenbr0 -VlanId 350 -Scope Running -NoRollback
            $made.Name | Should -Be 'xenbr0.350'
            (Get-XenTransaction -HostName a @Ssh).State | Should -Be 'Confirmed'
            Undo-XenTransaction -HostName a @Ssh -NoRollback -Confirm:$false
            Get-Interface | Should -Not -Contain 'xenbr0.350'
        }
    }
}
